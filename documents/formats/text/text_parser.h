// TextParser: plain text; its canonical text is the input, byte for byte, after
// character set and line ends.
//
// Empty lines separate paragraphs, form feeds pages. Headings are taken only
// where the sign is strong: a line underlined with === or ---, a short line in
// capitals or with a section number alone between empty lines. Lines that begin
// with "- ", "* ", "1. " are list items.
// Purity, threads and errors: as documents/parser.h.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& TextParser();

}  // namespace cairn
