// TablePlan: what is computed over a table, as a value that people can read
// and write.
//
// Place: QuestionParser makes plans, users write them, TableEngine runs them.
// In one line of text, as PrintPlan writes and ParsePlan reads:
//
//   rows | where "Team" is "Crettyard" | previous | select "Team"
//   rows | where "Year" between 1990 and 1999 | highest 1 by "Points"
//        | select "Team", "Points"
//   rows | without totals | group "Country" by count | highest 1
//   percent change(rows | where #1 is "Revenue" | select "2018",
//                  rows | where #1 is "Revenue" | select "2019")
//   columns | where #1 is 2018 or 2019 | mean "Revenue"
//   rows | join 2 on "Country" is "Name" | sum "Population"
//
// A pipeline starts from all `rows` of the body, or from all `columns` (the
// table turned over, see Transposed); each step takes the rows that the one
// before left. Columns are named in quotation marks or by number from 1.
// Numbers are as written in the column ("in millions" when its header says so).
// Threads: values. Limits: kPlanBytesMax, kPlanStepsMax a pipeline,
// kPlanDepthMax plans inside plans.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace cairn {

inline constexpr std::size_t kPlanBytesMax = 8'192;
inline constexpr std::size_t kPlanStepsMax = 32;
inline constexpr std::size_t kPlanPartsMax = 64;
inline constexpr std::size_t kPlanDepthMax = 8;

// A number or a text that cells are compared with. A text of the form
// "2023-03-31", "2023-03" orders as a date.
struct PlanLiteral {
  bool is_number = false;
  double number = 0;
  std::string text;
  friend bool operator==(const PlanLiteral&, const PlanLiteral&) = default;
};
PlanLiteral NumberLiteral(double number);
PlanLiteral TextLiteral(std::string text);

enum class PlanCompare : std::uint8_t {
  kIs,        // Equal to any of the literals.
  kIsNot,     // To none of them.
  kContains,  // Holds the words of any of them, in order.
  kLess,
  kAtMost,
  kGreater,
  kAtLeast,
  kBetween,  // Two literals, both included.
  kMissing,  // No literal: the cell says nothing.
  kPresent,
};

struct TablePlan;

struct PlanStep {
  enum class Kind : std::uint8_t {
    kWhere,          // `column`, `compare`, `literals`.
    kSame,           // Rows whose `column` equals a value of `plan`.
    kWithoutTotals,  // Leaves out rows that are called totals.
    kHighest,        // `count` rows by `column`, and those that tie with the
    kLowest,         // last one.
    kFirst,          // `count` rows.
    kLast,
    kNext,  // The rows right after, in the table's order.
    kPrevious,
    kAfter,  // All rows after the first one.
    kBefore,
    kSortUp,  // By `column`; rows without a value go last.
    kSortDown,
    kJoin,  // Table `count`; its key is `other`. Only as first step.
  };
  Kind kind = Kind::kWhere;
  std::string column;
  PlanCompare compare = PlanCompare::kIs;
  std::vector<PlanLiteral> literals;
  std::uint32_t count = 1;
  std::string other;
  std::vector<TablePlan> plan;  // Of kSame: one.
  friend bool operator==(const PlanStep&, const PlanStep&) = default;
};

// What becomes of the rows that are left.
struct PlanEnd {
  enum class Kind : std::uint8_t {
    kSelect,         // The cells of `columns`, row by row.
    kCount,          // How many rows.
    kCountDistinct,  // How many different texts in `columns`.
    kSum,            // Over the cells of `columns` that have a number.
    kMean,
    kMin,
    kMax,
    kRange,  // Highest less lowest.
    kAny,    // "yes" when a row is left, else "no".
    kGroup,  // Keys of columns[0] by the aggregate `by` of columns[1].
  };
  // Which groups: all in the order they appear, or `count` by their value.
  enum class Take : std::uint8_t { kAll, kHighest, kLowest };

  Kind kind = Kind::kSelect;
  std::vector<std::string> columns;
  Kind by = Kind::kCount;  // Of kGroup: count, sum, mean, min or max.
  Take take = Take::kAll;
  std::uint32_t count = 1;
  friend bool operator==(const PlanEnd&, const PlanEnd&) = default;
};

struct TablePlan {
  enum class Kind : std::uint8_t {
    kPipeline,
    // Of two parts, each one number (or one date, for kDifference).
    kDifference,     // First less second.
    kRatio,          // First by second.
    kPercentChange,  // From the first to the second, in percent of the first.
    kPercentOf,      // First in percent of second.
    kGreater,        // "yes" or "no".
    kLess,
    kSame,
    // Of one part or more.
    kTotal,    // Sum of all values of the parts.
    kAverage,  // Mean of them.
    kList,     // All values, one part after the other.
  };
  Kind kind = Kind::kPipeline;
  bool columns = false;  // The pipeline starts from the columns.
  std::vector<PlanStep> steps;
  PlanEnd end;
  std::vector<TablePlan> parts;
  friend bool operator==(const TablePlan&, const TablePlan&) = default;
};

// One line. ParsePlan reads it back to an equal plan.
std::string PrintPlan(const TablePlan& plan);

// INVALID_ARGUMENT PLAN_SYNTAX with the byte where reading stopped and what was
// expected there; PLAN_TOO_LARGE above the limits.
StatusOr<TablePlan> ParsePlan(std::string_view text);

}  // namespace cairn
