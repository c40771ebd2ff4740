// ScaleAround: what the text before a table says of the scale of its numbers.
//
// Place: MakeGrid of a document, TypeTable for its readers. Reports write
// "consisted of the following (in thousands):" above a table as often as they
// write it inside; without it every amount is read a thousand times too small.
// Read are the blocks before the table, the nearest first, back to another
// table or a heading and no more than kScaleBlocksMax, then the headings that
// it stands under: what is said of one table does not hold for the next, what a
// heading says holds for all below. A statement is in parentheses, or all that
// its block says. Captions and headers of the table go before it.
// Pure; threads: safe. Cost: a bounded number of bytes.
#pragma once

#include <cstddef>

#include "domain/document.h"

namespace cairn {

inline constexpr std::size_t kScaleBlocksMax = 12;

// 1000 of "(in thousands)"; 1: nothing is said.
double ScaleAround(const ParsedDocument& document, const Table& table);

}  // namespace cairn
