// ReadRtf: RTF groups, destinations and paragraphs to blocks.
//
// Place: under RtfParser. Shown: text, lists, headings by outline level or
// style, tables, results of fields; heads and feet of pages, each text once;
// text boxes, notes, comments and descriptions of pictures (after the paragraph
// that they belong to). Not shown: hidden and deleted text, pictures, which are
// counted in a warning.
// Threads: none. Limits: groups deeper than limits.nesting_max are left out
// with a warning. Linear in the bytes.
#pragma once

#include <string_view>

#include "base/limits.h"
#include "documents/document_builder.h"

namespace cairn {

void ReadRtf(std::string_view bytes, const Limits& limits,
             DocumentBuilder& builder);

}  // namespace cairn
