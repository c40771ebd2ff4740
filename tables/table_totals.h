// CheckTotals: do the rows called totals equal the sum of their parts?
//
// Place: notes beside an answer computed over a table. A total is compared with
// the rows above it up to the title of its section, up to the total before it,
// and with all totals above it (a grand total); the first that fits is its
// parts. Numbers are rounded where they were written, so a sum may be off by
// half a unit of the last decimal a part.
// Pure; threads: safe. Linear in the table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tables/table_grid.h"

namespace cairn {

struct TotalCheck {
  std::uint32_t row = 0;  // Of the grid.
  std::uint32_t column = 0;
  double said = 0;  // In full.
  double sum = 0;   // Of the parts that come closest.
  bool agrees = false;
};

// One for each number in a row called a total that has at least two parts.
std::vector<TotalCheck> CheckTotals(const TableGrid& grid);

// What a check of `grid` found, for people.
std::string TotalNote(const TableGrid& grid, const TotalCheck& check);

}  // namespace cairn
