#include "eval/fit/plain_look_ups.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace cairn {
namespace {

constexpr std::size_t kOfOneTable = 2;
constexpr std::size_t kTries = 8;
constexpr std::size_t kTextMax = 40;  // Longer cells are no names.

// C is a column, K the name of a row: its first cell.
constexpr std::array<std::string_view, 6> kForms = {
    "What is the C of K?",  "Which C is K in?",       "What is K's C?",
    "Which C does K have?", "What C is given for K?", "C of K"};

std::string Filled(std::string_view form, std::string_view column,
                   std::string_view key) {
  std::string text;
  for (const char sign : form) {
    if (sign == 'C') {
      text += column;
    } else if (sign == 'K') {
      text += key;
    } else {
      text += sign;
    }
  }
  return text;
}

bool IsShort(std::string_view text) {
  return text.size() >= 2 && text.size() <= kTextMax;
}

// The text stands once in its column.
bool IsKey(const TableGrid& grid, std::size_t column, const GridSlot& slot) {
  return std::count_if(grid.rows.begin(), grid.rows.end(),
                       [&](const GridRow& row) {
                         return row.slots[column].folded == slot.folded;
                       }) == 1;
}

std::optional<TableQuestion> Draw(const TableGrid& grid, std::mt19937& random) {
  const auto below = [&](std::size_t bound) { return random() % bound; };
  if (grid.rows.empty() || grid.columns.size() < 3) return std::nullopt;
  const GridRow& row = grid.rows[below(grid.rows.size())];
  const std::size_t column = 1 + below(grid.columns.size() - 1);
  const std::string_view form = kForms[below(kForms.size())];
  const GridSlot& key = row.slots[0];
  const GridSlot& value = row.slots[column];
  const std::string& name = grid.columns[column].name;
  if (row.total || !IsShort(key.text) || !IsShort(value.text) ||
      !IsShort(name) || key.folded == value.folded || !IsKey(grid, 0, key)) {
    return std::nullopt;
  }
  TableQuestion made;
  made.question = Filled(form, name, key.text);
  made.answers = {value.text};
  return made;
}

}  // namespace

std::vector<TableQuestion> PlainLookUps(const TableQuestions& set) {
  std::map<std::size_t, bool> tables;  // Held out.
  for (const TableQuestion& question : set.questions) {
    tables[question.table] = question.held_out;
  }
  std::mt19937 random(1);
  std::vector<TableQuestion> made;
  for (const auto& [table, held_out] : tables) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < kTries && count < kOfOneTable; ++i) {
      auto question = Draw(*set.tables[table], random);
      if (!question.has_value()) continue;
      question->table = table;
      question->held_out = held_out;
      made.push_back(*std::move(question));
      ++count;
    }
  }
  return made;
}

}  // namespace cairn
