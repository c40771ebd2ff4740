#include "tables/like_labels.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kLabelsMax = 4;
constexpr double kFitMin = 0.45;
constexpr std::size_t kBytesMax = 200;  // Of a cell.

using Stems = std::vector<std::string>;

// Of each row's cell; none of a cell that is long.
std::vector<Stems> CellStems(const TableGrid& grid, std::size_t column) {
  std::vector<Stems> stems(grid.rows.size());
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    const std::string& text = grid.rows[row].slots[column].text;
    if (text.size() > kBytesMax) continue;
    for (const Word& word : FoldWords(text)) {
      if (!IsStopWord(word.term)) stems[row].push_back(StemOf(word.term));
    }
  }
  return stems;
}

std::unordered_map<std::string, double> CountLabels(
    const std::vector<Stems>& rows) {
  std::unordered_map<std::string, double> labels_with;
  for (const Stems& stems : rows) {
    const std::unordered_set<std::string> different(stems.begin(), stems.end());
    for (const std::string& stem : different) ++labels_with[stem];
  }
  return labels_with;
}

bool Has(const QuestionText& question, const std::string& stem) {
  return std::any_of(
      question.tokens.begin(), question.tokens.end(),
      [&](const QuestionToken& token) { return token.stem == stem; });
}

void FindEnds(const QuestionText& question, const Stems& stems,
              LikeLabel& label) {
  label.begin = question.tokens.size();
  for (std::size_t i = 0; i < question.tokens.size(); ++i) {
    if (std::find(stems.begin(), stems.end(), question.tokens[i].stem) ==
        stems.end()) {
      continue;
    }
    label.begin = std::min(label.begin, i);
    label.end = i + 1;
  }
}

}  // namespace

std::vector<LikeLabel> FindLikeLabels(const QuestionText& question,
                                      const TableGrid& grid,
                                      std::size_t column) {
  const std::vector<Stems> rows = CellStems(grid, column);
  const auto labels_with = CountLabels(rows);
  std::vector<LikeLabel> labels;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    double all = 0, found = 0;
    for (const std::string& stem : rows[row]) {
      const double weight = 1 / std::sqrt(labels_with.at(stem));
      all += weight;
      if (Has(question, stem)) found += weight;
    }
    if (found <= 0 || found < kFitMin * all) continue;
    labels.push_back({.row = row, .fit = found / all});
  }
  std::stable_sort(
      labels.begin(), labels.end(),
      [](const LikeLabel& a, const LikeLabel& b) { return a.fit > b.fit; });
  if (labels.size() > kLabelsMax) labels.resize(kLabelsMax);
  for (LikeLabel& label : labels) FindEnds(question, rows[label.row], label);
  return labels;
}

}  // namespace cairn
