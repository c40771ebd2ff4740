#include "documents/formats/odf/sheets.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/formats/sheet/cells.h"
#include "documents/formats/sheet/sheet_writer.h"

namespace cairn {
namespace {

// The largest sheets that programs make.
constexpr std::uint64_t kRowsMax = 1'048'576;
constexpr std::uint64_t kColumnsMax = 16'384;

struct Annotation {
  XmlNode node;
  std::uint32_t row = 0, column = 0;
};

class Reader {
 public:
  Reader(const Limits& limits, OdfWriter& writer, SheetBudget& budget)
      : limits_(limits), writer_(writer), budget_(budget) {}

  Status Read(XmlNode table) {
    std::uint64_t row = 0;
    for (const OdfRow& one : OdfRows(table)) {
      if (row >= kRowsMax) break;
      int count = OdfRepetitions(one.node, "rows");
      row_holds_text_ = false;
      CAIRN_RETURN_IF_ERROR(Row(one.node, static_cast<std::uint32_t>(row)));
      const std::uint64_t next = row + static_cast<std::uint64_t>(count);
      if (row_holds_text_ && count > kOdfRepetitionsMax) {
        ++writer_.repetitions_cut;
        count = 1;
      }
      for (int i = 1; row_holds_text_ && i < count; ++i) {
        CAIRN_RETURN_IF_ERROR(
            Row(one.node, static_cast<std::uint32_t>(std::min(
                              row + static_cast<std::uint64_t>(i), kRowsMax))));
      }
      row = next;
    }
    PlaceMerges(merges_, sheet);
    return OkStatus();
  }

  Sheet sheet;
  std::vector<Annotation> annotations;
  std::vector<XmlNode> shapes;

 private:
  Status Row(XmlNode row_node, std::uint32_t row) {
    std::uint64_t column = 0;
    for (const XmlNode cell : row_node.children()) {
      const bool covered = Is(cell, "covered-table-cell");
      if (!covered && !Is(cell, "table-cell")) continue;
      if (column >= kColumnsMax) break;
      const int count = OdfRepetitions(cell, "columns");
      if (!covered) {
        CAIRN_RETURN_IF_ERROR(
            Cell(cell, row, static_cast<std::uint32_t>(column), count));
      }
      column += static_cast<std::uint64_t>(count);
    }
    return OkStatus();
  }

  Status Cell(XmlNode cell, std::uint32_t row, std::uint32_t column,
              int count) {
    for (const XmlNode child : cell.children()) {
      if (Is(child, "annotation")) annotations.push_back({child, row, column});
      if (IsOdfShape(child)) shapes.push_back(child);
    }
    std::string text = Text(cell);
    if (text.empty()) return OkStatus();
    row_holds_text_ = true;
    if (count > kOdfRepetitionsMax) {
      ++writer_.repetitions_cut;
      count = 1;
    }
    sheet.texts.push_back(std::move(text));
    for (int i = 0; i < count; ++i) {
      CAIRN_RETURN_IF_ERROR(AddSheetCell(sheet.texts.back(), row,
                                         column + static_cast<std::uint32_t>(i),
                                         limits_, budget_, sheet));
    }
    const int wide = NumberOf(AttributeOf(cell, "number-columns-spanned"), 1);
    const int high = NumberOf(AttributeOf(cell, "number-rows-spanned"), 1);
    if (wide > 1 || high > 1) {
      merges_.push_back(
          {row, column, row + static_cast<std::uint32_t>(std::max(high, 1)) - 1,
           column + static_cast<std::uint32_t>(std::max(wide, 1)) - 1});
    }
    return OkStatus();
  }

  // As shown, else the value that the program keeps.
  std::string Text(XmlNode cell) {
    std::string text = CollapseWhiteSpace(writer_.TextOf(cell));
    if (!text.empty()) return text;
    for (const std::string_view name :
         {"string-value", "date-value", "time-value", "boolean-value",
          "value"}) {
      text = AttributeOf(cell, name);
      if (!text.empty()) return text;
    }
    if (HasAttribute(cell, "formula")) ++sheet.formulas_without_result;
    return text;
  }

  const Limits& limits_;
  OdfWriter& writer_;
  SheetBudget& budget_;
  std::vector<CellRange> merges_;
  bool row_holds_text_ = false;
};

}  // namespace

Status WriteOdfSheets(XmlNode spreadsheet, const OdfStyles& styles,
                      const Limits& limits, OdfWriter& writer,
                      DocumentBuilder& builder) {
  SheetBudget budget;
  std::size_t formulas = 0;
  for (const XmlNode table : spreadsheet.children()) {
    if (!Is(table, "table")) continue;
    const std::string name = CollapseWhiteSpace(AttributeOf(table, "name"));
    builder.AddBlock(BlockType::kHeading, name, 1);
    if (styles.IsHidden("table", AttributeOf(table, "style-name"))) {
      builder.AddWarning("the sheet " + name + " is hidden; it was read too");
    }
    Reader reader(limits, writer, budget);
    CAIRN_RETURN_IF_ERROR(reader.Read(table));
    formulas += reader.sheet.formulas_without_result;
    WriteSheet(reader.sheet, {}, builder);
    for (const Annotation& annotation : reader.annotations) {
      writer.WriteComment(annotation.node,
                          CellName(annotation.row, annotation.column));
    }
    for (const XmlNode shape : reader.shapes) writer.WriteShape(shape);
    for (const XmlNode shape : ChildOf(table, "shapes").children()) {
      if (IsOdfShape(shape)) writer.WriteShape(shape);
    }
    if (builder.failed()) break;
  }
  if (formulas > 0) {
    builder.AddWarning(
        std::to_string(formulas) +
        " formulas have no stored result and were left out: open the file in a "
        "spreadsheet program and save it");
  }
  return OkStatus();
}

}  // namespace cairn
