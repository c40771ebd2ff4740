// RtfParser: Rich Text Format to blocks, lists and tables.
//
// Title: the information group's. Language: \deflang.
// Purity, threads and errors: as documents/parser.h; also NOT_RTF. What is
// shown stands in rtf_reader.h.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& RtfParser();

}  // namespace cairn
