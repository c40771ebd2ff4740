// Ids against those of the reference library (tools/make_tokenizer_golden.py).
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "models/wordpiece/tokenizer_for_test.h"

namespace cairn {
namespace {

struct GoldenLine {
  std::string text;
  std::vector<std::int32_t> ids;
};

std::vector<GoldenLine> ReadGolden() {
  std::vector<GoldenLine> lines;
  const auto file =
      ReadFile(CAIRN_SOURCE_DIR "/tests/data/wordpiece_golden.jsonl", 1 << 20);
  EXPECT_TRUE(file.ok()) << file.status().ToString();
  if (!file.ok()) return lines;
  std::istringstream in(*file);
  for (std::string line; std::getline(in, line);) {
    const auto json = nlohmann::json::parse(line);
    lines.push_back({json.at("text").get<std::string>(),
                     json.at("ids").get<std::vector<std::int32_t>>()});
  }
  return lines;
}

class WordPieceGolden : public testing::Test {
 protected:
  void SetUp() override {
    tokenizer_ = RealTokenizer();
    if (tokenizer_ == nullptr) {
      GTEST_SKIP() << "SKIPPED: " << RealTokenizerPath()
                   << " is absent; run ./run setup";
    }
  }

  const WordPieceTokenizer* tokenizer_ = nullptr;
};

TEST_F(WordPieceGolden, GivesTheIdsOfTheReference) {
  const std::vector<GoldenLine> lines = ReadGolden();
  ASSERT_GE(lines.size(), 2000u);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto ids = tokenizer_->Encode(lines[i].text);
    if (ids == lines[i].ids) continue;
    if (++wrong > 10) continue;
    ADD_FAILURE() << "line " << i + 1 << ": " << lines[i].text << "\n"
                  << testing::PrintToString(ids) << "\nreference:\n"
                  << testing::PrintToString(lines[i].ids);
  }
  EXPECT_EQ(wrong, 0u);
}

TEST_F(WordPieceGolden, CountsWhatItEncodes) {
  for (const GoldenLine& line : ReadGolden()) {
    EXPECT_EQ(tokenizer_->CountTokens(line.text), line.ids.size()) << line.text;
  }
}

TEST_F(WordPieceGolden, StopsAtTheLimitWithTheSameBeginning) {
  for (const GoldenLine& line : ReadGolden()) {
    for (const std::size_t cut : {0u, 1u, 2u, 7u}) {
      std::vector<std::int32_t> expected = line.ids;
      if (expected.size() > cut) expected.resize(cut);
      EXPECT_EQ(tokenizer_->Encode(line.text, cut), expected) << line.text;
    }
  }
}

TEST_F(WordPieceGolden, TellsTheSpecialIds) {
  const SpecialIds& ids = tokenizer_->special_ids();
  EXPECT_EQ(ids.start, 101);
  EXPECT_EQ(ids.separator, 102);
  EXPECT_EQ(ids.padding, 0);
  EXPECT_EQ(ids.unknown, 100);
}

}  // namespace
}  // namespace cairn
