// The file of tools/reader/export_reader.py: what the training script computes.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "models/reader/matrix.h"

namespace cairn::reader {

inline const nlohmann::json& Golden() {
  static const nlohmann::json golden = [] {
    const auto bytes =
        ReadFile(CAIRN_SOURCE_DIR "/tests/data/reader_golden.json", 1 << 20);
    EXPECT_TRUE(bytes.ok()) << bytes.status().ToString();
    return nlohmann::json::parse(bytes.value());
  }();
  return golden;
}

// The words of a case; `golden` keeps their bytes.
inline std::vector<std::string_view> ViewsOf(const nlohmann::json& words) {
  std::vector<std::string_view> views;
  for (const nlohmann::json& word : words) {
    views.push_back(word.get_ref<const std::string&>());
  }
  return views;
}

// States that need no encoder: formula_states in the script.
inline Matrix FormulaStates(std::size_t first, std::size_t rows,
                            std::size_t columns) {
  Matrix matrix(rows, columns);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t number = first + row;
    for (std::size_t column = 0; column < columns; ++column) {
      matrix.Row(row)[column] =
          static_cast<float>(std::sin(0.37 * static_cast<double>(number) +
                                      0.0011 * static_cast<double>(column) *
                                          static_cast<double>(number % 5 + 1)));
    }
  }
  return matrix;
}

}  // namespace cairn::reader
