// LikeLabels: cells that a question names by some of their words ("lakes of the
// north" for "Northern Lakes, total").
//
// Place: QuestionLinks takes them where no label is named in full.
// Private to tables/. English. Pure; threads: safe.
#pragma once

#include <cstddef>
#include <vector>

#include "tables/question_text.h"
#include "tables/table_grid.h"

namespace cairn {

struct LikeLabel {
  std::size_t row = 0;
  // Weighted share of the cell's words that the question has: (0, 1].
  double fit = 0;
  // Tokens of the question from the first shared word to the last.
  std::size_t begin = 0, end = 0;
};

// Of a column the best few, best first; equals in the order of rows. Words that
// few cells of the column have weigh more.
std::vector<LikeLabel> FindLikeLabels(const QuestionText& question,
                                      const TableGrid& grid,
                                      std::size_t column);

}  // namespace cairn
