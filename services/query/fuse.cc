#include "services/query/fuse.h"

#include <algorithm>
#include <numeric>

namespace cairn {
namespace {

constexpr std::size_t kSmallSample = 200;
constexpr double kFlat = 1e-9;  // Scores closer than this are equal.

}  // namespace

double Candidate::score() const {
  return std::accumulate(
      parts.begin(), parts.end(), 0.0,
      [](double sum, const auto& part) { return sum + part.second; });
}

void SortByScore(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) {
              const double left = a.score();
              const double right = b.score();
              return left != right ? left > right : a.chunk < b.chunk;
            });
}

double Scale::operator()(double raw) const {
  if (one - zero < kFlat) return raw > zero - kFlat && raw > 0 ? 1 : 0;
  return std::max(0.0, (raw - zero) / (one - zero));
}

Scale DenseScale(std::span<const float> background,
                 std::span<const Candidate> candidates) {
  Scale scale{.zero = 0, .one = 0};
  if (candidates.empty()) return scale;
  scale.one = candidates.front().dense_raw;
  double least = scale.one;
  for (const Candidate& candidate : candidates) {
    scale.one = std::max(scale.one, candidate.dense_raw);
    least = std::min(least, candidate.dense_raw);
  }
  std::vector<float> sample(background.begin(), background.end());
  if (sample.size() < kSmallSample) {
    for (const float score : sample) least = std::min<double>(least, score);
    // A little below the least, so that it does not count as no match at all.
    scale.zero = least - 0.05;
    return scale;
  }
  const auto middle =
      sample.begin() + static_cast<std::ptrdiff_t>(sample.size() / 2);
  std::nth_element(sample.begin(), middle, sample.end());
  scale.zero = std::min<double>(*middle, scale.one);
  return scale;
}

Scale LexicalScale(std::span<const Candidate> candidates) {
  Scale scale{.zero = 0, .one = 0};
  for (const Candidate& candidate : candidates) {
    scale.one = std::max(scale.one, candidate.lexical_raw);
  }
  return scale;
}

void Fuse(const Scale& dense, const Scale& lexical,
          const FusionWeights& weights, std::span<Candidate> candidates) {
  for (Candidate& candidate : candidates) {
    candidate.parts["dense"] = weights.dense * dense(candidate.dense_raw);
    candidate.parts["lexical"] =
        weights.lexical * lexical(candidate.lexical_raw);
  }
}

}  // namespace cairn
