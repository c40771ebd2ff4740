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

// One past the reference; 0 when there is none at `at`.
std::size_t ParseCell(std::string_view text, std::size_t at, std::uint32_t& row,
                      std::uint32_t& column) {
  std::uint32_t letters = 0;
  std::uint32_t digits = 0;
  std::size_t i = at;
  if (i < text.size() && text[i] == '$') ++i;
  const std::size_t first = i;
  for (; i < text.size() && i - first < 4; ++i) {
    const char sign = static_cast<char>(text[i] & ~0x20);
    if (sign < 'A' || sign > 'Z') break;
    letters = letters * 26 + static_cast<std::uint32_t>(sign - 'A') + 1;
  }
  if (i == first) return 0;
  if (i < text.size() && text[i] == '$') ++i;
  const std::size_t number = i;
  for (; i < text.size() && i - number < 8; ++i) {
    if (text[i] < '0' || text[i] > '9') break;
    digits = digits * 10 + static_cast<std::uint32_t>(text[i] - '0');
  }
  if (digits == 0 || digits > kRowsMax || letters > kColumnsMax) return 0;
  row = digits - 1;
  column = letters - 1;
  return i;
}

std::uint64_t Key(std::uint32_t row, std::uint32_t column) {
  return std::uint64_t{row} << 32 | column;
}

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
      std::uint32_t named_row = row;
      const std::string_view name = AttributeOf(cell, "r");
      if (!name.empty()) ParseCell(name, 0, named_row, column);
      if (column >= kColumnsMax) break;
      CAIRN_RETURN_IF_ERROR(Add(Text(cell), row, column));
      ++column;
    }
    return OkStatus();
  }

  Status Add(std::string_view text, std::uint32_t row, std::uint32_t column) {
    text = TrimWhiteSpace(text);
    if (text.empty()) return OkStatus();
    budget_.text_bytes += text.size();
    if (budget_.text_bytes > limits_.text_bytes_max) {
      return InvalidArgumentError(
          "the workbook has more text than the limit text_bytes_max of " +
              std::to_string(limits_.text_bytes_max) +
              " bytes: split it, or raise the limit",
          "TEXT_TOO_LARGE");
    }
    if (++budget_.cells > limits_.cells_max) {
      return InvalidArgumentError(
          "the workbook has more cells than the limit cells_max of " +
              std::to_string(limits_.cells_max) +
              ": split it by sheets or rows, or raise the limit",
          "TOO_MANY_CELLS");
    }
    sheet_.cells.push_back({{row, column, row, column}, text});
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

bool ParseCellRange(std::string_view text, CellRange& range) {
  const std::size_t end = ParseCell(text, 0, range.top, range.left);
  if (end == 0) return false;
  range.bottom = range.top;
  range.right = range.left;
  if (end == text.size()) return true;
  if (text[end] != ':' ||
      ParseCell(text, end + 1, range.bottom, range.right) != text.size()) {
    return false;
  }
  if (range.bottom < range.top) std::swap(range.top, range.bottom);
  if (range.right < range.left) std::swap(range.left, range.right);
  return true;
}

std::string CellName(std::uint32_t row, std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row + 1);
}

void PlaceMerges(const std::vector<CellRange>& merges, Sheet& sheet) {
  const auto before = [](const SheetCell& a, const SheetCell& b) {
    return Key(a.area.top, a.area.left) < Key(b.area.top, b.area.left);
  };
  std::stable_sort(sheet.cells.begin(), sheet.cells.end(), before);
  // Of two cells in one place the first one counts.
  sheet.cells.erase(std::unique(sheet.cells.begin(), sheet.cells.end(),
                                [&](const SheetCell& a, const SheetCell& b) {
                                  return !before(a, b) && !before(b, a);
                                }),
                    sheet.cells.end());
  std::uint32_t bottom = 0;
  std::uint32_t right = 0;
  for (const SheetCell& cell : sheet.cells) {
    bottom = std::max(bottom, cell.area.bottom);
    right = std::max(right, cell.area.right);
  }
  std::unordered_map<std::uint64_t, CellRange> by_first;
  for (const CellRange& merge : merges) {
    by_first.emplace(Key(merge.top, merge.left), merge);
  }
  for (SheetCell& cell : sheet.cells) {
    const auto found = by_first.find(Key(cell.area.top, cell.area.left));
    if (found == by_first.end()) continue;
    cell.area.bottom =
        std::max(cell.area.top, std::min(found->second.bottom, bottom));
    cell.area.right =
        std::max(cell.area.left, std::min(found->second.right, right));
  }
}

StatusOr<Sheet> ReadSheet(XmlNode worksheet, const Workbook& workbook,
                          const Limits& limits, SheetBudget& budget) {
  return Reader(workbook, limits, budget).Read(worksheet);
}

}  // namespace cairn
