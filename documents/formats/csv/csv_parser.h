// CsvParser: comma, semicolon, tab or bar separated values to one table.
//
// RFC 4180 with a sniffed dialect (csv_reader.h). The canonical text has one
// line a row, cells joined by " | "; a cell's own line breaks become spaces.
// Purity, threads and errors: as documents/parser.h; TOO_MANY_CELLS.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& CsvParser();

}  // namespace cairn
