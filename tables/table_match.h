// MatchTables: how much of a question each of some tables holds, to choose
// among tables that a search found. Embeddings tell what a table is about; this
// tells whether the words of the question stand in it, as cells and headers.
//
// Place: services/query adds it to the scores of tables. Pure; threads: safe.
// Formula: sum of three numbers by weights that were fitted beside a score of
// 0..1 (eval/fit/README.md): the share of the question's words that the table
// holds, those that are a cell in full, and the longest such cell. Words weigh
// the more, the fewer of the given tables hold them: compared are only tables
// of one call.
// Cost: linear in the tables; 0.04 ms for one of 144 cells (tables_bench).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tables/table_grid.h"

namespace cairn {

struct TableMatch {
  double held = 0;     // Share of the question's words, by weight, 0..1.
  double exact = 0;    // Weight of the words that are a cell in full.
  double longest = 0;  // Tokens of the longest such cell.
};

// One for each table. Null, or more than kAskedSlotsMax slots: not read, and
// given the mean of the others.
std::vector<TableMatch> CompareTables(std::string_view question,
                                      std::span<const TableGrid* const> tables);

// The share of the question's words, function words left out, that name a cell
// or a column of the table; 1 of a question without other words.
double HeldShare(std::string_view question, const TableGrid& table);

// The weighted sums, 0 or more.
std::vector<double> MatchTables(std::string_view question,
                                std::span<const TableGrid* const> tables);

}  // namespace cairn
