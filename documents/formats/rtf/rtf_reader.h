// ReadRtf: RTF groups, destinations and paragraphs to blocks.
//
// Place: under RtfParser. Shown: text, lists, headings by outline level or
// style, tables, results of fields; heads and feet of pages, each text once;
// text boxes, notes, comments, descriptions of pictures and the words on them
// (after the paragraph or table that they belong to). Not shown: hidden and
// deleted text.
// Threads: none. Limits: groups deeper than limits.nesting_max are left out
// with a warning. Linear in the bytes.
#pragma once

#include <string_view>

#include "base/limits.h"
#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"

namespace cairn {

void ReadRtf(std::string_view bytes, const Limits& limits,
             DocumentPictures& pictures, DocumentBuilder& builder);

}  // namespace cairn
