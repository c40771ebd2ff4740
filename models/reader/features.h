// What the reader knows of a word beside its states: shape and matches.
//
// The same as tools/reader/features.py, with which the weights were trained;
// the golden test notices a difference. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace cairn::reader {

inline constexpr std::size_t kFeatures = 20;
using FeatureRow = std::array<float, kFeatures>;

struct Features {
  std::vector<FeatureRow> question;
  std::vector<FeatureRow> text;
};

// Rows for the words of a question and of a text, matches filled in.
Features FeaturesOf(const std::vector<std::string_view>& question,
                    const std::vector<std::string_view>& text);

}  // namespace cairn::reader
