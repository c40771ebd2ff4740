#include "models/reader/span_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "models/fake/fake_embedder.h"
#include "models/onnx/onnx_embedder.h"
#include "models/reader/golden_for_test.h"
#include "models/reader/words.h"

namespace cairn {
namespace {

class SpanReader : public testing::Test {
 protected:
  void SetUp() override {
    const std::string folder =
        CAIRN_SOURCE_DIR "/build/deps/models/bge-small-en-v1.5-int8";
    if (!std::filesystem::exists(folder + "/model.onnx")) {
      GTEST_SKIP() << "SKIPPED: no model in " << folder << "; run ./run setup";
    }
    auto embedder = OpenOnnxEmbedder(folder);
    ASSERT_TRUE(embedder.ok()) << embedder.status().ToString();
    embedder_ = std::move(*embedder);
    auto made = MakeSpanReader(*embedder_);
    ASSERT_TRUE(made.ok()) << made.status().ToString();
    reader_ = std::move(*made);
  }

  std::unique_ptr<Embedder> embedder_;
  std::unique_ptr<AnswerReader> reader_;
};

ByteSpan Whole(std::string_view text) {
  return {0, static_cast<std::uint32_t>(text.size())};
}

TEST_F(SpanReader, FindsTheSpansThatTheTrainingScriptFinds) {
  for (const nlohmann::json& golden : reader::Golden()) {
    const auto& text = golden["text"].get_ref<const std::string&>();
    const std::array<ByteSpan, 1> units = {Whole(text)};
    const auto reading =
        reader_->Read(golden["question"].get<std::string>(),
                      golden["title"].get<std::string>(), text, units);
    ASSERT_TRUE(reading.ok()) << reading.status().ToString();
    const std::vector<ByteSpan> words = reader::SplitWords(text);
    const nlohmann::json& best = golden["encoder_best"];
    EXPECT_EQ(reading->units[0].span.begin,
              words[best[0].get<std::size_t>()].begin);
    EXPECT_EQ(reading->units[0].span.end,
              words[best[1].get<std::size_t>()].end);
    // The runtimes and processors differ a little in their int8 arithmetic.
    EXPECT_NEAR(reading->units[0].score, best[2].get<double>(), 0.3);
  }
}

TEST_F(SpanReader, StaysInsideEachUnit) {
  const std::string text =
      "The bridge was designed by John Bradfield. It opened in 1932.";
  const std::vector<ByteSpan> units = {{0, 42}, {43, 61}, {3, 3}};
  const auto reading =
      reader_->Read("Who designed the bridge?", "Bridge", text, units);
  ASSERT_TRUE(reading.ok());
  ASSERT_EQ(reading->units.size(), 3u);
  EXPECT_TRUE(units[0].Contains(reading->units[0].span));
  EXPECT_TRUE(units[1].Contains(reading->units[1].span));
  EXPECT_TRUE(reading->units[2].span.empty());
  EXPECT_GT(reading->units[0].score, reading->units[1].score);
}

TEST_F(SpanReader, LeavesUnreadWhatIsTooLong) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "stone ";
  text += "designed by John";
  const std::vector<ByteSpan> units = {
      {0, 100}, {2400, static_cast<std::uint32_t>(text.size())}};
  const auto reading = reader_->Read("Who designed it?", "", text, units);
  ASSERT_TRUE(reading.ok());
  EXPECT_FALSE(reading->units[0].span.empty());
  EXPECT_TRUE(reading->units[1].span.empty());
}

TEST_F(SpanReader, ReadsNothingInNothing) {
  const std::array<ByteSpan, 1> units = {ByteSpan{0, 0}};
  const auto reading = reader_->Read("", "", "", units);
  ASSERT_TRUE(reading.ok());
  EXPECT_TRUE(reading->units[0].span.empty());
}

TEST(SpanReaderOfAnotherEncoder, IsRefused) {
  const FakeEmbedder embedder(16);
  EXPECT_EQ(ReasonOf(MakeSpanReader(embedder).status()), "READER_MISMATCH");
}

}  // namespace
}  // namespace cairn
