// CodeParser: source code to code blocks; the canonical text is the input.
//
// A block ends at an empty line before a line that begins at the margin and is
// no closing bracket, once it has kCodeBlockLines lines; or before such a line
// that begins a definition (def, class, func, fn, ...). A block that grows past
// kCodeBlockLinesMax ends at the next empty line.
// Purity, threads and errors: as documents/parser.h.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& CodeParser();

}  // namespace cairn
