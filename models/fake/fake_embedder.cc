#include "models/fake/fake_embedder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/hash.h"
#include "text/words.h"

namespace cairn {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): a stream of bits from a seed.
std::uint64_t NextBits(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15u;
  std::uint64_t bits = state;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
  return bits ^ (bits >> 31);
}

// Adds the word's own direction: +1 or -1 on every axis, so that two different
// words are nearly orthogonal. Whole numbers: the sum has no rounding.
void AddDirection(std::uint64_t seed, std::vector<std::int32_t>& sum) {
  std::uint64_t bits = 0;
  for (std::size_t axis = 0; axis < sum.size(); ++axis) {
    if (axis % 64 == 0) bits = NextBits(seed);
    sum[axis] += (bits & 1) != 0 ? 1 : -1;
    bits >>= 1;
  }
}

std::vector<float> Normalized(const std::vector<std::int32_t>& sum) {
  double squares = 0;
  for (const std::int32_t value : sum) {
    squares += static_cast<double>(value) * value;
  }
  std::vector<float> unit(sum.size(), 0.0f);
  if (squares == 0) {
    unit[0] = 1;
    return unit;
  }
  const double scale = 1 / std::sqrt(squares);
  for (std::size_t axis = 0; axis < sum.size(); ++axis) {
    unit[axis] = static_cast<float>(sum[axis] * scale);
  }
  return unit;
}

}  // namespace

std::vector<std::int32_t> FakeTokenizer::Encode(std::string_view text,
                                                std::size_t max_tokens) const {
  const std::vector<Word> words = FoldWords(text);
  std::vector<std::int32_t> ids;
  ids.reserve(std::min(words.size(), max_tokens));
  for (const Word& word : words) {
    if (ids.size() == max_tokens) break;
    ids.push_back(
        static_cast<std::int32_t>(1 + Fingerprint64(word.term) % 0x7ffffffeu));
  }
  return ids;
}

std::size_t FakeTokenizer::CountTokens(std::string_view text) const {
  return FoldWords(text).size();
}

FakeEmbedder::FakeEmbedder(std::size_t dimension)
    : dimension_(std::max<std::size_t>(dimension, 1)),
      model_id_("fake-" + std::to_string(dimension_)) {}

StatusOr<std::vector<float>> FakeEmbedder::Embed(std::string_view text,
                                                 EmbedKind /*kind*/) const {
  std::vector<std::int32_t> sum(dimension_, 0);
  for (const std::int32_t id : tokenizer_.Encode(text, max_tokens())) {
    AddDirection(static_cast<std::uint64_t>(id), sum);
  }
  return Normalized(sum);
}

}  // namespace cairn
