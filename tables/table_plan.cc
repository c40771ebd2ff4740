#include "tables/table_plan.h"

#include <charconv>
#include <utility>

#include "tables/plan_words.h"
#include "text/utf8.h"

namespace cairn {
namespace {

using plan_words::WordOf;

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char sign : text) {
    if (sign == '"' || sign == '\\') out += '\\';
    out += sign;
  }
  return out + '"';
}

// "#2" needs no quotation marks.
std::string PrintColumn(std::string_view name) {
  const bool by_number =
      name.size() > 1 && name[0] == '#' &&
      name.substr(1).find_first_not_of("0123456789") == std::string_view::npos;
  return by_number ? std::string(name) : Quoted(name);
}

std::string PrintNumber(double number) {
  char digits[32];
  const auto [end, error] =
      std::to_chars(digits, digits + sizeof digits, number);
  return std::string(digits, error == std::errc() ? end : digits);
}

std::string PrintLiterals(const PlanStep& step) {
  const std::string_view joint =
      step.compare == PlanCompare::kBetween ? " and " : " or ";
  std::string out;
  for (const PlanLiteral& literal : step.literals) {
    out += out.empty() ? " " : joint;
    out +=
        literal.is_number ? PrintNumber(literal.number) : Quoted(literal.text);
  }
  return out;
}

std::string PrintStep(const PlanStep& step) {
  std::string out(WordOf(plan_words::kSteps, step.kind));
  switch (step.kind) {
    case PlanStep::Kind::kWhere:
      return out + " " + PrintColumn(step.column) + " " +
             std::string(WordOf(plan_words::kCompares, step.compare)) +
             PrintLiterals(step);
    case PlanStep::Kind::kSame:
      out += " " + PrintColumn(step.column) + " as (";
      return out + (step.plan.empty() ? "" : PrintPlan(step.plan[0])) + ")";
    case PlanStep::Kind::kHighest:
    case PlanStep::Kind::kLowest:
      return out + " " + std::to_string(step.count) + " by " +
             PrintColumn(step.column);
    case PlanStep::Kind::kFirst:
    case PlanStep::Kind::kLast:
      return out + " " + std::to_string(step.count);
    case PlanStep::Kind::kSortUp:
    case PlanStep::Kind::kSortDown:
      return out + " " + PrintColumn(step.column);
    case PlanStep::Kind::kJoin:
      return out + " " + std::to_string(step.count) + " on " +
             PrintColumn(step.column) + " is " + PrintColumn(step.other);
    default:
      return out;
  }
}

std::string PrintEnd(const PlanEnd& end) {
  std::string out(WordOf(plan_words::kEnds, end.kind));
  if (end.kind != PlanEnd::Kind::kGroup) {
    for (std::size_t i = 0; i < end.columns.size(); ++i) {
      out += (i == 0 ? " " : ", ") + PrintColumn(end.columns[i]);
    }
    return out;
  }
  out += " " + PrintColumn(end.columns.empty() ? "" : end.columns[0]) + " by " +
         std::string(WordOf(plan_words::kEnds, end.by));
  if (end.columns.size() > 1) out += " " + PrintColumn(end.columns[1]);
  if (end.take == PlanEnd::Take::kAll) return out;
  out += end.take == PlanEnd::Take::kHighest ? " | highest " : " | lowest ";
  return out + std::to_string(end.count);
}

// Reads a plan from left to right; the first error stops it.
class PlanReader {
 public:
  explicit PlanReader(std::string_view text) : text_(text) {}

  StatusOr<TablePlan> Read() {
    TablePlan plan;
    CAIRN_RETURN_IF_ERROR(ReadPlan(plan, 0));
    SkipSpaces();
    if (at_ != text_.size()) return Expected("the end of the plan");
    return plan;
  }

 private:
  Status Expected(std::string_view what) const {
    std::string found =
        at_ >= text_.size()
            ? "the plan ends there"
            : "there stands '" + std::string(text_.substr(at_, 1)) + "'";
    return InvalidArgumentError("plan, byte " + std::to_string(at_) + ": " +
                                    std::string(what) + " is expected, but " +
                                    found,
                                "PLAN_SYNTAX");
  }
  static Status TooLarge(std::string_view what) {
    return InvalidArgumentError("plan: " + std::string(what), "PLAN_TOO_LARGE");
  }

  void SkipSpaces() {
    while (at_ < text_.size() && IsAsciiSpace(text_[at_])) ++at_;
  }
  // `word` may hold single spaces; it must end at a border.
  bool Take(std::string_view word) {
    SkipSpaces();
    if (!text_.substr(at_).starts_with(word)) return false;
    const std::size_t end = at_ + word.size();
    if (IsAsciiLetter(word.back()) && end < text_.size() &&
        IsAsciiAlnum(text_[end])) {
      return false;
    }
    at_ = end;
    return true;
  }
  // A comma stands between plans as well.
  bool TakeCommaBeforeColumn() {
    const std::size_t before = at_;
    if (!Take(",")) return false;
    SkipSpaces();
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '#')) {
      return true;
    }
    at_ = before;
    return false;
  }
  Status Need(std::string_view word) {
    if (Take(word)) return OkStatus();
    return Expected("'" + std::string(word) + "'");
  }
  template <typename Entries, typename Kind>
  bool TakeAny(const Entries& entries, Kind& kind) {
    for (const auto& entry : entries) {
      if (!Take(entry.word)) continue;
      kind = entry.kind;
      return true;
    }
    return false;
  }

  Status ReadQuoted(std::string_view what, std::string& out);
  Status ReadColumn(std::string& out);
  Status ReadCount(std::uint32_t& out);
  Status ReadLiteral(PlanLiteral& out);
  Status ReadCondition(PlanStep& step);
  Status ReadStep(PlanStep& step, std::size_t depth);
  Status ReadColumns(std::vector<std::string>& out);
  Status ReadGroup(PlanEnd& end);
  Status ReadEnd(PlanEnd& end);
  Status ReadPipeline(TablePlan& plan, std::size_t depth);
  Status ReadPlan(TablePlan& plan, std::size_t depth);

  const std::string_view text_;
  std::size_t at_ = 0;
};

Status PlanReader::ReadQuoted(std::string_view what, std::string& out) {
  SkipSpaces();
  if (at_ >= text_.size() || text_[at_] != '"') return Expected(what);
  for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    out += text_[at_];
  }
  if (at_ >= text_.size()) return Expected("a closing quotation mark");
  ++at_;
  return OkStatus();
}

Status PlanReader::ReadColumn(std::string& out) {
  SkipSpaces();
  if (at_ >= text_.size() || text_[at_] != '#') {
    return ReadQuoted("a column (\"name\" or #number)", out);
  }
  const std::size_t begin = at_++;
  while (at_ < text_.size() && IsAsciiDigit(text_[at_])) ++at_;
  if (at_ == begin + 1) return Expected("the number of a column");
  out = text_.substr(begin, at_ - begin);
  return OkStatus();
}

Status PlanReader::ReadCount(std::uint32_t& out) {
  SkipSpaces();
  const char* const begin = text_.data() + at_;
  const auto [end, error] =
      std::from_chars(begin, text_.data() + text_.size(), out);
  if (error != std::errc()) return Expected("a whole number");
  at_ += static_cast<std::size_t>(end - begin);
  return OkStatus();
}

Status PlanReader::ReadLiteral(PlanLiteral& out) {
  SkipSpaces();
  if (at_ < text_.size() && text_[at_] == '"') {
    return ReadQuoted("a text", out.text);
  }
  const char* const begin = text_.data() + at_;
  const auto [end, error] =
      std::from_chars(begin, text_.data() + text_.size(), out.number);
  if (error != std::errc()) return Expected("a number or a \"text\"");
  out.is_number = true;
  at_ += static_cast<std::size_t>(end - begin);
  return OkStatus();
}

Status PlanReader::ReadCondition(PlanStep& step) {
  CAIRN_RETURN_IF_ERROR(ReadColumn(step.column));
  if (!TakeAny(plan_words::kCompares, step.compare)) {
    return Expected(
        "a comparison (is, is not, contains, <, <=, >, >=, between, "
        "is missing, is present)");
  }
  if (step.compare == PlanCompare::kMissing ||
      step.compare == PlanCompare::kPresent) {
    return OkStatus();
  }
  const bool between = step.compare == PlanCompare::kBetween;
  do {
    if (step.literals.size() == kPlanPartsMax) {
      return TooLarge("more than 64 values in one condition");
    }
    CAIRN_RETURN_IF_ERROR(ReadLiteral(step.literals.emplace_back()));
  } while (between ? step.literals.size() < 2 && Take("and") : Take("or"));
  if (between && step.literals.size() != 2) return Expected("'and'");
  return OkStatus();
}

Status PlanReader::ReadStep(PlanStep& step, std::size_t depth) {
  if (plan_words::TakesCount(step.kind)) {
    CAIRN_RETURN_IF_ERROR(ReadCount(step.count));
  }
  switch (step.kind) {
    case PlanStep::Kind::kWhere:
      return ReadCondition(step);
    case PlanStep::Kind::kSame:
      CAIRN_RETURN_IF_ERROR(ReadColumn(step.column));
      CAIRN_RETURN_IF_ERROR(Need("as"));
      CAIRN_RETURN_IF_ERROR(Need("("));
      CAIRN_RETURN_IF_ERROR(ReadPlan(step.plan.emplace_back(), depth + 1));
      return Need(")");
    case PlanStep::Kind::kHighest:
    case PlanStep::Kind::kLowest:
      CAIRN_RETURN_IF_ERROR(Need("by"));
      return ReadColumn(step.column);
    case PlanStep::Kind::kSortUp:
    case PlanStep::Kind::kSortDown:
      return ReadColumn(step.column);
    case PlanStep::Kind::kJoin:
      CAIRN_RETURN_IF_ERROR(ReadCount(step.count));
      CAIRN_RETURN_IF_ERROR(Need("on"));
      CAIRN_RETURN_IF_ERROR(ReadColumn(step.column));
      CAIRN_RETURN_IF_ERROR(Need("is"));
      return ReadColumn(step.other);
    default:
      return OkStatus();
  }
}

Status PlanReader::ReadColumns(std::vector<std::string>& out) {
  do {
    if (out.size() == kPlanPartsMax) return TooLarge("more than 64 columns");
    CAIRN_RETURN_IF_ERROR(ReadColumn(out.emplace_back()));
  } while (TakeCommaBeforeColumn());
  return OkStatus();
}

Status PlanReader::ReadGroup(PlanEnd& end) {
  CAIRN_RETURN_IF_ERROR(ReadColumn(end.columns.emplace_back()));
  CAIRN_RETURN_IF_ERROR(Need("by"));
  if (!TakeAny(plan_words::kEnds, end.by) || end.by == PlanEnd::Kind::kGroup ||
      end.by == PlanEnd::Kind::kSelect || end.by == PlanEnd::Kind::kAny ||
      end.by == PlanEnd::Kind::kRange ||
      end.by == PlanEnd::Kind::kCountDistinct) {
    return Expected("count, sum, mean, min or max");
  }
  if (end.by != PlanEnd::Kind::kCount) {
    CAIRN_RETURN_IF_ERROR(ReadColumn(end.columns.emplace_back()));
  }
  if (!Take("|")) return OkStatus();
  if (Take("highest")) {
    end.take = PlanEnd::Take::kHighest;
  } else if (Take("lowest")) {
    end.take = PlanEnd::Take::kLowest;
  } else {
    return Expected("'highest' or 'lowest'");
  }
  return ReadCount(end.count);
}

Status PlanReader::ReadEnd(PlanEnd& end) {
  if (end.kind == PlanEnd::Kind::kGroup) return ReadGroup(end);
  if (!plan_words::TakesColumns(end.kind)) return OkStatus();
  return ReadColumns(end.columns);
}

Status PlanReader::ReadPipeline(TablePlan& plan, std::size_t depth) {
  while (true) {
    CAIRN_RETURN_IF_ERROR(Need("|"));
    PlanStep step;
    if (TakeAny(plan_words::kSteps, step.kind)) {
      if (plan.steps.size() == kPlanStepsMax) {
        return TooLarge("more than 32 steps");
      }
      CAIRN_RETURN_IF_ERROR(ReadStep(step, depth));
      plan.steps.push_back(std::move(step));
    } else if (TakeAny(plan_words::kEnds, plan.end.kind)) {
      return ReadEnd(plan.end);
    } else {
      return Expected(
          "a step (where, same, without totals, highest, lowest, "
          "first, last, next, previous, after, before, sort up, "
          "sort down, join) or an end (select, count, sum, mean, "
          "min, max, range, any, group)");
    }
  }
}

Status PlanReader::ReadPlan(TablePlan& plan, std::size_t depth) {
  if (depth == kPlanDepthMax) return TooLarge("nested more than 8 deep");
  if (Take("rows")) return ReadPipeline(plan, depth);
  if (Take("columns")) {
    plan.columns = true;
    return ReadPipeline(plan, depth);
  }
  if (!TakeAny(plan_words::kCombinations, plan.kind)) {
    return Expected(
        "'rows', 'columns', or a combination (difference, ratio, "
        "percent change, percent of, greater, less, same value, "
        "total, average, list)");
  }
  CAIRN_RETURN_IF_ERROR(Need("("));
  do {
    if (plan.parts.size() == kPlanPartsMax) {
      return TooLarge("more than 64 parts");
    }
    CAIRN_RETURN_IF_ERROR(ReadPlan(plan.parts.emplace_back(), depth + 1));
  } while (Take(","));
  if (plan_words::TakesTwo(plan.kind) && plan.parts.size() != 2) {
    return Expected("a combination of two parts");
  }
  return Need(")");
}

}  // namespace

PlanLiteral NumberLiteral(double number) {
  return {.is_number = true, .number = number, .text = {}};
}

PlanLiteral TextLiteral(std::string text) {
  return {.is_number = false, .number = 0, .text = std::move(text)};
}

std::string PrintPlan(const TablePlan& plan) {
  if (plan.kind != TablePlan::Kind::kPipeline) {
    std::string out(WordOf(plan_words::kCombinations, plan.kind));
    out += "(";
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
      out += (i == 0 ? "" : ", ") + PrintPlan(plan.parts[i]);
    }
    return out + ")";
  }
  std::string out = plan.columns ? "columns" : "rows";
  for (const PlanStep& step : plan.steps) out += " | " + PrintStep(step);
  return out + " | " + PrintEnd(plan.end);
}

StatusOr<TablePlan> ParsePlan(std::string_view text) {
  if (text.size() > kPlanBytesMax) {
    return InvalidArgumentError("plan: has " + std::to_string(text.size()) +
                                    " bytes, the limit is " +
                                    std::to_string(kPlanBytesMax),
                                "PLAN_TOO_LARGE");
  }
  return PlanReader(text).Read();
}

}  // namespace cairn
