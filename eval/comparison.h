// Comparison: is run B better than run A, on the questions both have?
//
// Method: both runs answer the same questions, so only the differences count.
// The interval is the paired bootstrap's 95 percent (percentiles of the mean
// over resampled questions); the p-value is that of the paired randomisation
// test, two-sided: how often a random swap of A and B within questions gives a
// mean difference at least as large (Smucker, Allan, Carterette 2007). One
// measure decided on beforehand, p below 0.05: B differs. Many measures and
// types are shown; one in twenty of them falls below by chance.
// Reproducible: the seed fixes every figure, on every machine.
// Pure functions; threads: safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "eval/measures.h"
#include "eval/retrieval.h"

namespace cairn::eval {

struct ComparisonOptions {
  std::size_t resamples = 10'000;
  std::uint64_t seed = 20'251'125;
  std::string changed_by = "ndcg@10";  // Measure that better and worse go by.
};

struct PairedTest {
  double mean_a = 0, mean_b = 0;
  double difference = 0;     // B - A.
  double low = 0, high = 0;  // Interval of the difference.
  double p_value = 1;
};

// Of equally many values. All 0 and p 1 without any.
PairedTest ComparePaired(std::span<const double> a, std::span<const double> b,
                         const ComparisonOptions& options);

struct GroupComparison {
  std::string type;  // "all" for the first one.
  std::size_t questions = 0;
  std::array<PairedTest, kMeasureNames.size()> tests;
};

struct ChangedQuestion {
  Question question;  // With the ranks of A.
  double before = 0, after = 0;
};

struct Comparison {
  std::size_t only_in_a = 0, only_in_b = 0;  // Questions left out.
  // All, then each type if there are several.
  std::vector<GroupComparison> groups;
  // Greatest change first; ties in A's order.
  std::vector<ChangedQuestion> better, worse;
};

// Questions are paired by id. INVALID_ARGUMENT (BAD_COMPARISON): they share
// none, one has different gold in the two, or changed_by is no measure.
StatusOr<Comparison> Compare(const RetrievalRun& a, const RetrievalRun& b,
                             const ComparisonOptions& options);

}  // namespace cairn::eval
