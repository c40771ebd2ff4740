// QuestionCues: what a question asks for, and its words by what they speak of:
// the highest, the next, a sum. What was fitted to "tallest" and "deepest" then
// holds for "widest".
//
// Place: PlanFeatures weighs them against the operators of a plan.
// Private to tables/. English. Pure; threads: safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tables/question_text.h"

namespace cairn {

struct QuestionCue {
  std::string_view speaks_of;  // "highest", "later", "sum", ...
  std::size_t token = 0;
};

struct QuestionCues {
  // "count", "amount", "duration", "time", "person", "place", "yes or no",
  // "difference", "which", "what", "name" or "none".
  std::string_view asked = "none";
  std::size_t asked_end = 0;  // Tokens that ask; the next one says for what.
  std::vector<QuestionCue> cues;
};

QuestionCues FindCues(const QuestionText& question);
QuestionCues FindCues(QuestionText&&) = delete;  // the views would dangle

}  // namespace cairn
