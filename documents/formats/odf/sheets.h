// WriteOdfSheets: the sheets of an OpenDocument spreadsheet to blocks.
#pragma once

#include "documents/formats/odf/odf_writer.h"

namespace cairn {

// `spreadsheet`: office:spreadsheet. INVALID_ARGUMENT: TOO_MANY_CELLS,
// TEXT_TOO_LARGE.
Status WriteOdfSheets(XmlNode spreadsheet, const OdfStyles& styles,
                      const Limits& limits, OdfWriter& writer,
                      DocumentBuilder& builder);

}  // namespace cairn
