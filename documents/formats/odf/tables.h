// Tables of OpenDocument texts and slides: rows, cells, spans, repetitions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/limits.h"
#include "documents/formats/package/table_draft.h"
#include "documents/formats/package/xml.h"

namespace cairn {

// A cell or a row with text that repeats more often stands once: such counts
// are an accident or an attack.
inline constexpr int kOdfRepetitionsMax = 1000;

// Gives the text of a cell's content.
class OdfCellText {
 public:
  virtual ~OdfCellText() = default;
  virtual std::string CellText(XmlNode cell) = 0;
};

// How often a cell ("columns") or a row ("rows") stands; at least 1.
int OdfRepetitions(XmlNode node, std::string_view what);

// table:table-row elements in their order, those of groups too.
struct OdfRow {
  XmlNode node;
  bool header = false;
};
std::vector<OdfRow> OdfRows(XmlNode table);

// No row has two cells.
bool IsOdfLayout(XmlNode table);

// Tables inside tables are read without their repetitions, which would multiply
// with those around them, and deeper ones than this line by line.
inline constexpr int kOdfNestedTablesMax = 4;

// Stops one past the limits of cells or text, where writing it fails.
// `nested`: inside a table.
// `repetitions_cut` counts rows and cells that stand once instead.
TableDraft ReadOdfTable(XmlNode table, const Limits& limits, OdfCellText& text,
                        bool nested, std::size_t& repetitions_cut);

}  // namespace cairn
