#include <gtest/gtest.h>

#include <random>

#include "storage/document_codec.h"

namespace cairn {
namespace {

ParsedDocument Sample() {
  ParsedDocument parsed;
  parsed.title = "T";
  parsed.text = "Head\na | b";
  parsed.language = "en";
  parsed.format = "html";
  parsed.pages = 3;
  parsed.warnings = {"mended"};
  parsed.blocks = {{.type = BlockType::kHeading,
                    .level = 2,
                    .span = {0, 4},
                    .boxes = {{1, 1, 2, 3, 4}}},
                   {.type = BlockType::kTable,
                    .span = {5, 10},
                    .heading = 0,
                    .table = 0,
                    .boxes = {},
                    .time = TimeRange{61'000, 62'500}}};
  Table table;
  table.block = 1;
  table.rows = 1;
  table.columns = 2;
  table.cells = {
      {.row = 0, .column = 0, .span = {5, 6}, .header = true},
      {.row = 0, .column = 1, .span = {9, 10}, .box = Box{2, 0, 0, 1, 1}}};
  table.row_spans = {{5, 10}};
  parsed.tables = {table};
  return parsed;
}

TEST(Codec, StructureRoundTrips) {
  const ParsedDocument parsed = Sample();
  ASSERT_EQ(FindBreach(parsed), "");
  ParsedDocument read;
  ASSERT_TRUE(DecodeStructure(EncodeStructure(parsed), read).ok());
  EXPECT_EQ(read.blocks, parsed.blocks);
  EXPECT_EQ(read.tables, parsed.tables);
  EXPECT_EQ(read.title, parsed.title);
  EXPECT_EQ(read.warnings, parsed.warnings);
}

TEST(Codec, VectorsRoundToHalfFloats) {
  const std::vector<float> vector = {0, 1, -0.5F, 1.0F / 3, 1e-6F, -70000};
  const std::vector<float> read = DecodeVector(EncodeVector(vector));
  ASSERT_EQ(read.size(), vector.size());
  EXPECT_EQ(read[1], 1);
  EXPECT_EQ(read[2], -0.5F);
  EXPECT_NEAR(read[3], 1.0F / 3, 2e-4);
  EXPECT_NEAR(read[4], 1e-6F, 1e-7);
  EXPECT_EQ(read[5], -65504);
  EXPECT_EQ(DecodeVector(EncodeVector(read)), read);
}

TEST(Codec, SentencesRoundTripInTheirCodesAndFewBytesMore) {
  std::vector<SentenceVector> sentences;
  for (std::uint32_t i = 0; i < 4; ++i) {
    sentences.push_back({.span = {5000 + 100 * i, 5090 + 100 * i},
                         .codes = std::vector<std::int8_t>(384, -127)});
  }
  const std::string bytes = EncodeSentences(sentences);
  EXPECT_EQ(DecodeSentences(bytes).value(), sentences);
  EXPECT_LE(bytes.size(), 4 * 384 + 16U);
  EXPECT_TRUE(DecodeSentences(EncodeSentences({}))->empty());
}

TEST(Codec, DamagedBytesNeverCrashAReader) {
  const unsigned seed = 31337;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  TermCounts terms;
  terms.terms["word"] = {1, 2, 3};
  Document document;
  document.id = "d";
  document.metadata = {{"a", "b"}};
  Chunk chunk;
  chunk.context = "context";
  const std::vector<SentenceVector> sentences = {
      {.span = {2, 9}, .codes = {127, -3}},
      {.span = {11, 20}, .codes = {1, -127}}};
  const std::string samples[] = {EncodeStructure(Sample()), EncodeTerms(terms),
                                 EncodeDocument(document),  EncodeChunk(chunk),
                                 EncodeCollection({}),      EncodeStats({}),
                                 EncodeSentences(sentences)};
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = samples[random() % std::size(samples)];
    for (unsigned i = 0; i <= random() % 3; ++i) {
      if (bytes.empty()) break;
      if (random() % 4 == 0) {
        bytes.resize(random() % bytes.size());
      } else {
        bytes[random() % bytes.size()] = static_cast<char>(random());
      }
    }
    ParsedDocument parsed;
    DecodeStructure(bytes, parsed).IgnoreError();
    DecodeTerms(bytes).status().IgnoreError();
    DecodeDocument(bytes).status().IgnoreError();
    DecodeChunk(bytes, 0).status().IgnoreError();
    DecodeCollection(bytes).status().IgnoreError();
    DecodeStats(bytes).status().IgnoreError();
    DecodeSentences(bytes).status().IgnoreError();
    DecodePostings(bytes).status().IgnoreError();
  }
}

}  // namespace
}  // namespace cairn
