// The engine against a naive reading of the same plans, over random tables.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tables/grid_for_test.h"
#include "tables/table_engine.h"

namespace cairn {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Columns: word, number, number with gaps, word.
constexpr std::size_t kColumns = 4;

class Oracle {
 public:
  explicit Oracle(const Rows& rows) : rows_(rows) {}

  std::optional<double> Number(std::size_t row, std::size_t column) const {
    const std::string& text = rows_[row][column];
    if (text.empty() || text == "-" || column == 0 || column == 3) return {};
    return std::stod(text);
  }

  std::vector<std::size_t> Apply(const PlanStep& step,
                                 const std::vector<std::size_t>& rows) const {
    std::vector<std::size_t> out;
    const std::size_t column =
        step.column.empty() ? 0
                            : static_cast<std::size_t>(step.column[1] - '1');
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (Keeps(step, rows, i, column)) out.push_back(rows[i]);
    }
    using Kind = PlanStep::Kind;
    if (step.kind == Kind::kSortUp || step.kind == Kind::kSortDown) {
      return SortedBy(column, step.kind == Kind::kSortDown, rows);
    }
    if (step.kind == Kind::kNext || step.kind == Kind::kPrevious) {
      return Beside(rows, step.kind == Kind::kNext ? 1 : -1);
    }
    if (step.kind == Kind::kAfter || step.kind == Kind::kBefore) {
      out.clear();
      for (std::size_t row = 0; row < rows_.size() && !rows.empty(); ++row) {
        const bool after = step.kind == Kind::kAfter;
        if (after ? row > rows[0] : row < rows[0]) out.push_back(row);
      }
    }
    return out;
  }

  std::string End(const PlanEnd& end,
                  const std::vector<std::size_t>& rows) const;

 private:
  bool Keeps(const PlanStep& step, const std::vector<std::size_t>& rows,
             std::size_t i, std::size_t column) const {
    const auto number = Number(rows[i], column);
    switch (step.kind) {
      case PlanStep::Kind::kWhere:
        if (step.compare == PlanCompare::kMissing) {
          return rows_[rows[i]][column].empty() ||
                 rows_[rows[i]][column] == "-";
        }
        if (!step.literals[0].is_number) {
          const bool same = rows_[rows[i]][column] == step.literals[0].text;
          return same == (step.compare == PlanCompare::kIs);
        }
        return number && (step.compare == PlanCompare::kLess
                              ? *number < step.literals[0].number
                              : *number >= step.literals[0].number);
      case PlanStep::Kind::kHighest:
      case PlanStep::Kind::kLowest: {
        if (!number) return false;
        std::size_t better = 0;
        for (const std::size_t other : rows) {
          const auto theirs = Number(other, column);
          if (!theirs) continue;
          better += step.kind == PlanStep::Kind::kHighest ? *theirs > *number
                                                          : *theirs < *number;
        }
        return better < step.count;
      }
      case PlanStep::Kind::kFirst:
        return i < step.count;
      case PlanStep::Kind::kLast:
        return i + step.count >= rows.size();
      case PlanStep::Kind::kWithoutTotals:
        return rows_[rows[i]][0] != "total";
      default:
        return true;
    }
  }

  std::vector<std::size_t> SortedBy(std::size_t column, bool down,
                                    std::vector<std::size_t> rows) const {
    // Insertion sort: slow, stable and plain.
    const auto before = [&](std::size_t a, std::size_t b) {
      if (column == 0 || column == 3) {
        return down ? rows_[b][column] < rows_[a][column]
                    : rows_[a][column] < rows_[b][column];
      }
      const auto left = Number(a, column);
      const auto right = Number(b, column);
      if (!left || !right) return left.has_value() && !right.has_value();
      return down ? *right < *left : *left < *right;
    };
    for (std::size_t i = 1; i < rows.size(); ++i) {
      for (std::size_t j = i; j > 0 && before(rows[j], rows[j - 1]); --j) {
        std::swap(rows[j], rows[j - 1]);
      }
    }
    return rows;
  }

  std::vector<std::size_t> Beside(const std::vector<std::size_t>& rows,
                                  int step) const {
    std::vector<std::size_t> out;
    for (const std::size_t row : rows) {
      const auto beside = static_cast<long>(row) + step;
      if (beside < 0 || beside >= static_cast<long>(rows_.size())) continue;
      out.push_back(static_cast<std::size_t>(beside));
    }
    return out;
  }

  const Rows& rows_;
};

std::string Oracle::End(const PlanEnd& end,
                        const std::vector<std::size_t>& rows) const {
  using Kind = PlanEnd::Kind;
  if (end.kind == Kind::kCount) return std::to_string(rows.size());
  if (end.kind == Kind::kAny) return rows.empty() ? "no" : "yes";
  const auto column = static_cast<std::size_t>(end.columns[0][1] - '1');
  std::string out;
  if (end.kind == Kind::kSelect) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      out += (i == 0 ? "" : "|") + rows_[rows[i]][column];
    }
    return out;
  }
  std::set<std::string> different;
  std::map<std::string, std::size_t> groups;
  std::vector<double> numbers;
  double sum = 0;
  for (const std::size_t row : rows) {
    const std::string& text = rows_[row][column];
    if (!text.empty() && text != "-") {
      different.insert(text);
      ++groups[text];
    }
    if (const auto number = Number(row, column)) {
      numbers.push_back(*number);
      sum += *number;
    }
  }
  if (end.kind == Kind::kCountDistinct) return std::to_string(different.size());
  if (end.kind == Kind::kGroup) {
    std::size_t most = 0;
    for (const auto& [key, count] : groups) most = std::max(most, count);
    std::set<std::string> keys;
    for (const auto& [key, count] : groups) {
      if (count == most) keys.insert(key);
    }
    for (const std::string& key : keys) out += "|" + key;
    return out;
  }
  if (numbers.empty()) return "nothing";
  const double low = *std::min_element(numbers.begin(), numbers.end());
  const double high = *std::max_element(numbers.begin(), numbers.end());
  double value = sum;
  if (end.kind == Kind::kMean)
    value = sum / static_cast<double>(numbers.size());
  if (end.kind == Kind::kMin) value = low;
  if (end.kind == Kind::kMax) value = high;
  if (end.kind == Kind::kRange) value = high - low;
  return FormatNumber(value, 1, "");
}

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t Below(std::size_t bound) { return random_() % bound; }

  Rows MakeRows() {
    static const std::string kWords[] = {"red", "green", "blue", "grey"};
    Rows rows(2 + Below(12));
    for (auto& row : rows) {
      row = {kWords[Below(4)], std::to_string(Below(900)),
             Below(4) == 0 ? "-" : std::to_string(Below(9)), kWords[Below(3)]};
    }
    if (Below(2) == 0) rows.back()[0] = "total";
    return rows;
  }

  PlanStep MakeStep() {
    using Kind = PlanStep::Kind;
    constexpr Kind kKinds[] = {
        Kind::kWhere,    Kind::kWhere, Kind::kWithoutTotals, Kind::kHighest,
        Kind::kLowest,   Kind::kFirst, Kind::kLast,          Kind::kNext,
        Kind::kPrevious, Kind::kAfter, Kind::kBefore,        Kind::kSortUp,
        Kind::kSortDown};
    PlanStep step;
    step.kind = kKinds[Below(13)];
    step.count = static_cast<std::uint32_t>(Below(4));
    const bool ordered =
        step.kind == Kind::kHighest || step.kind == Kind::kLowest;
    const std::size_t column = ordered ? 1 + Below(2) : Below(kColumns);
    step.column = "#" + std::to_string(column + 1);
    if (step.kind != Kind::kWhere) return step;
    if (column == 0 || column == 3) {
      step.compare = Below(2) == 0 ? PlanCompare::kIs : PlanCompare::kIsNot;
      step.literals = {TextLiteral(Below(2) == 0 ? "red" : "green")};
    } else if (Below(4) == 0) {
      step.compare = PlanCompare::kMissing;
    } else {
      step.compare = Below(2) == 0 ? PlanCompare::kLess : PlanCompare::kAtLeast;
      step.literals = {
          NumberLiteral(static_cast<double>(Below(column == 1 ? 900 : 9)))};
    }
    return step;
  }

  PlanEnd MakeEnd() {
    using Kind = PlanEnd::Kind;
    constexpr Kind kKinds[] = {
        Kind::kSelect, Kind::kCount, Kind::kCountDistinct, Kind::kSum,
        Kind::kMean,   Kind::kMin,   Kind::kMax,           Kind::kRange,
        Kind::kAny,    Kind::kGroup};
    PlanEnd end;
    end.kind = kKinds[Below(10)];
    const bool counts = end.kind == Kind::kSelect || end.kind == Kind::kGroup ||
                        end.kind == Kind::kCountDistinct;
    const std::size_t column = counts ? Below(kColumns) : 1 + Below(2);
    end.columns = {"#" + std::to_string(column + 1)};
    if (end.kind == Kind::kGroup) end.take = PlanEnd::Take::kHighest;
    return end;
  }

 private:
  std::mt19937 random_;
};

std::string Said(const StatusOr<PlanResult>& result, PlanEnd::Kind kind) {
  if (!result.ok()) {
    return ReasonOf(result.status()) == "NOT_A_NUMBER"
               ? "nothing"
               : std::string(result.status().ToString());
  }
  std::string out;
  if (kind == PlanEnd::Kind::kGroup) {
    std::set<std::string> keys;
    for (const PlanValue& value : result->values) keys.insert(value.text);
    for (const std::string& key : keys) out += "|" + key;
    return out;
  }
  const bool lists = kind == PlanEnd::Kind::kSelect;
  if (result->values.empty()) return lists ? "" : "nothing";
  for (std::size_t i = 0; i < result->values.size(); ++i) {
    out += (i == 0 ? "" : "|") + result->values[i].text;
  }
  return out;
}

TEST(TableEngine, AgreesWithANaiveReadingOfRandomPlans) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << '\n';
  Dice dice(seed);
  for (int i = 0; i < 3000; ++i) {
    const Rows rows = dice.MakeRows();
    Rows with_header = {{"Colour", "Points", "Wins", "Shade"}};
    with_header.insert(with_header.end(), rows.begin(), rows.end());
    const TableGrid grid = GridForTest(with_header);
    TablePlan plan;
    for (std::size_t steps = dice.Below(4); steps > 0; --steps) {
      plan.steps.push_back(dice.MakeStep());
    }
    plan.end = dice.MakeEnd();
    // A column of gaps alone is no column of numbers.
    if (grid.columns[2].kind != CellKind::kNumber) continue;
    const Oracle oracle(rows);
    std::vector<std::size_t> left(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) left[row] = row;
    for (const PlanStep& step : plan.steps) left = oracle.Apply(step, left);
    ASSERT_EQ(Said(TableEngine({&grid}).Run(plan), plan.end.kind),
              oracle.End(plan.end, left))
        << PrintPlan(plan);
  }
}

}  // namespace
}  // namespace cairn
