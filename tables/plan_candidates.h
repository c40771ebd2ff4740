// PlanCandidates: the plans that a question could mean over a table, and what
// they come to.
//
// Place: between the links of a question and the ranking. It errs on the side
// of too many: what a plan means is for the features to weigh. Private to
// tables/. Pure; threads: safe. At most kCandidatesMax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tables/question_links.h"
#include "tables/question_text.h"
#include "tables/table_engine.h"
#include "tables/table_grid.h"

namespace cairn {

inline constexpr std::size_t kCandidatesMax = 8'000;

// A way to read a table: as it stands, or turned over.
struct QuestionTable {
  const TableGrid* grid = nullptr;
  QuestionLinks links;
  bool turned = false;
};

struct PlanCandidate {
  static constexpr std::size_t kNone = SIZE_MAX;

  TablePlan plan;
  PlanResult result;
  const QuestionTable* table = nullptr;
  std::vector<std::size_t> anchors;     // Of the table's links, in its plan.
  std::vector<std::string_view> atoms;  // Names of its operators.
  std::size_t answer = kNone;           // Column that is selected or keyed.
  std::size_t key = kNone;              // Column ordered by or computed over.
  std::size_t rows = 0;                 // Before the end.
};

// `table` outlives the candidates.
void AddCandidates(const QuestionText& question, const QuestionTable& table,
                   std::vector<PlanCandidate>& out);

}  // namespace cairn
