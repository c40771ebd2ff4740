// Canonical text from blocks of lines.
//
// Lines of a paragraph are joined by spaces, words cut by a hyphen at the end
// of a line are made whole; rows and code keep their lines. Pure.
// Errors: INVALID_ARGUMENT with TEXT_TOO_LARGE or TOO_MANY_BLOCKS.
#pragma once

#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/pdf/line_blocks.h"
#include "domain/document.h"

namespace cairn::pdf {

// Text and blocks; the rest of the document is left for the caller.
StatusOr<ParsedDocument> WriteDocument(const std::vector<LineBlock>& blocks,
                                       const Limits& limits);

}  // namespace cairn::pdf
