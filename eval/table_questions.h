// TableQuestions: questions over tables with their answers, and what counts as
// right. For the program that scores the parser and the one that fits it.
//
// WikiTableQuestions: denotation accuracy as the official evaluator, without
// its tags (a gold text that is a number matches the number). TAT-QA: questions
// whose answer stands in the table; numbers compare in full, scale and percent
// applied, at two decimals of the gold answer's scale.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "tables/table_engine.h"
#include "tables/table_grid.h"

namespace cairn {

struct TableQuestion {
  std::string id;
  std::string question;
  std::size_t table = 0;  // Index into TableQuestions::tables.
  std::vector<std::string> answers;
  double scale = 1;      // 0.01: percent.
  bool numeric = false;  // Of TAT-QA: a computed number.
  // Of tables that nobody looks at and nothing is fitted to; by their hash.
  bool held_out = false;
};

struct TableQuestions {
  std::vector<std::unique_ptr<TableGrid>> tables;
  std::vector<TableQuestion> questions;
  bool financial = false;  // TAT-QA.
};

// The first table of a document, as the product parses it.
StatusOr<std::unique_ptr<TableGrid>> FirstTable(std::string_view bytes,
                                                std::string_view media_type);
// Half of all names.
bool IsHeldOut(std::string_view table);

// `folder` holds questions.tsv and the tables it names.
StatusOr<TableQuestions> ReadWikiTableQuestions(const std::string& folder);
// Of `file`, the questions that are answered from the table alone.
StatusOr<TableQuestions> ReadTatQa(const std::string& file);

bool IsRight(const TableQuestion& question, const PlanResult& result,
             bool financial);

}  // namespace cairn
