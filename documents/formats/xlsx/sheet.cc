#include "documents/formats/xlsx/sheet.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/xlsx/workbook.h"

namespace cairn {
namespace {

constexpr std::uint32_t kRowsMax = 1'048'576;
constexpr std::uint32_t kColumnsMax = 16'384;
constexpr std::size_t kMergesMax = 200'000;

class Reader {
 public:
  Reader(const Workbook& workbook, const Limits& limits, SheetBudget& budget)
      : workbook_(workbook), limits_(limits), budget_(budget) {}

  StatusOr<Sheet> Read(XmlNode worksheet) {
    std::uint32_t row = 0;
    for (const XmlNode node : ChildOf(worksheet, "sheetData").children()) {
      if (!Is(node, "row")) continue;
      const int number = NumberOf(AttributeOf(node, "r"), 0);
      if (number > 0) row = static_cast<std::uint32_t>(number - 1);
      if (row >= kRowsMax) break;
      CAIRN_RETURN_IF_ERROR(Row(node, row));
      ++row;
    }
    std::vector<CellRange> merges;
    for (const XmlNode node : ChildOf(worksheet, "mergeCells").children()) {
      CellRange range;
      if (merges.size() < kMergesMax &&
          ParseCellRange(AttributeOf(node, "ref"), range)) {
        merges.push_back(range);
      }
    }
    PlaceMerges(merges, sheet_);
    return std::move(sheet_);
  }

 private:
  Status Row(XmlNode node, std::uint32_t row) {
    std::uint32_t column = 0;
    for (const XmlNode cell : node.children()) {
      if (!Is(cell, "c")) continue;
      CellRange named;
      if (ParseCellRange(AttributeOf(cell, "r"), named)) column = named.left;
      if (column >= kColumnsMax) break;
      CAIRN_RETURN_IF_ERROR(
          AddSheetCell(Text(cell), row, column, limits_, budget_, sheet_));
      ++column;
    }
    return OkStatus();
  }

  std::string_view Text(XmlNode cell) {
    const std::string_view type = AttributeOf(cell, "t");
    if (type == "inlineStr") return Own(RichText(ChildOf(cell, "is")));
    const XmlNode value_node = ChildOf(cell, "v");
    // The tree lives no longer than this call, unlike what is returned.
    const std::string value = AllText(value_node);
    if (value.empty()) {
      const XmlNode formula = ChildOf(cell, "f");
      if (formula && type != "str") ++sheet_.formulas_without_result;
      return {};
    }
    if (type == "s") {
      const int index = NumberOf(value, -1);
      if (index < 0) return {};
      return workbook_.SharedString(static_cast<std::size_t>(index));
    }
    if (type == "b") return IsTrue(value) ? "TRUE" : "FALSE";
    if (type == "str" || type == "e" || type == "d") return Own(value);
    double number = 0;
    const auto [end, error] =
        std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size()) {
      return Own(value);
    }
    const int style = std::max(NumberOf(AttributeOf(cell, "s"), 0), 0);
    return Own(workbook_.Shown(number, static_cast<std::size_t>(style)));
  }

  std::string_view Own(std::string text) {
    sheet_.texts.push_back(std::move(text));
    return sheet_.texts.back();
  }

  const Workbook& workbook_;
  const Limits& limits_;
  SheetBudget& budget_;
  Sheet sheet_;
};

}  // namespace

StatusOr<Sheet> ReadSheet(XmlNode worksheet, const Workbook& workbook,
                          const Limits& limits, SheetBudget& budget) {
  return Reader(workbook, limits, budget).Read(worksheet);
}

}  // namespace cairn
