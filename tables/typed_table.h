// TypeTable: the values of a table's cells, each read with what its column and
// its headers say.
//
// Place: whoever shows or computes over tables; the stored table has spans
// only, so that a better reading needs no new ingestion. A column's style is
// one: the decimal mark and the order of day and month that its cells show for
// certain, scale and unit of the headers above it, of the caption, and the
// scale that is said around the table (scale_around.h). Header cells are text.
// Pure; threads: safe. Linear in the table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/document.h"
#include "tables/cell_value.h"

namespace cairn {

// In the order of `table.cells`, whose spans point into `text`. `scale`: of
// numbers whose column and caption say none.
std::vector<CellValue> TypeTable(const Table& table, std::string_view text,
                                 double scale = 1);

}  // namespace cairn
