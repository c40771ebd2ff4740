#include "documents/formats/sheet/cells.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "documents/document_builder.h"

namespace cairn {
namespace {

constexpr std::uint32_t kRowsMax = 1'048'576;
constexpr std::uint32_t kColumnsMax = 16'384;

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

}  // namespace

Status AddSheetCell(std::string_view text, std::uint32_t row,
                    std::uint32_t column, const Limits& limits,
                    SheetBudget& budget, Sheet& sheet) {
  text = TrimWhiteSpace(text);
  if (text.empty()) return OkStatus();
  budget.text_bytes += text.size();
  if (budget.text_bytes > limits.text_bytes_max) {
    return InvalidArgumentError(
        "the workbook has more text than the limit text_bytes_max of " +
            std::to_string(limits.text_bytes_max) +
            " bytes: split it, or raise the limit",
        "TEXT_TOO_LARGE");
  }
  if (++budget.cells > limits.cells_max) {
    return InvalidArgumentError(
        "the workbook has more cells than the limit cells_max of " +
            std::to_string(limits.cells_max) +
            ": split it by sheets or rows, or raise the limit",
        "TOO_MANY_CELLS");
  }
  sheet.cells.push_back({{row, column, row, column}, text});
  return OkStatus();
}

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

}  // namespace cairn
