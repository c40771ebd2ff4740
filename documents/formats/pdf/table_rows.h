// Rows of a table from its lines of text.
//
// Place: between two horizontal rulings (or in a table without any) several
// lines may be several rows, or one row of wrapped cells. Lines with values
// begin rows; what stands above the first is the head; lines with nothing but
// a wrapped label or wrapped text join their neighbours. Linear. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "documents/formats/pdf/table_items.h"

namespace cairn::pdf {

// Columns that an item covers, both inclusive.
struct ColumnRange {
  std::uint32_t first = 0, last = 0;
};

// `xs` are the borders of the columns, ascending. Less than a third of a column
// or of the font size beyond a border does not count as covering.
ColumnRange ColumnsOf(const Item& item, const std::vector<float>& xs);

struct RowOptions {
  // Only lines of values part rows: all columns are ruled, cells may wrap.
  bool values_only = false;
  bool may_have_head = true;
  const std::vector<Ruling>* rulings = nullptr;  // Of the page, if known.
};

// Lines that begin rows by their values.
std::size_t CountValueLines(const std::vector<const TextRow*>& lines,
                            const std::vector<float>& xs);

// Groups of consecutive lines, each one row, in order.
std::vector<std::vector<const TextRow*>> SplitRows(
    const std::vector<const TextRow*>& lines, const std::vector<float>& xs,
    const RowOptions& options);

}  // namespace cairn::pdf
