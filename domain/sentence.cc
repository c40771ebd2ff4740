#include "domain/sentence.h"

#include <algorithm>
#include <cmath>

namespace cairn {

std::string FindBreach(std::span<const SentenceVector> sentences,
                       const ByteSpan& chunk, std::size_t dimension) {
  if (sentences.size() > kChunkSentencesMax) return "it has too many sentences";
  std::uint32_t end = chunk.begin;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const SentenceVector& sentence = sentences[i];
    const std::string name = "sentence " + std::to_string(i);
    if (sentence.span.begin < end || sentence.span.empty() ||
        sentence.span.end > chunk.end) {
      return name + " is out of place";
    }
    if (sentence.codes.size() != dimension) {
      return name + " has a vector of another dimension";
    }
    end = sentence.span.end;
  }
  return {};
}

std::vector<std::int8_t> DirectionCodes(std::span<const float> vector) {
  float largest = 0;
  for (const float value : vector) {
    if (std::isfinite(value)) largest = std::max(largest, std::fabs(value));
  }
  std::vector<std::int8_t> codes(vector.size(), 0);
  if (largest == 0) return codes;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    if (!std::isfinite(vector[i])) continue;
    // In double: the quotient of two floats never rounds above 127.
    const double code = 127.0 * vector[i] / largest;
    codes[i] = static_cast<std::int8_t>(std::lround(code));
  }
  return codes;
}

}  // namespace cairn
