// Words: Unicode text to tokens, stems and normalised names.
//
// Place: the one definition of "word" in Cairn. Ingestion turns chunks into
// terms with it, queries turn questions into terms with it, the graph folds
// names with it. Pure functions: no I/O, no clock, no state but tables.
// Threads: safe.
// Libraries: ICU (segmentation, folding) and Snowball live only in text/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/span.h"

namespace cairn {

struct Word {
  std::string term;  // What is indexed.
  ByteSpan span;     // Where it stands in the input.
};

// Words for the lexical index: ICU word borders, NFKC case fold, English stop
// words kept (BM25 weighs them), stemmed by `language` (BCP 47 primary tag;
// unknown or empty: English rules for ASCII words, none else), Latin and Greek
// letters without their marks ("Malmö" and "malmo" are one term). A Latin word
// of another language than English has, where it differs, its English term
// too. Han, kana and Hangul come as single signs and pairs of neighbours.
// Invalid UTF-8 is read as U+FFFD and yields no word.
std::vector<Word> AnalyzeWords(std::string_view text,
                               std::string_view language);

// Folded tokens of a name or of running text: NFKD, marks stripped, lower
// case, "'s" and apostrophes dropped, tokens are runs of letters and digits;
// of Han and kana, single signs.
// `span` is the surface of the token. Split at "a.B" (lower case, full stop,
// upper case).
std::vector<Word> FoldWords(std::string_view text);

// The folded tokens joined by one space: the identity of a name.
std::string NormalizeName(std::string_view name);

// Sentence spans in order, covering all but white space. Abbreviations ("e.g.",
// "Dr.", "No. 5", initials) do not end a sentence; a line break pair does.
std::vector<ByteSpan> SplitSentences(std::string_view text);

// BCP 47 primary tag guessed from stop words and scripts; "en" when in doubt
// and the text is Latin; empty when there is nothing to go by.
std::string GuessLanguage(std::string_view text);

// True for a common function word of English (folded form): "the", "of", ...
bool IsStopWord(std::string_view folded);

}  // namespace cairn
