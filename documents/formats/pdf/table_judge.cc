#include "documents/formats/pdf/table_judge.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>

#include "documents/formats/pdf/list_marker.h"
#include "documents/formats/pdf/table_text.h"

namespace cairn::pdf {
namespace {

// Share of the slots that cells with text cover.
float FilledShare(const PageTable& table) {
  std::size_t slots = 0;
  for (const PageCell& cell : table.cells) {
    slots += std::size_t{cell.row_span} * cell.column_span;
  }
  return static_cast<float>(slots) /
         static_cast<float>(std::size_t{table.rows} * table.columns);
}

std::size_t RowsWithColumns(const PageTable& table, std::size_t least) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const PageCell& cell : table.cells) ++counts[cell.row];
  std::size_t rows = 0;
  for (const auto& [row, count] : counts) rows += count >= least ? 1 : 0;
  return rows;
}

// Columns that have text in at least two rows.
std::size_t RealColumns(const PageTable& table) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const PageCell& cell : table.cells) ++counts[cell.column];
  std::size_t columns = 0;
  for (const auto& [column, count] : counts) columns += count >= 2 ? 1 : 0;
  return columns;
}

long WholeNumber(const std::string& text) {
  if (text.empty() || text.size() > 4) return -1;
  long value = 0;
  for (const char sign : text) {
    if (sign < '0' || sign > '9') return -1;
    value = value * 10 + (sign - '0');
  }
  return value;
}

// Titles, and right after them page numbers that grow, with no head of their
// own: tables sorted by their last column have one, or other values before it.
bool IsContents(const PageTable& table) {
  long last = -1;
  std::size_t growing = 0;
  std::size_t numbers = 0;
  std::size_t titles = 0;
  for (const PageCell& cell : table.cells) {
    const std::string& text = cell.lines.front();
    titles += cell.column + 1 < table.columns && !IsValue(text) ? 1 : 0;
    if (cell.column + cell.column_span != table.columns) {
      if (cell.column > 0 && IsValue(text)) return false;
      continue;
    }
    const long value = WholeNumber(text);
    if (value < 0) {
      const bool heads = cell.row == 0 && cell.column > 0 &&
                         text.find("age") == std::string::npos;
      if (heads) return false;
      continue;
    }
    ++numbers;
    growing += value >= last ? 1 : 0;
    last = value;
  }
  return table.columns <= 3 && numbers >= 3 && growing == numbers &&
         numbers * 10 >= std::size_t{table.rows} * 6 &&
         titles * 10 >= std::size_t{table.rows} * 6;
}

// Numbers that grow or fall by equal steps, as along the axis of a chart.
bool IsScale(const std::vector<std::string>& texts) {
  std::vector<double> values;
  for (const std::string& text : texts) {
    std::string plain;
    for (const char sign : text) {
      if (sign != ',' && sign != ' ' && sign != '%') plain += sign;
    }
    char* end = nullptr;
    const double value = std::strtod(plain.c_str(), &end);
    if (plain.empty() || *end != '\0') return false;
    values.push_back(value);
  }
  if (values.size() < 4) return false;
  const double step = values[1] - values[0];
  for (std::size_t i = 2; i < values.size(); ++i) {
    if (std::abs(values[i] - values[i - 1] - step) > 0.01 * std::abs(step)) {
      return false;
    }
  }
  return step != 0 && !(IsYear(texts.front()) && std::abs(step) == 1);
}

// The last line runs along an axis: "0 10 20 30 40", in one cell or several.
bool EndsInAxis(const PageTable& table) {
  std::vector<std::string> numbers;
  for (const PageCell& cell : table.cells) {
    if (cell.row + 1 != table.rows) continue;
    std::string word;
    for (const char sign : cell.lines.front() + " ") {
      if (sign != ' ') {
        word += sign;
      } else if (!word.empty()) {
        numbers.push_back(std::move(word));
        word.clear();
      }
    }
  }
  return numbers.size() >= 5 && IsScale(numbers);
}

// One scale or two, beside next to nothing.
bool IsChart(const PageTable& table) {
  std::map<std::uint32_t, std::vector<std::string>> columns;
  for (const PageCell& cell : table.cells) {
    columns[cell.column].push_back(cell.lines.front());
  }
  std::size_t scales = 0;
  std::size_t sparse = 0;
  for (const auto& [column, texts] : columns) {
    scales += IsScale(texts) ? 1 : 0;
    sparse += texts.size() * 2 < table.rows ? 1 : 0;
  }
  if (EndsInAxis(table)) return true;
  return scales > 0 && sparse > 0 && scales + sparse == columns.size();
}

float WordsPerCell(const LaidOut& candidate) {
  return static_cast<float>(candidate.words) /
         static_cast<float>(
             std::max<std::size_t>(candidate.table.cells.size(), 1));
}

// Numbers or bullets, and the text of the entries.
bool IsList(const PageTable& table) {
  if (table.columns != 2) return false;
  std::size_t markers = 0;
  std::size_t firsts = 0;
  for (const PageCell& cell : table.cells) {
    if (cell.column > 0) continue;
    ++firsts;
    const std::string& text = cell.lines.front();
    markers += ListMarkerBytes(text + " x") == text.size() ? 1 : 0;
  }
  return markers * 2 >= firsts;
}

// Numbers alone label the bars of a chart.
bool HasWords(const PageTable& table) {
  return std::any_of(
      table.cells.begin(), table.cells.end(), [](const PageCell& cell) {
        return !IsValue(cell.lines.front()) || IsYear(cell.lines.front());
      });
}

// By lines, and not by shades alone.
bool IsDrawn(const Grid& grid) {
  const auto line = [](const Ruling& ruling) { return !ruling.area; };
  return std::any_of(grid.across.begin(), grid.across.end(), line) &&
         std::any_of(grid.down.begin(), grid.down.end(), line);
}

}  // namespace

bool IsGridTable(const LaidOut& candidate, const Grid& grid) {
  const PageTable& table = candidate.table;
  // Nothing but a frame or a shade: what it holds must speak for itself.
  const bool box = grid.xs.size() == 2 && grid.ys.size() == 2;
  if (box && (table.rows < 3 || IsChart(table))) return false;
  const float filled = FilledShare(table);
  // Bars with a title and a page number at their ends.
  if (table.rows < 3 && !IsDrawn(grid)) return false;
  if (table.cells.size() < 4 || RealColumns(table) < 2 ||
      RowsWithColumns(table, 2) < 2) {
    return false;
  }
  const bool ruled = !grid.open && grid.xs.size() > 2 && grid.ys.size() > 2;
  const std::size_t body = candidate.values + candidate.others;
  const bool values = candidate.values * 10 >= body * 4;
  if (IsChartLabels(candidate)) return false;
  if (ruled) return filled >= 0.3F && (values || IsDrawn(grid));
  if (IsListing(candidate) || IsList(table) || IsContents(table) ||
      !HasWords(table)) {
    return false;
  }
  if (values) return filled >= 0.35F;
  const std::size_t full = RowsWithColumns(table, 2);
  return filled >= 0.5F && WordsPerCell(candidate) < 12 && full >= 3 &&
         full * 10 >= std::size_t{table.rows} * 6;
}

bool IsChartLabels(const LaidOut& candidate) {
  return !HasWords(candidate.table) && FilledShare(candidate.table) < 0.95F;
}

bool IsListing(const LaidOut& candidate) {
  return candidate.monospaced * 10 >= candidate.items.size() * 6;
}

bool IsFreeTable(const LaidOut& candidate) {
  const PageTable& table = candidate.table;
  if (table.rows < 3 || RealColumns(table) < 2 ||
      RowsWithColumns(table, 2) < 3 || IsContents(table) || IsChart(table) ||
      IsList(table)) {
    return false;
  }
  if (!HasWords(table)) return false;
  const std::size_t body = candidate.values + candidate.others;
  const float filled = FilledShare(table);
  if (candidate.values * 2 >= body) return filled >= 0.5F;
  return table.columns >= 3 && candidate.values * 10 >= body * 2 &&
         filled >= 0.6F && WordsPerCell(candidate) < 5;
}

bool IsTableBand(const std::vector<const TextRow*>& lines) {
  if (lines.empty()) return true;
  Rect box = lines.front()->box;
  for (const TextRow* line : lines) box.Include(line->box);
  std::size_t several = 0;
  std::size_t prose = 0;
  std::size_t narrow = 0;  // The rest of a wrapped cell.
  for (const TextRow* line : lines) {
    std::size_t words = 0;
    for (const Item& item : line->items) words += item.last - item.first;
    several += line->items.size() > 1 ? 1 : 0;
    narrow += line->items.size() == 1 && line->box.width() < 0.45F * box.width()
                  ? 1
                  : 0;
    prose += line->items.size() < 3 && words > 9 ? 1 : 0;
  }
  const bool wrapped = several > 0 && several + narrow == lines.size();
  return prose * 3 < lines.size() &&
         (wrapped || several * 10 >= lines.size() * 4);
}

bool IsSubheading(const std::vector<const TextRow*>& lines) {
  if (lines.size() != 1 || lines.front()->items.size() != 1) return false;
  const Item& item = lines.front()->items.front();
  return item.last - item.first <= 9 && !IsCaptionText(item.text);
}

}  // namespace cairn::pdf
