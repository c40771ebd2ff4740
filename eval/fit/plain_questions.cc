#include "eval/fit/plain_questions.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tables/table_engine.h"
#include "tables/table_plan.h"

namespace cairn {
namespace {

constexpr std::size_t kOfEachKind = 2;  // Of one table.
constexpr std::size_t kTries = 8;
constexpr std::size_t kTextMax = 40;  // Longer cells are no names.

// In question and plan, N is the name of the first column and K a cell of it, C
// another column and V a cell of it, A a column of numbers.
struct Form {
  std::string_view question;
  std::string_view plan;
};

constexpr std::array kLookUps = {
    Form{"What is the C of K?", R"(rows | where "N" is "K" | select "C")"},
    Form{"Which C is K in?", R"(rows | where "N" is "K" | select "C")"},
    Form{"What is K's C?", R"(rows | where "N" is "K" | select "C")"},
    Form{"Which C does K have?", R"(rows | where "N" is "K" | select "C")"},
    Form{"What C is given for K?", R"(rows | where "N" is "K" | select "C")"},
    Form{"C of K", R"(rows | where "N" is "K" | select "C")"}};

constexpr std::array kAmounts = {
    Form{"What is the total A?", R"(rows | sum "A")"},
    Form{"What is the sum of A?", R"(rows | sum "A")"},
    Form{"What is the average A?", R"(rows | mean "A")"},
    Form{"What is the highest A?", R"(rows | max "A")"},
    Form{"What is the lowest A?", R"(rows | min "A")"},
    Form{"Which N has the highest A?",
         R"(rows | highest 1 by "A" | select "N")"},
    Form{"Which N has the most A?", R"(rows | highest 1 by "A" | select "N")"},
    Form{"Which N has the lowest A?", R"(rows | lowest 1 by "A" | select "N")"},
    Form{"What N has the least A?", R"(rows | lowest 1 by "A" | select "N")"}};

// V stands in several rows.
constexpr std::array kGroups = {
    Form{"How many N have the C V?", R"(rows | where "C" is "V" | count)"},
    Form{"How many N are there with C V?",
         R"(rows | where "C" is "V" | count)"},
    Form{"What is the total A of V?", R"(rows | where "C" is "V" | sum "A")"},
    Form{"What is the total A for C V?",
         R"(rows | where "C" is "V" | sum "A")"},
    Form{"What is the average A of V?",
         R"(rows | where "C" is "V" | mean "A")"},
    Form{"Which N have the C V?", R"(rows | where "C" is "V" | select "N")"}};

// What the letters of a form stand for; empty: nothing fits.
struct Parts {
  std::string name, key, column, value, amount;
};

std::string Filled(std::string_view form, const Parts& parts) {
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool word =
        (i > 0 && form[i - 1] >= 'A' && form[i - 1] <= 'z') ||
        (i + 1 < form.size() && form[i + 1] >= 'a' && form[i + 1] <= 'z');
    const std::string* part = nullptr;
    if (!word && form[i] == 'N') part = &parts.name;
    if (!word && form[i] == 'K') part = &parts.key;
    if (!word && form[i] == 'C') part = &parts.column;
    if (!word && form[i] == 'V') part = &parts.value;
    if (!word && form[i] == 'A') part = &parts.amount;
    text += part == nullptr ? std::string(1, form[i]) : *part;
  }
  return text;
}

bool IsPlain(std::string_view text) {
  return text.size() >= 2 && text.size() <= kTextMax &&
         text.find('"') == std::string_view::npos;
}

bool IsAmount(const TableGrid& grid, std::size_t column) {
  const GridColumn& one = grid.columns[column];
  return one.kind == CellKind::kNumber && !one.years && !one.loose &&
         IsPlain(one.name) &&
         std::all_of(grid.rows.begin(), grid.rows.end(),
                     [&](const GridRow& row) {
                       return !row.total && row.slots[column].order.has_value();
                     });
}

std::size_t RowsWith(const TableGrid& grid, std::size_t column,
                     const GridSlot& slot) {
  return static_cast<std::size_t>(std::count_if(
      grid.rows.begin(), grid.rows.end(), [&](const GridRow& row) {
        return row.slots[column].folded == slot.folded;
      }));
}

// Of a row and a column drawn by chance.
std::optional<Parts> Draw(const TableGrid& grid, std::mt19937& random,
                          bool groups) {
  const auto below = [&](std::size_t bound) { return random() % bound; };
  if (grid.rows.size() < 3 || grid.columns.size() < 3) return std::nullopt;
  const GridRow& row = grid.rows[below(grid.rows.size())];
  const std::size_t column = 1 + below(grid.columns.size() - 1);
  const std::size_t amount = 1 + below(grid.columns.size() - 1);
  const GridSlot& key = row.slots[0];
  const GridSlot& value = row.slots[column];
  Parts parts{.name = grid.columns[0].name,
              .key = key.text,
              .column = grid.columns[column].name,
              .value = value.text,
              .amount = {}};
  if (amount != column && IsAmount(grid, amount)) {
    parts.amount = grid.columns[amount].name;
  }
  const bool fits = groups ? grid.columns[column].kind == CellKind::kText &&
                                 RowsWith(grid, column, value) > 1
                           : RowsWith(grid, 0, key) == 1;
  if (row.total || !fits || !IsPlain(parts.name) || !IsPlain(parts.key) ||
      !IsPlain(parts.column) || !IsPlain(parts.value)) {
    return std::nullopt;
  }
  return parts;
}

// The question with what its plan comes to.
std::optional<TableQuestion> Ask(const TableGrid& grid, const Form& form,
                                 const Parts& parts) {
  const bool amount = form.plan.find("\"A\"") != std::string_view::npos;
  if (amount && parts.amount.empty()) return std::nullopt;
  const StatusOr<TablePlan> plan = ParsePlan(Filled(form.plan, parts));
  if (!plan.ok()) return std::nullopt;
  const StatusOr<PlanResult> result = TableEngine({&grid}).Run(*plan);
  if (!result.ok() || result->values.empty()) return std::nullopt;
  TableQuestion made;
  made.question = Filled(form.question, parts);
  for (const PlanValue& value : result->values) {
    made.answers.push_back(value.text);
  }
  return made;
}

std::vector<TableQuestion> OfTable(const TableGrid& grid,
                                   std::span<const Form> forms, bool groups,
                                   std::mt19937& random) {
  std::vector<TableQuestion> made;
  for (std::size_t i = 0; i < kTries && made.size() < kOfEachKind; ++i) {
    const Form& form = forms[random() % forms.size()];
    const std::optional<Parts> parts = Draw(grid, random, groups);
    if (!parts.has_value()) continue;
    auto question = Ask(grid, form, *parts);
    if (question.has_value()) made.push_back(*std::move(question));
  }
  return made;
}

}  // namespace

std::vector<TableQuestion> PlainQuestions(const TableQuestions& set) {
  std::map<std::size_t, bool> tables;  // Held out.
  for (const TableQuestion& question : set.questions) {
    tables[question.table] = question.held_out;
  }
  std::mt19937 random(1);
  std::vector<TableQuestion> all;
  for (const auto& [table, held_out] : tables) {
    const TableGrid& grid = *set.tables[table];
    const auto add = [&, table = table, held_out = held_out](
                         std::span<const Form> forms, bool groups) {
      for (TableQuestion& made : OfTable(grid, forms, groups, random)) {
        made.table = table;
        made.held_out = held_out;
        all.push_back(std::move(made));
      }
    };
    add(kLookUps, false);
    add(kAmounts, false);
    add(kGroups, true);
  }
  return all;
}

}  // namespace cairn
