// Quotes: titles between quotation marks.
// Threads: pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "models/rules/tokens.h"

namespace cairn::rules {

// Half-open ranges of tokens.
struct TokenRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

ByteSpan SpanOf(const Tokens& tokens, TokenRange range);

// What stands inside quotation marks and looks like a title: 1 to 8 words, the
// first capitalised, no long word in lower case. In order, without overlap.
std::vector<TokenRange> FindQuotedTitles(std::string_view text,
                                         const Tokens& tokens);

}  // namespace cairn::rules
