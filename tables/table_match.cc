#include "tables/table_match.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "tables/question_links.h"
#include "tables/question_parser.h"
#include "tables/question_text.h"

namespace cairn {
namespace {

constexpr double kHeldWeight = 0.123;
constexpr double kExactWeight = 0.041;    // A nat of a word's weight.
constexpr double kLongestWeight = 0.042;  // A token.

struct Held {
  std::vector<bool> words;  // Of the question, that stand in the table.
  std::vector<bool> exact;  // That name a cell in full.
  std::size_t longest = 0;  // Tokens of such a cell.
};

Held HeldBy(const QuestionText& question, const TableGrid& table) {
  const std::size_t size = question.tokens.size();
  Held held{.words = std::vector<bool>(size), .exact = std::vector<bool>(size)};
  const QuestionLinks links = LinkQuestion(question, table);
  for (const Anchor& anchor : links.anchors) {
    if (anchor.kind == Anchor::Kind::kCompare) continue;
    const bool exact = anchor.kind == Anchor::Kind::kExact;
    for (std::size_t i = anchor.begin; i < anchor.end && i < size; ++i) {
      held.words[i] = true;
      if (exact) held.exact[i] = true;
    }
    if (exact) held.longest = std::max(held.longest, anchor.end - anchor.begin);
  }
  for (const ColumnLink& column : links.columns) {
    for (std::size_t i = 0; i < size; ++i) {
      if (column.tokens[i]) held.words[i] = true;
    }
  }
  return held;
}

// As BM25 weighs terms; 0: a function word.
std::vector<double> WeighWords(const QuestionText& question,
                               std::span<const Held> tables) {
  std::vector<double> weights(question.tokens.size());
  const auto count = static_cast<double>(tables.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (question.tokens[i].stop) continue;
    const auto with = static_cast<double>(
        std::count_if(tables.begin(), tables.end(),
                      [&](const Held& held) { return held.words[i]; }));
    weights[i] = std::log(1 + (count - with + 0.5) / (with + 0.5));
  }
  return weights;
}

TableMatch MatchOf(const Held& held, const std::vector<double>& weights) {
  TableMatch match{.longest = static_cast<double>(held.longest)};
  double all = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    all += weights[i];
    if (held.words[i]) match.held += weights[i];
    if (held.exact[i]) match.exact += weights[i];
  }
  if (all > 0) match.held /= all;
  return match;
}

TableMatch MeanOf(const std::vector<TableMatch>& matches) {
  TableMatch mean;
  const auto count = static_cast<double>(matches.size());
  for (const TableMatch& match : matches) {
    mean.held += match.held / count;
    mean.exact += match.exact / count;
    mean.longest += match.longest / count;
  }
  return mean;
}

bool IsRead(const TableGrid* table) {
  return table != nullptr &&
         table->columns.size() * table->rows.size() <= kAskedSlotsMax;
}

}  // namespace

std::vector<TableMatch> CompareTables(
    std::string_view question, std::span<const TableGrid* const> tables) {
  const QuestionText text = ReadQuestion(question);
  std::vector<Held> held;
  for (const TableGrid* table : tables) {
    if (IsRead(table)) held.push_back(HeldBy(text, *table));
  }
  const std::vector<double> weights = WeighWords(text, held);
  std::vector<TableMatch> read;
  for (const Held& one : held) read.push_back(MatchOf(one, weights));
  const TableMatch mean = MeanOf(read);
  std::vector<TableMatch> matches;
  auto next = read.begin();
  for (const TableGrid* table : tables) {
    matches.push_back(IsRead(table) ? *next++ : mean);
  }
  return matches;
}

double HeldShare(std::string_view question, const TableGrid& table) {
  const QuestionText text = ReadQuestion(question);
  const Held held = HeldBy(text, table);
  std::size_t words = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    if (text.tokens[i].stop) continue;
    ++words;
    if (held.words[i]) ++found;
  }
  return words == 0 ? 1
                    : static_cast<double>(found) / static_cast<double>(words);
}

std::vector<double> MatchTables(std::string_view question,
                                std::span<const TableGrid* const> tables) {
  std::vector<double> sums;
  for (const TableMatch& match : CompareTables(question, tables)) {
    sums.push_back(kHeldWeight * match.held + kExactWeight * match.exact +
                   kLongestWeight * match.longest);
  }
  return sums;
}

}  // namespace cairn
