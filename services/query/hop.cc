#include "services/query/hop.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_set>
#include <utility>

#include "graph/contribution.h"
#include "services/query/on_threads.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kThreads = 2;
constexpr double kSiblingShare = 0.5;
constexpr double kBelowNamed = 0.99;
// Chunks of linked titles that one passage may propose.
constexpr std::size_t kTargetsMax = 512;

constexpr Part kHopParts[] = {
    Part::kHopLink,  Part::kHopLinkFit,  Part::kHopName,   Part::kHopNear,
    Part::kHopDense, Part::kHopSentence, Part::kHopLexical};
// Of a passage, the parts that it refers to and that are looked up; and the
// passages of one part.
constexpr std::size_t kReferencesMax = 8;
constexpr std::size_t kPartHoldersMax = 32;
// Of a passage, the sentences that a second query takes names from.
constexpr std::size_t kNearSentences = 2;

double BonusOf(const Candidate& candidate) {
  double sum = 0;
  for (const Part part : kHopParts) sum += candidate[part];
  return sum;
}

double Raise(double& best, double value) {
  return best = std::max(best, value);
}

bool IsName(const Mention& mention) {
  return !mention.span.empty() && mention.kind != MentionKind::kDate &&
         mention.kind != MentionKind::kQuantity && !IsOfPart(mention.kind);
}

// 1 for a name of two chunks, near 0 for one of the most that count.
double Rarity(std::size_t chunks, double chunks_max) {
  return 1 - std::log(static_cast<double>(chunks)) / std::log(chunks_max * 1.2);
}

}  // namespace

Status Hop::Read(std::string_view question, const Probe& probe,
                 const QuestionNames& names,
                 const std::vector<Candidate>& candidates, std::size_t beam) {
  stones_.clear();
  if (candidates.empty() || candidates.front().score() <= 0) return OkStatus();
  const double best = candidates.front().score();
  const AskedQuestion asked(question, names.links);
  for (std::size_t i = 0; i < std::min(beam, candidates.size()); ++i) {
    Stone& stone = stones_.emplace_back();
    stone.chunk = candidates[i].chunk;
    stone.named = names.Titles(stone.chunk);
    const double share = std::max(0.0, candidates[i].score() / best);
    stone.trust = std::max(std::pow(share, options_.trust_power),
                           names.StrengthOf(stone.chunk));
    CAIRN_RETURN_IF_ERROR(ReadStone(asked, probe, stone));
  }
  return Ask();
}

Status Hop::ReadStone(const AskedQuestion& question, const Probe& probe,
                      Stone& stone) const {
  CAIRN_ASSIGN_OR_RETURN(const Passages::Source* source,
                         passages_.SourceOf(stone.chunk.document));
  CAIRN_ASSIGN_OR_RETURN(const Chunk chunk, passages_.ChunkOf(stone.chunk));
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<ByteSpan> sentences,
      BestSentences(question, probe, source->text, chunk.span, stone));
  CAIRN_RETURN_IF_ERROR(ReadNames(source->text, sentences, stone));
  if (stone.vector.empty() && options_.similar > 0) {
    stone.vector = state_.dense->Vector(stone.chunk);
  }
  FollowTitles(stone);
  FollowReferences(stone);
  stone.query =
      MakeSecondQuery(question, stone.named, source->record.title, stone.names,
                      static_cast<std::size_t>(options_.names_per_sentence));
  // What the question or the title says leads nowhere new.
  std::erase_if(stone.names, [&](const PassageName& name) {
    return question.Says(name.surface, source->record.title);
  });
  FindHolders(stone);
  return OkStatus();
}

// Where else the rare names of the passage stand.
void Hop::FindHolders(Stone& stone) const {
  std::unordered_set<std::string> known;
  for (PassageName& name : stone.names) {
    const std::string normalized = NormalizeName(name.surface);
    if (!known.insert(normalized).second) continue;
    name.holders = state_.graph->ChunksNaming(
        normalized, static_cast<std::size_t>(options_.name_chunks_max));
    std::erase_if(name.holders,
                  [&](const ChunkId& chunk) { return !Qualifies(chunk); });
    if (name.holders.size() < 2) name.holders.clear();
  }
}

// Sentences of the chunk, the one that fits the question best first.
StatusOr<std::vector<ByteSpan>> Hop::BestSentences(
    const AskedQuestion& question, const Probe& probe, std::string_view text,
    const ByteSpan& span, Stone& stone) const {
  std::vector<ByteSpan> sentences;
  if (probe.has_sentences()) {
    CAIRN_ASSIGN_OR_RETURN(
        std::vector<SentenceHit> hits,
        state_.sentences->ScoreChunk(probe.vector(), stone.chunk));
    std::stable_sort(hits.begin(), hits.end(),
                     [](const SentenceHit& a, const SentenceHit& b) {
                       return a.score > b.score;
                     });
    for (const SentenceHit& hit : hits) sentences.push_back(hit.span);
    if (!hits.empty()) {
      stone.vector =
          state_.sentences->Vector(stone.chunk, hits.front().sentence);
    }
  }
  if (sentences.empty()) {
    for (const ByteSpan& found : RankSentences(question, span.Of(text))) {
      sentences.push_back(found.Moved(span.begin));
    }
  }
  return sentences;
}

Status Hop::ReadNames(std::string_view text,
                      const std::vector<ByteSpan>& sentences,
                      Stone& stone) const {
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Mention> mentions,
                         passages_.MentionsOf(stone.chunk));
  ByteSpan outer;
  for (const Mention& mention : mentions) {
    if (mention.kind == MentionKind::kReference) {
      stone.references.push_back(mention.entity);
    }
    if (!IsName(mention)) continue;
    PassageName name{.entity = mention.entity,
                     .surface = std::string(mention.span.Of(text)),
                     .span = mention.span,
                     .sentence = sentences.size()};
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      if (sentences[i].Contains(mention.span)) name.sentence = i;
    }
    name.inner = outer.Contains(mention.span);
    if (!name.inner) outer = mention.span;
    stone.names.push_back(std::move(name));
  }
  return OkStatus();
}

void Hop::FollowTitles(Stone& stone) const {
  for (const PassageName& name : stone.names) {
    // The name as written may stand for several titles; the entity is one.
    auto titles =
        state_.graph->TitlesOf(EntityIdOf(NormalizeName(name.surface)));
    if (titles.empty()) titles = state_.graph->TitlesOf(name.entity);
    for (const TitleTarget& title : titles) {
      for (const ChunkId& chunk : state_.graph->TitledChunks(title.entity)) {
        if (chunk.document == stone.chunk.document) break;
        if (stone.targets.size() == kTargetsMax) return;
        if (!Qualifies(chunk)) continue;
        Target& target = stone.targets[chunk];
        if (title.strength > target.strength) {
          target = {.strength = title.strength, .by = title.entity};
        }
      }
    }
  }
}

void Hop::FollowReferences(Stone& stone) const {
  auto& parts = stone.references;
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  parts.resize(std::min(parts.size(), kReferencesMax));
  for (const EntityId part : parts) {
    std::vector<ChunkId> chunks =
        ChunksHolding(*state_.graph, part, kPartHoldersMax);
    std::erase_if(chunks,
                  [&](const ChunkId& chunk) { return !Qualifies(chunk); });
    std::unordered_set<std::uint64_t> documents;
    for (const ChunkId& chunk : chunks) {
      documents.insert(chunk.document.value());
    }
    if (documents.empty()) continue;
    const double strength =
        1 / std::sqrt(static_cast<double>(documents.size()));
    for (const ChunkId& chunk : chunks) {
      if (chunk == stone.chunk) continue;
      Target& target = stone.targets[chunk];
      if (strength > target.strength) {
        target = {.strength = strength, .by = part};
      }
    }
  }
}

Status Hop::Ask() {
  std::vector<Stone*> asking;
  for (Stone& stone : stones_) {
    if (stone.trust >= options_.trust_min) asking.push_back(&stone);
  }
  std::stable_sort(
      asking.begin(), asking.end(),
      [](const Stone* a, const Stone* b) { return a->trust > b->trust; });
  asking.resize(std::min(asking.size(),
                         static_cast<std::size_t>(options_.second_queries)));
  std::vector<std::string> queries;
  for (const Stone* stone : asking) queries.push_back(stone->query);
  const ProbeOptions options{
      .lexical = options_.hop_lexical > 0,
      .limit = static_cast<std::size_t>(options_.hop_proposals),
      .background = static_cast<std::size_t>(options_.background),
      .zero_quantile = options_.hop_quantile,
      .threads = kThreads};
  CAIRN_ASSIGN_OR_RETURN(
      std::vector<Probe> probes,
      Probe::MakeMany(queries, embedder_, state_, filter_, options));
  for (std::size_t i = 0; i < asking.size(); ++i) {
    asking[i]->probe = std::move(probes[i]);
  }
  return OkStatus();
}

std::vector<ChunkId> Hop::Proposals() const {
  std::vector<ChunkId> chunks;
  for (const Stone& stone : stones_) {
    chunks.insert(chunks.end(), stone.probe.proposals().begin(),
                  stone.probe.proposals().end());
    for (const auto& [chunk, target] : stone.targets) chunks.push_back(chunk);
    for (const PassageName& name : stone.names) {
      chunks.insert(chunks.end(), name.holders.begin(), name.holders.end());
    }
  }
  std::sort(chunks.begin(), chunks.end());
  chunks.erase(std::unique(chunks.begin(), chunks.end()), chunks.end());
  return chunks;
}

Status Hop::ReadingsOf(std::span<const Stone> stones,
                       const std::vector<ChunkId>& chunks,
                       std::span<Readings> readings) const {
  std::vector<const Probe*> probes;
  for (const Stone& stone : stones) probes.push_back(&stone.probe);
  CAIRN_ASSIGN_OR_RETURN(const auto scores, Probe::ScoreMany(probes, chunks));
  for (std::size_t i = 0; i < stones.size(); ++i) {
    const Probe& probe = stones[i].probe;
    Readings& of_stone = readings[i];
    for (const ProbeScore& score : scores[i]) {
      const double dense = probe.dense_scale()(score.dense);
      const double sentence = probe.has_sentences()
                                  ? probe.sentence_scale()(score.sentence)
                                  : dense;
      of_stone.dense.push_back(dense);
      of_stone.sentence.push_back(sentence);
      of_stone.fit.push_back((dense + sentence) / 2);
      of_stone.lexical.push_back(probe.lexical_scale()(score.lexical));
    }
    of_stone.similar.assign(chunks.size(), 0);
  }
  return options_.similar > 0 ? ScoreSimilar(stones, chunks, readings)
                              : OkStatus();
}

Status Hop::ScoreSimilar(std::span<const Stone> stones,
                         const std::vector<ChunkId>& chunks,
                         std::span<Readings> readings) const {
  std::vector<std::size_t> with_vector;
  std::vector<std::span<const float>> vectors;
  for (std::size_t i = 0; i < stones.size(); ++i) {
    if (stones[i].vector.empty()) continue;
    with_vector.push_back(i);
    vectors.emplace_back(stones[i].vector);
  }
  CAIRN_ASSIGN_OR_RETURN(const auto scores,
                         state_.dense->ScoreMany(vectors, chunks));
  for (std::size_t i = 0; i < with_vector.size(); ++i) {
    const std::size_t at = with_vector[i];
    const Scale scale = SimilarScale(stones[at], scores[i]);
    std::size_t place = 0;  // A chunk may have no vector.
    for (const ScoredChunk& one : scores[i]) {
      while (chunks[place] != one.chunk) ++place;
      readings[at].similar[place] = scale(one.score);
    }
  }
  return OkStatus();
}

Scale Hop::SimilarScale(const Stone& stone,
                        const std::vector<ScoredChunk>& scores) const {
  double best = 0;
  for (const ScoredChunk& one : scores) {
    if (one.chunk != stone.chunk) Raise(best, one.score);
  }
  return ScaleOver(
      state_.dense->BackgroundScores(
          stone.vector, static_cast<std::size_t>(options_.background)),
      best, options_.hop_quantile);
}

void Hop::AddLinks(const Stone& stone, const Readings& readings, double weight,
                   std::vector<Candidate>& candidates) const {
  // Of the chunks of one title, the best reading counts whole.
  std::unordered_map<std::uint64_t, double> best;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto found = stone.targets.find(candidates[i].chunk);
    if (found == stone.targets.end()) continue;
    Raise(best[found->second.by.value()], readings.dense[i]);
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto found = stone.targets.find(candidates[i].chunk);
    if (found == stone.targets.end()) continue;
    const Target& target = found->second;
    const bool sibling = readings.dense[i] < best[target.by.value()];
    const double strength = weight * stone.trust * target.strength;
    Raise(candidates[i][Part::kHopLink],
          strength * options_.hop_link * (sibling ? kSiblingShare : 1));
    Raise(candidates[i][Part::kHopLinkFit],
          strength * options_.hop_link_fit * readings.dense[i]);
  }
}

void Hop::AddNames(const Stone& stone, const Readings& readings, double weight,
                   std::vector<Candidate>& candidates) const {
  std::unordered_map<ChunkId, std::size_t> places;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    places[candidates[i].chunk] = i;
  }
  for (const PassageName& name : stone.names) {
    std::vector<std::size_t> holders;
    double best = 0;
    for (const ChunkId& chunk : name.holders) {
      const auto place = places.find(chunk);
      if (chunk == stone.chunk || place == places.end()) continue;
      holders.push_back(place->second);
      Raise(best, readings.fit[place->second]);
    }
    if (best <= 0) continue;
    const double strength =
        weight * stone.trust *
        Rarity(name.holders.size(), options_.name_chunks_max);
    for (const std::size_t i : holders) {
      const double share = readings.fit[i] / best;
      const double value = strength * share * share;
      Raise(candidates[i][Part::kHopName], options_.hop_name * value);
      if (name.sentence >= kNearSentences) continue;
      Raise(candidates[i][Part::kHopNear], options_.hop_near * value);
    }
  }
}

// A passage that the question names is not outranked by what it leads to.
void Hop::Moderate(std::vector<Candidate>& candidates) const {
  double ceiling = 0;
  for (const Candidate& candidate : candidates) {
    for (const Stone& stone : stones_) {
      if (stone.named && stone.chunk == candidate.chunk) {
        Raise(ceiling, candidate.score());
      }
    }
  }
  if (ceiling <= 0) return;
  ceiling *= kBelowNamed;
  double factor = 1;
  for (const Candidate& candidate : candidates) {
    const double bonus = BonusOf(candidate);
    const double before = candidate.score() - bonus;
    if (candidate[Part::kLink] > 0 || bonus <= 0) continue;
    factor = std::min(factor, std::max(0.0, ceiling - before) / bonus);
  }
  for (Candidate& candidate : candidates) {
    if (candidate[Part::kLink] > 0) continue;
    for (const Part part : kHopParts) candidate[part] *= factor;
  }
}

Status Hop::Score(double weight, std::vector<Candidate>& candidates) const {
  std::vector<ChunkId> chunks;
  for (const Candidate& candidate : candidates) {
    chunks.push_back(candidate.chunk);
  }
  std::vector<Readings> all(stones_.size());
  const std::size_t shares = std::min(kThreads, stones_.size());
  CAIRN_RETURN_IF_ERROR(OnThreads(kThreads, shares, [&](std::size_t share) {
    const auto [first, count] = ShareOf(stones_.size(), share, shares);
    return ReadingsOf(std::span(stones_).subspan(first, count), chunks,
                      std::span(all).subspan(first, count));
  }));
  for (std::size_t at = 0; at < stones_.size(); ++at) {
    const Stone& stone = stones_[at];
    const Readings& readings = all[at];
    AddLinks(stone, readings, weight, candidates);
    AddNames(stone, readings, weight, candidates);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      Raise(candidates[i][Part::kHopDense],
            weight * options_.hop_dense * stone.trust * readings.dense[i]);
      Raise(
          candidates[i][Part::kHopSentence],
          weight * options_.hop_sentence * stone.trust * readings.sentence[i]);
      Raise(candidates[i][Part::kSimilar],
            options_.similar * stone.trust * readings.similar[i]);
      Raise(candidates[i][Part::kHopLexical],
            weight * options_.hop_lexical * stone.trust * readings.lexical[i]);
    }
  }
  Moderate(candidates);
  return OkStatus();
}

}  // namespace cairn
