// The real vocabulary, where set-up has fetched it, and a small one.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"
#include "models/wordpiece/wordpiece_tokenizer.h"

namespace cairn {

inline std::string RealTokenizerPath() {
  return CAIRN_SOURCE_DIR
      "/build/deps/models/bge-small-en-v1.5-int8/tokenizer.json";
}

// Null when it is not there.
inline const WordPieceTokenizer* RealTokenizer() {
  static const auto tokenizer = []() -> std::unique_ptr<WordPieceTokenizer> {
    const auto json = ReadFile(RealTokenizerPath(), 16 << 20);
    if (!json.ok()) return nullptr;
    auto made = WordPieceTokenizer::FromJson(*json);
    EXPECT_TRUE(made.ok()) << made.status().ToString();
    return made.ok() ? std::move(*made) : nullptr;
  }();
  return tokenizer.get();
}

}  // namespace cairn
