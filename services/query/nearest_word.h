// NearestWord: the word that was meant by one that no chunk holds.
//
// Names have an index of their own for this (graph/token_speller.h). Of other
// words only the stems are known, so every edit is tried: an insertion, a
// deletion, a replacement, a swap of neighbours, all behind the first letter,
// which slips seldom hit. Of the stems that are met, the commonest are looked
// up in chunks that hold them, since an edit can have a stem and be no word.
// Cost: some 55 look-ups a letter, .13 ms for ten letters; up to 24
// chunks are read.
// Pure over an immutable view; threads: safe. Measured: docs/adr/0018.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "services/query/question_names.h"

namespace cairn {

// Of a collection and a language.
struct WordsOfChunks {
  std::string language;  // BCP 47 primary tag, of AnalyzeWords.
  WordStatistics chunks_with;
  // Texts of at most `limit` chunks that hold the term.
  std::function<std::vector<std::string>(std::string_view term,
                                         std::size_t limit)>
      texts_with;
  // It is a word, whether chunks hold it or not.
  std::function<bool(std::string_view word)> is_known;

  // Of any term of `word`, the most chunks.
  std::size_t ChunksWith(std::string_view word) const;
  // `word` has terms, and no chunk holds one of them.
  bool Lacks(std::string_view word) const;
};

struct WordInChunks {
  std::string word;        // Lower case; empty: there is none.
  std::size_t chunks = 0;  // That hold it in some form.
};

// Of the words one edit away that stand in chunks one of the commonest.
// `word` is lower case; of other letters than a..z, or of fewer than five,
// none is found.
WordInChunks NearestWord(std::string_view word, const WordsOfChunks& words);

}  // namespace cairn
