// QuestionText: a question as the parser of plans reads it.
// Private to tables/. Pure; threads: safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/span.h"

namespace cairn {

struct QuestionToken {
  std::string folded;  // As FoldWords gives it; a number without its marks.
  std::string stem;
  std::optional<double> number;  // "1,000", "two", "3rd".
  bool digits = false;           // Written with digits, without an ending.
  bool stop = false;             // A function word.
  ByteSpan span;
};

struct QuestionText {
  std::string text;
  std::vector<QuestionToken> tokens;

  bool Has(std::string_view folded) const;
  // The first place where `first` and then `second` stand; tokens.size(): none.
  std::size_t Find(std::string_view first, std::string_view second = {}) const;
};

// At most kQuestionTokensMax tokens; what follows is not read.
inline constexpr std::size_t kQuestionTokensMax = 80;
QuestionText ReadQuestion(std::string_view question);

// The stem of a folded word, by the rules of English.
std::string StemOf(std::string_view folded);
// Stems of the words of `text`, in order.
std::vector<std::string> StemsOf(std::string_view text);

}  // namespace cairn
