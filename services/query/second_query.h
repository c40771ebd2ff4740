// Second query: what is left to ask once a passage has been read.
//
// "Who directed the film that X starred in?" and a passage about X leave "Who
// directed the film that starred in? Name, Name, ...": what the passage
// explains is masked, what it leads to is appended. The broken grammar does no
// harm to the encoder.
// Pure; threads: safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "domain/ids.h"
#include "domain/span.h"
#include "graph/graph_view.h"

namespace cairn {

// A name that a passage mentions.
struct PassageName {
  EntityId entity;
  std::string surface;
  ByteSpan span;             // Of the canonical text.
  std::size_t sentence = 0;  // Rank of its sentence: 0 fits the question best.
  bool inner = false;        // Inside a longer name.
  // Chunks that hold it; none when it is too common to say anything.
  std::vector<ChunkId> holders;
};

// The question as second queries are made from it.
class AskedQuestion {
 public:
  AskedQuestion(std::string_view text, const std::vector<QuestionLink>& links);

  std::string_view text() const { return text_; }
  const std::unordered_set<std::string>& words() const { return words_; }
  // True when every word of `surface` is a word of the question or of `title`.
  bool Says(std::string_view surface, std::string_view title) const;

  // Without all linked titles (`linked`: the question names the passage), or
  // else without the capitalised words that stand in its title or names.
  std::string Masked(bool linked, std::string_view title,
                     const std::vector<PassageName>& names) const;

 private:
  std::string Without(std::vector<ByteSpan> spans) const;

  const std::string_view text_;
  std::vector<ByteSpan> titled_;  // Spans of linked titles.
  std::vector<QuestionLink> links_;
  std::unordered_set<std::string> words_;  // Folded.
};

// The masked question, then the names of the two best sentences, at most
// `per_sentence` of each.
std::string MakeSecondQuery(const AskedQuestion& question, bool linked,
                            std::string_view title,
                            const std::vector<PassageName>& names,
                            std::size_t per_sentence);

// Ranks the sentences of `text` by the words they share with the question:
// best first, ties in reading order. Without sentence vectors.
std::vector<ByteSpan> RankSentences(const AskedQuestion& question,
                                    std::string_view text);

}  // namespace cairn
