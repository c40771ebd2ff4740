// Language: the small words of a language.
// Pure; threads: safe.
#pragma once

#include <string_view>

namespace cairn {

// True for an article, a preposition, a word that asks, ... of `language` (BCP
// 47 primary tag, as GuessLanguage gives it), in lower case with its marks.
// Always false for English, whose small words are IsStopWord's, and for
// languages that have no list.
bool IsSmallWord(std::string_view word, std::string_view language);

}  // namespace cairn
