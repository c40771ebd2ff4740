// QuestionLinks: what of a table a question names: cells, numbers, columns.
//
// Place: PlanCandidates builds conditions from anchors and picks columns;
// features look at how well they fit. Private to tables/.
// Pure; threads: safe. Linear in the table times the phrases of the question.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tables/question_text.h"
#include "tables/table_engine.h"
#include "tables/table_grid.h"

namespace cairn {

// Tokens [begin, end) of the question that make a condition on a column.
struct Anchor {
  enum class Kind : std::uint8_t {
    kExact,    // The whole text of a cell, or its number.
    kPart,     // Words inside cells.
    kStem,     // Another form of a word inside cells: "bankers", "Canadian".
    kFuzzy,    // Most words of a cell.
    kCompare,  // A number or date that cells are compared with.
  };
  Kind kind = Kind::kExact;
  std::size_t begin = 0, end = 0;
  std::size_t column = 0;
  PlanStep step;   // kWhere.
  RowSet rows;     // Of all rows that are no totals, unless only totals hold.
  double fit = 1;  // Of kFuzzy: share of the cell's words.
};

// How the question names a column.
struct ColumnLink {
  double share = 0;                // Of the header's content words, 0..1.
  bool phrase = false;             // All of the header, in order.
  std::size_t begin = 0, end = 0;  // Of the tokens that name it; end 0: none.
  std::vector<bool> tokens;        // Of the question, that are its words.
  std::vector<bool> kin;           // Of the question, that speak of it.
  std::vector<std::string> stems;  // Content words of the header.
};

struct QuestionLinks {
  std::vector<Anchor> anchors;
  std::vector<ColumnLink> columns;  // One for each of the grid.
};

QuestionLinks LinkQuestion(const QuestionText& question, const TableGrid& grid);

}  // namespace cairn
