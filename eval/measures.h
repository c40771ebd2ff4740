// Measures: what a ranking is worth, given the documents that are wanted.
//
// Place: the lowest header of eval/; everything it reports is made here.
// Definitions (trec_eval's where it has them): a question has gold documents
// with grades above 0. recall@k is the share of them within the first k hits;
// all_gold@k is 1 when every one is; ndcg@10 gains the grade, discounted by
// log2(rank + 1), over the best order possible; mrr@10 is 1 / rank of the first
// gold document within 10, else 0. All are 0 to 1, and means are over
// questions. Pure functions; threads: safe.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::eval {

// Hits a ranking must have for all measures.
inline constexpr std::size_t kMeasureDepth = 10;

inline constexpr std::array<std::string_view, 8> kMeasureNames = {
    "recall@1",   "recall@2",    "recall@5", "recall@10",
    "all_gold@5", "all_gold@10", "ndcg@10",  "mrr@10"};
// In the order of the names.
using MeasureValues = std::array<double, kMeasureNames.size()>;

// Place in the arrays above; nullopt: there is no such measure.
std::optional<std::size_t> MeasureIndex(std::string_view name);

// A wanted document and where the ranking has it.
struct Gold {
  std::string document;
  double grade = 1;                                // Above 0.
  std::optional<std::size_t> rank = std::nullopt;  // From 1; absent: not found.
};

// Fills the ranks from document ids, best first; the first of equal ids counts.
void FindRanks(std::span<const std::string> ranking, std::vector<Gold>& gold);

// Of one question; all 0 without gold.
MeasureValues Measure(std::span<const Gold> gold);

// Nearest rank: the smallest value that `share` of them do not exceed. 0 of
// none. `share` is 0 to 1.
double Percentile(std::vector<double> values, double share);

}  // namespace cairn::eval
