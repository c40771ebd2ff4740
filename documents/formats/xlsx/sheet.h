// ReadSheet: the cells of a worksheet's part.
#pragma once

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/package/xml.h"
#include "documents/formats/sheet/cells.h"

namespace cairn {

class Workbook;

// `worksheet`: the root of the part. `workbook` must outlive the sheet.
// INVALID_ARGUMENT: TOO_MANY_CELLS, TEXT_TOO_LARGE.
StatusOr<Sheet> ReadSheet(XmlNode worksheet, const Workbook& workbook,
                          const Limits& limits, SheetBudget& budget);

}  // namespace cairn
