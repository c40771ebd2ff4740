#include "documents/formats/ppt/table_group.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace cairn {
namespace {

// Edges nearer to each other are one: a point, in units of 1/576 inch.
constexpr double kSameEdge = 8;

// Where rows or columns begin, ascending.
std::vector<double> Lines(std::vector<double> edges) {
  std::sort(edges.begin(), edges.end());
  std::vector<double> lines;
  for (const double edge : edges) {
    if (lines.empty() || edge - lines.back() > kSameEdge) lines.push_back(edge);
  }
  return lines;
}

struct Range {
  std::uint32_t first = 0, count = 1;
};

// The lines from the one of `begin`, which is none before it, to before `end`.
Range RangeOf(const std::vector<double>& lines, double begin, double end) {
  const auto first = std::upper_bound(lines.begin(), lines.end(), begin) - 1;
  const auto last =
      std::lower_bound(lines.begin(), lines.end(), end - kSameEdge);
  return {
      static_cast<std::uint32_t>(first - lines.begin()),
      static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(last - first, 1))};
}

}  // namespace

TableDraft MakePptTable(std::vector<PptCell> cells) {
  std::vector<double> lefts, tops;
  for (const PptCell& cell : cells) {
    lefts.push_back(cell.box.left);
    tops.push_back(cell.box.top);
  }
  const std::vector<double> columns = Lines(std::move(lefts));
  const std::vector<double> rows = Lines(std::move(tops));
  TableDraft table;
  table.rows.resize(rows.size());
  for (PptCell& cell : cells) {
    const Range row = RangeOf(rows, cell.box.top, cell.box.bottom);
    const Range column = RangeOf(columns, cell.box.left, cell.box.right);
    table.rows[row.first].push_back({.text = std::move(cell.text),
                                     .column = column.first,
                                     .row_span = row.count,
                                     .column_span = column.count});
  }
  for (std::vector<DraftCell>& row : table.rows) {
    std::stable_sort(row.begin(), row.end(),
                     [](const DraftCell& a, const DraftCell& b) {
                       return a.column < b.column;
                     });
  }
  return table;
}

}  // namespace cairn
