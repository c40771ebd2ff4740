// PlainLookUps: questions made from the tables themselves, such as "What is
// the Capital of Norway?", with the cell that answers.
//
// Place: table_plans fits to them beside the questions that people wrote. Those
// are about what is hard in a table; what is asked most of a list of staff or
// prices is a plain look-up, and plans for it must be trusted.
// Pure; the same questions for the same tables.
#pragma once

#include "eval/table_questions.h"

namespace cairn {

// At most two a table of `set`, held out where the table is. Tables are by
// their place in `set`.
std::vector<TableQuestion> PlainLookUps(const TableQuestions& set);

}  // namespace cairn
