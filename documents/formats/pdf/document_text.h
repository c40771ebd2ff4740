// Canonical text from blocks of lines.
//
// Lines of a paragraph are joined by spaces, words cut by a hyphen at the end
// of a line are made whole; rows and code keep their lines. Pure.
// Tables are written in place of their stand-ins; the caption above or below
// one is bound to it. Errors: INVALID_ARGUMENT with TEXT_TOO_LARGE,
// TOO_MANY_BLOCKS or TOO_MANY_CELLS.
#pragma once

#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/pdf/line_blocks.h"
#include "documents/formats/pdf/table_layout.h"
#include "domain/document.h"

namespace cairn::pdf {

// Text, blocks and tables (`blocks` name them by index); the rest of the
// document is left for the caller.
StatusOr<ParsedDocument> WriteDocument(const std::vector<LineBlock>& blocks,
                                       const std::vector<PageTable>& tables,
                                       const Limits& limits);

}  // namespace cairn::pdf
