// The trees against the program that fitted them, and what they promise.
#include "services/query/fitted_score.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <iostream>
#include <random>

namespace cairn {
namespace {

constexpr Part kPlaces[] = {
    Part::kDense,      Part::kLexical, Part::kLink,    Part::kHopLink,
    Part::kHopLinkFit, Part::kHopName, Part::kHopNear, Part::kHopDense,
    Part::kHopLexical, Part::kSimilar, Part::kGraph};
constexpr std::size_t kCount = std::size(kPlaces);
using Shares = std::array<double, kCount>;  // Of each part, 0..1.

struct Golden {
  Shares shares;
  double value;
};
constexpr Golden kGolden[] = {
#include "services/query/fitted_golden.inc"
};

Candidate CandidateOf(const Shares& shares, const RetrievalOptions& options) {
  const Shares weights = {options.dense + options.sentence,
                          options.lexical,
                          options.link,
                          options.hop_link,
                          options.hop_link_fit,
                          options.hop_name,
                          options.hop_near,
                          options.hop_dense + options.hop_sentence,
                          options.hop_lexical,
                          options.similar,
                          options.walk};
  Candidate candidate;
  for (std::size_t i = 0; i < kCount; ++i) {
    candidate[kPlaces[i]] = shares[i] * weights[i];
  }
  return candidate;
}

TEST(FittedScore, SaysWhatTheProgramThatFittedItSays) {
  const RetrievalOptions options;
  for (const Golden& golden : kGolden) {
    EXPECT_NEAR(FittedScore(CandidateOf(golden.shares, options), options),
                golden.value, 1e-3);
  }
}

TEST(FittedScore, ACandidateWithNothingGetsNothing) {
  EXPECT_EQ(FittedScore(Candidate(), RetrievalOptions()), 0);
}

TEST(FittedScore, MoreOfAPartNeverLowersIt) {
  const RetrievalOptions options;
  const unsigned seed = std::random_device()();
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  for (int round = 0; round < 300; ++round) {
    Shares shares;
    for (double& one : shares) one = share(random);
    const std::size_t part = random() % kCount;
    const double before = FittedScore(CandidateOf(shares, options), options);
    shares[part] += (1 - shares[part]) * share(random);
    const double after = FittedScore(CandidateOf(shares, options), options);
    EXPECT_GE(after, before - 1e-9) << "part " << part;
  }
}

// Weights are the caller's; what the trees see is how much of a part there is.
TEST(FittedScore, DependsOnSharesNotOnWeights) {
  RetrievalOptions other;
  other.hop_name *= 2;
  other.dense -= 0.1;
  other.sentence += 0.1;
  // Its sum is another one, so only candidates whose sum stays can be compared.
  Shares shares = {0.9, 0.5, 1, 0.5, 0.25, 0, 0, 0.75, 0.5, 0.5, 0.5};
  EXPECT_DOUBLE_EQ(
      FittedScore(CandidateOf(shares, other), other),
      FittedScore(CandidateOf(shares, RetrievalOptions()), RetrievalOptions()));
}

}  // namespace
}  // namespace cairn
