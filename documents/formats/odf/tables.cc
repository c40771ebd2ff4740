#include "documents/formats/odf/tables.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cairn {
namespace {

// Rows without text say nothing, however many there are.
constexpr int kEmptyRowsMax = 1;
constexpr std::uint32_t kColumnsMax = 16'384;

void AddRows(XmlNode node, bool header, std::vector<OdfRow>& rows) {
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name == "table-row") {
      rows.push_back({child, header});
    } else if (name == "table-header-rows") {
      AddRows(child, true, rows);
    } else if (name == "table-rows" || name == "table-row-group") {
      AddRows(child, header, rows);
    }
  }
}

std::uint32_t SpanOf(XmlNode cell, std::string_view name) {
  return static_cast<std::uint32_t>(
      std::clamp(NumberOf(AttributeOf(cell, name), 1), 1, 100'000));
}

class Reader {
 public:
  Reader(const Limits& limits, OdfCellText& text, bool nested, std::size_t& cut)
      : limits_(limits),
        text_(text),
        cut_(cut),
        repetitions_max_(nested ? 1 : kOdfRepetitionsMax) {}

  TableDraft Read(XmlNode node) {
    TableDraft table;
    bool in_head = true;
    for (const OdfRow& row : OdfRows(node)) {
      std::vector<DraftCell> cells = Row(row.node);
      const bool empty = cells.empty();
      int count = OdfRepetitions(row.node, "rows");
      if (empty) count = std::min(count, kEmptyRowsMax);
      if (count > repetitions_max_) {
        count = 1;
        ++cut_;
      }
      in_head = in_head && row.header;
      for (int i = 0; i < count && !Full(); ++i) {
        for (const DraftCell& cell : cells) Count(cell);
        if (in_head) ++table.header_rows;
        table.rows.push_back(cells);
      }
      if (Full()) break;
    }
    while (!table.rows.empty() && table.rows.back().empty()) {
      table.rows.pop_back();
    }
    if (table.header_rows == 0 &&
        IsTrue(AttributeOf(node, "use-first-row-styles"))) {
      table.header_rows = 1;
    }
    return table;
  }

 private:
  std::vector<DraftCell> Row(XmlNode row) {
    std::vector<DraftCell> cells;
    std::uint32_t column = 0;
    std::size_t bytes = 0;
    for (const XmlNode node : row.children()) {
      const bool covered = Is(node, "covered-table-cell");
      if (!covered && !Is(node, "table-cell")) continue;
      if (column >= kColumnsMax) break;
      int count = OdfRepetitions(node, "columns");
      const std::string text = covered ? "" : text_.CellText(node);
      if (text.empty()) {
        column += static_cast<std::uint32_t>(
            std::min<int>(count, static_cast<int>(kColumnsMax)));
        continue;
      }
      if (count > repetitions_max_) {
        count = 1;
        ++cut_;
      }
      for (int i = 0; i < count && column < kColumnsMax; ++i, ++column) {
        bytes += text.size();
        if (bytes > limits_.text_bytes_max) return cells;
        cells.push_back(
            {.text = text,
             .column = column,
             .row_span = SpanOf(node, "number-rows-spanned"),
             .column_span = SpanOf(node, "number-columns-spanned")});
      }
    }
    return cells;
  }

  void Count(const DraftCell& cell) {
    ++cells_;
    bytes_ += cell.text.size();
  }
  bool Full() const {
    return cells_ > limits_.cells_max || bytes_ > limits_.text_bytes_max;
  }

  const Limits& limits_;
  OdfCellText& text_;
  std::size_t& cut_;
  int repetitions_max_;
  std::size_t cells_ = 0, bytes_ = 0;
};

}  // namespace

int OdfRepetitions(XmlNode node, std::string_view what) {
  const std::string name = "number-" + std::string(what) + "-repeated";
  return std::max(NumberOf(AttributeOf(node, name), 1), 1);
}

std::vector<OdfRow> OdfRows(XmlNode table) {
  std::vector<OdfRow> rows;
  AddRows(table, false, rows);
  return rows;
}

bool IsOdfLayout(XmlNode table) {
  for (const OdfRow& row : OdfRows(table)) {
    int cells = 0;
    for (const XmlNode cell : row.node.children()) {
      if (!Is(cell, "table-cell") && !Is(cell, "covered-table-cell")) continue;
      cells += std::min(OdfRepetitions(cell, "columns"), 2);
    }
    if (cells > 1) return false;
  }
  return true;
}

TableDraft ReadOdfTable(XmlNode table, const Limits& limits, OdfCellText& text,
                        bool nested, std::size_t& repetitions_cut) {
  return Reader(limits, text, nested, repetitions_cut).Read(table);
}

}  // namespace cairn
