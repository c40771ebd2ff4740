// Hop: what the best passages lead to.
//
// Many questions need a passage that the question does not describe: the film's
// director has a page that never names the film. So the best passages so far
// (the beam) are read, and each asks on: by the titles it mentions, by the
// parts it refers to ("see Section 4.2"), by the rare names it shares with
// other passages, and by a second query (second_query.h). What a passage says
// counts by the trust in it: (score / best score)^4, or how strongly the
// question names it.
//
// Parts: all that candidate.h calls kHop..., and kSimilar; each is the best
// that any passage of the beam gives, not a sum, so that a wide beam adds no
// noise. Every passage of the beam follows titles and names; the most trusted
// ask the second queries (`second_queries`), an encoding each. Threads: Read
// and Score use a second thread; the state is immutable.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "models/embedder.h"
#include "services/query/candidate.h"
#include "services/query/collection_view.h"
#include "services/query/passages.h"
#include "services/query/probe.h"
#include "services/query/question_names.h"
#include "services/query/retrieval_options.h"
#include "services/query/second_query.h"

namespace cairn {

class Hop {
 public:
  Hop(const Embedder& embedder, const ReadState& state,
      const ChunkFilter& filter, const RetrievalOptions& options,
      Passages& passages)
      : embedder_(embedder),
        state_(state),
        filter_(filter),
        options_(options),
        passages_(passages) {}

  // Reads the first `beam` of `candidates` (sorted, best first).
  Status Read(std::string_view question, const Probe& probe,
              const QuestionNames& names,
              const std::vector<Candidate>& candidates, std::size_t beam);
  // Chunks that the beam leads to; candidates or not.
  std::vector<ChunkId> Proposals() const;
  // Adds the parts, times `weight`.
  Status Score(double weight, std::vector<Candidate>& candidates) const;

 private:
  struct Target {
    double strength = 0;  // Of the title link.
    EntityId by;
  };
  // A passage of the beam.
  struct Stone {
    ChunkId chunk;
    double trust = 0;
    bool named = false;  // By the question: its document's title.
    // Of the sentence nearest to the question, else of the passage.
    std::vector<float> vector;
    std::string query;
    Probe probe;
    std::unordered_map<ChunkId, Target> targets;
    std::vector<PassageName> names;
    std::vector<EntityId> references;  // Parts that the passage refers to.
  };
  // Scores of all candidates under one stone.
  struct Readings {
    // Scaled to 0..1. `fit` is the mean of what dense and sentence say.
    std::vector<double> dense, sentence, lexical, similar, fit;
  };

  Status ReadStone(const AskedQuestion& question, const Probe& probe,
                   Stone& stone) const;
  Status ReadNames(std::string_view text,
                   const std::vector<ByteSpan>& sentences, Stone& stone) const;
  StatusOr<std::vector<ByteSpan>> BestSentences(const AskedQuestion& question,
                                                const Probe& probe,
                                                std::string_view text,
                                                const ByteSpan& span,
                                                Stone& stone) const;
  Status ScoreSimilar(std::span<const Stone> stones,
                      const std::vector<ChunkId>& chunks,
                      std::span<Readings> readings) const;
  Scale SimilarScale(const Stone& stone,
                     const std::vector<ScoredChunk>& scores) const;
  void FollowTitles(Stone& stone) const;
  void FollowReferences(Stone& stone) const;
  void FindHolders(Stone& stone) const;
  Status Ask();
  Status ReadingsOf(std::span<const Stone> stones,
                    const std::vector<ChunkId>& chunks,
                    std::span<Readings> readings) const;
  void AddLinks(const Stone& stone, const Readings& readings, double weight,
                std::vector<Candidate>& candidates) const;
  void AddNames(const Stone& stone, const Readings& readings, double weight,
                std::vector<Candidate>& candidates) const;
  void Moderate(std::vector<Candidate>& candidates) const;
  bool Qualifies(const ChunkId& chunk) const {
    return filter_ == nullptr || filter_(chunk);
  }

  const Embedder& embedder_;
  const ReadState& state_;
  const ChunkFilter& filter_;
  const RetrievalOptions& options_;
  Passages& passages_;
  std::vector<Stone> stones_;
};

}  // namespace cairn
