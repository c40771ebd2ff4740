// XlsParser: Excel workbooks of 1993 to 2003 (.xls, .xlt; BIFF5 and BIFF8).
//
// Kept as for .xlsx: every sheet under its name (hidden ones with a warning),
// cells as they are shown, stored results of formulas, merged cells, each
// separate table, comments (place, author), text boxes, alternative texts and
// the words on pictures; of charts their titles and the names of their series.
// Left out: formulas, macros, pivot caches, the
// numbers inside charts, embedded objects (the last two with a warning).
// Purity and threads: as documents/parser.h. Errors: as CompoundFile,
// XlsWorkbook and DocumentBuilder.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& XlsParser();

}  // namespace cairn
