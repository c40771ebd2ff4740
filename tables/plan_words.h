// The words of the plan language, shared by what writes and what reads it.
// Private to tables/.
#pragma once

#include <array>
#include <string_view>

#include "tables/table_plan.h"

namespace cairn::plan_words {

template <typename Kind>
struct Entry {
  Kind kind;
  std::string_view word;
};
// clang 14 does not find this for aggregates.
template <typename Kind>
Entry(Kind, const char*) -> Entry<Kind>;

inline constexpr std::array kCompares = {
    Entry{PlanCompare::kIsNot, "is not"},
    Entry{PlanCompare::kMissing, "is missing"},
    Entry{PlanCompare::kPresent, "is present"},
    Entry{PlanCompare::kIs, "is"},
    Entry{PlanCompare::kContains, "contains"},
    Entry{PlanCompare::kAtMost, "<="},
    Entry{PlanCompare::kAtLeast, ">="},
    Entry{PlanCompare::kLess, "<"},
    Entry{PlanCompare::kGreater, ">"},
    Entry{PlanCompare::kBetween, "between"}};

inline constexpr std::array kSteps = {
    Entry{PlanStep::Kind::kWhere, "where"},
    Entry{PlanStep::Kind::kSame, "same"},
    Entry{PlanStep::Kind::kWithoutTotals, "without totals"},
    Entry{PlanStep::Kind::kHighest, "highest"},
    Entry{PlanStep::Kind::kLowest, "lowest"},
    Entry{PlanStep::Kind::kFirst, "first"},
    Entry{PlanStep::Kind::kLast, "last"},
    Entry{PlanStep::Kind::kNext, "next"},
    Entry{PlanStep::Kind::kPrevious, "previous"},
    Entry{PlanStep::Kind::kAfter, "after"},
    Entry{PlanStep::Kind::kBefore, "before"},
    Entry{PlanStep::Kind::kSortUp, "sort up"},
    Entry{PlanStep::Kind::kSortDown, "sort down"},
    Entry{PlanStep::Kind::kJoin, "join"}};

// "count distinct" before "count": the longer word is tried first.
inline constexpr std::array kEnds = {
    Entry{PlanEnd::Kind::kSelect, "select"},
    Entry{PlanEnd::Kind::kCountDistinct, "count distinct"},
    Entry{PlanEnd::Kind::kCount, "count"},
    Entry{PlanEnd::Kind::kSum, "sum"},
    Entry{PlanEnd::Kind::kMean, "mean"},
    Entry{PlanEnd::Kind::kMin, "min"},
    Entry{PlanEnd::Kind::kMax, "max"},
    Entry{PlanEnd::Kind::kRange, "range"},
    Entry{PlanEnd::Kind::kAny, "any"},
    Entry{PlanEnd::Kind::kGroup, "group"}};

inline constexpr std::array kCombinations = {
    Entry{TablePlan::Kind::kDifference, "difference"},
    Entry{TablePlan::Kind::kRatio, "ratio"},
    Entry{TablePlan::Kind::kPercentChange, "percent change"},
    Entry{TablePlan::Kind::kPercentOf, "percent of"},
    Entry{TablePlan::Kind::kGreater, "greater"},
    Entry{TablePlan::Kind::kLess, "less"},
    Entry{TablePlan::Kind::kSame, "same value"},
    Entry{TablePlan::Kind::kTotal, "total"},
    Entry{TablePlan::Kind::kAverage, "average"},
    Entry{TablePlan::Kind::kList, "list"}};

template <typename Entries, typename Kind>
constexpr std::string_view WordOf(const Entries& entries, Kind kind) {
  for (const auto& entry : entries) {
    if (entry.kind == kind) return entry.word;
  }
  return {};
}

// True for steps that take a number of rows.
constexpr bool TakesCount(PlanStep::Kind kind) {
  return kind == PlanStep::Kind::kHighest || kind == PlanStep::Kind::kLowest ||
         kind == PlanStep::Kind::kFirst || kind == PlanStep::Kind::kLast;
}
constexpr bool TakesColumns(PlanEnd::Kind kind) {
  return kind != PlanEnd::Kind::kCount && kind != PlanEnd::Kind::kAny &&
         kind != PlanEnd::Kind::kGroup;
}
constexpr bool TakesTwo(TablePlan::Kind kind) {
  return kind != TablePlan::Kind::kPipeline &&
         kind != TablePlan::Kind::kTotal && kind != TablePlan::Kind::kAverage &&
         kind != TablePlan::Kind::kList;
}

}  // namespace cairn::plan_words
