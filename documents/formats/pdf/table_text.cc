#include "documents/formats/pdf/table_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cairn::pdf {
namespace {

std::uint32_t Offset(std::size_t value) {
  return static_cast<std::uint32_t>(value);
}

// The texts of the first `rows` rows, to tell a repeated head.
std::vector<std::pair<std::uint32_t, std::string>> HeadOf(
    const PageTable& table, std::uint32_t rows) {
  std::vector<std::pair<std::uint32_t, std::string>> head;
  for (const PageCell& cell : table.cells) {
    if (cell.row >= rows) break;
    head.emplace_back(cell.row * table.columns + cell.column, CellText(cell));
  }
  return head;
}

bool SameColumns(const PageTable& a, const PageTable& b) {
  if (a.columns != b.columns || a.turn != b.turn) return false;
  constexpr float kSlack = 12;
  const float shift = b.xs.front() - a.xs.front();  // Inner and outer margins.
  for (std::size_t i = 1; i + 1 < a.xs.size(); ++i) {
    if (std::fabs(b.xs[i] - a.xs[i] - shift) > kSlack) return false;
  }
  return true;
}

}  // namespace

std::string CellText(const PageCell& cell) {
  std::string out;
  for (const std::string& line : cell.lines) {
    const bool cut = out.size() > 1 && out.back() == '-' &&
                     out[out.size() - 2] != ' ' && !line.empty() &&
                     IsLetter(DecodeUtf8(line.substr(0, 4)).front());
    if (!out.empty() && !cut) out += ' ';
    out += line;
  }
  return out;
}

Table WriteTable(const PageTable& table, std::string& text) {
  Table out;
  out.rows = table.rows;
  out.columns = table.columns;
  out.header_rows = table.header_rows;
  std::size_t next = 0;
  for (std::uint32_t row = 0; row < table.rows; ++row) {
    if (row > 0) text += '\n';
    const std::size_t start = text.size();
    for (std::uint32_t column = 0; column < table.columns;) {
      if (column > 0) text += " | ";
      if (next >= table.cells.size() || table.cells[next].row != row ||
          table.cells[next].column != column) {
        ++column;
        continue;
      }
      const PageCell& from = table.cells[next++];
      Cell cell;
      cell.row = row;
      cell.column = column;
      cell.row_span = from.row_span;
      cell.column_span = from.column_span;
      cell.header = row < table.header_rows;
      cell.span.begin = Offset(text.size());
      text += CellText(from);
      cell.span.end = Offset(text.size());
      const Rect box = table.turn.ToPage(from.box);
      cell.box = Box{from.page, box.left, box.top, box.right, box.bottom};
      out.cells.push_back(cell);
      column += from.column_span;
    }
    out.row_spans.push_back({Offset(start), Offset(text.size())});
  }
  return out;
}

bool IsCaptionText(const std::string& text) {
  for (const std::string_view word :
       {"Table", "TABLE", "Tab.", "Tabelle", "Tableau", "Tabla", "Tabella",
        "Tabela", "Figure", "FIGURE", "Fig.", "Exhibit", "EXHIBIT", "Chart",
        "Box", "Appendix Table", "Abbildung", "Graph"}) {
    if (text.size() < word.size() + 2 ||
        text.compare(0, word.size(), word) != 0) {
      continue;
    }
    std::size_t at = word.size();
    while (at < text.size() && text[at] == ' ') ++at;
    // "3", "2.1", "A-3", "IV".
    const std::string number =
        text.substr(at, text.find_first_of(" :", at) - at);
    if (number.size() > 8) continue;
    if (number.find_first_of("0123456789") != std::string::npos ||
        (!number.empty() &&
         number.find_first_not_of("IVXLC.:") == std::string::npos)) {
      return true;
    }
  }
  return false;
}

bool JoinTables(PageTable& table, const PageTable& next) {
  if (!SameColumns(table, next)) return false;
  const std::uint32_t head = std::min(table.header_rows, next.header_rows);
  const bool repeated =
      head > 0 && next.rows > head && HeadOf(table, head) == HeadOf(next, head);
  // A head of its own that differs begins a new table.
  if (!repeated && next.header_rows > 0 && table.header_rows > 0) return false;
  const std::uint32_t skip = repeated ? head : 0;
  for (const PageCell& cell : next.cells) {
    if (cell.row < skip) continue;
    table.cells.push_back(cell);
    table.cells.back().row += table.rows - skip;
  }
  table.rows += next.rows - skip;
  return true;
}

}  // namespace cairn::pdf
