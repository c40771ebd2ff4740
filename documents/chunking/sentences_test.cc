#include "documents/chunking/sentences.h"

#include <gtest/gtest.h>

#include <random>

#include "documents/chunking/chunker.h"
#include "documents/document_builder.h"
#include "documents/parse_for_test.h"
#include "domain/sentence.h"

namespace cairn {
namespace {

std::size_t CountSigns(std::string_view text) { return text.size() / 4; }

std::vector<Chunk> Chunks(const ParsedDocument& document,
                          std::string_view title) {
  auto chunks = MakeChunks(document, title, {}, CountSigns, Limits());
  EXPECT_TRUE(chunks.ok()) << chunks.status();
  return chunks.ok() ? *chunks : std::vector<Chunk>();
}

std::vector<std::string> Texts(const ParsedDocument& document,
                               const Chunk& chunk) {
  std::vector<std::string> texts;
  for (const ByteSpan& span : SentencesOf(document, chunk)) {
    texts.emplace_back(span.Of(document.text));
  }
  return texts;
}

using Strings = std::vector<std::string>;

TEST(Sentences, AreThoseOfTheText) {
  const ParsedDocument document = ParseOk(
      "Arlo Finch was born in Orel. He met Dr. Mina Vance there.\n\n"
      "They founded the town of Brightmoor in 1999.",
      "text/plain");
  const auto chunks = Chunks(document, "Arlo Finch");
  ASSERT_EQ(chunks.size(), 1U);
  EXPECT_EQ(
      Texts(document, chunks[0]),
      (Strings{"Arlo Finch was born in Orel.", "He met Dr. Mina Vance there.",
               "They founded the town of Brightmoor in 1999."}));
}

TEST(Sentences, AHeadingGoesWithWhatFollowsAndAShortEndWithWhatStandsBefore) {
  const ParsedDocument document = ParseOk(
      "# Life\n\nShe was a painter of mountains and of paths. So it was.",
      "text/markdown");
  const auto chunks = Chunks(document, "Mina Vance");
  ASSERT_EQ(chunks.size(), 1U);
  EXPECT_EQ(Texts(document, chunks[0]),
            (Strings{"Life\n\nShe was a painter of mountains and of paths. "
                     "So it was."}));
}

TEST(Sentences, ATableRowIsOneHoweverShort) {
  DocumentBuilder builder("test", Limits());
  builder.BeginTable("People");
  for (const char* name : {"name", "Arlo", "Mina"}) {
    builder.BeginRow();
    builder.AddCell({.text = name, .column = 0});
    builder.AddCell({.text = "31", .column = 1});
  }
  builder.EndTable(1);
  const auto document = std::move(builder).Finish();
  ASSERT_TRUE(document.ok());
  const auto chunks = Chunks(*document, "Census");
  ASSERT_EQ(chunks.size(), 1U);
  const auto texts = Texts(*document, chunks[0]);
  ASSERT_GE(texts.size(), 3U);
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(texts[texts.size() - 3 + row],
              document->tables[0].row_spans[row].Of(document->text));
  }
}

TEST(Sentences, ALongOneIsCutAtWhiteSpace) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "stone ";
  text.back() = '.';
  const ParsedDocument document = ParseOk(text, "text/plain");
  for (const Chunk& chunk : Chunks(document, "T")) {
    for (const std::string& part : Texts(document, chunk)) {
      EXPECT_LE(part.size(), 1000U);
      EXPECT_EQ(part.substr(0, 5), "stone");
    }
  }
}

TEST(Sentences, ATextReadsItsTitleFirstAndALongTitleInPart) {
  const ParsedDocument document =
      ParseOk("One sentence about the stones. Another one about the paths.",
              "text/plain");
  const auto chunks = Chunks(document, "Stones");
  const auto spans = SentencesOf(document, chunks[0]);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(SentenceText(chunks[0], spans[1], document.text),
            "Stones\nAnother one about the paths.");
  Chunk chunk = chunks[0];
  chunk.context =
      "An exceedingly long title that goes on and on about "
      "mountains paths and stones";
  EXPECT_EQ(SentenceText(chunk, spans[1], document.text),
            "An exceedingly long title that goes on and on about mountains\n"
            "Another one about the paths.");
  chunk.context = "Stones\nTable 1\nname | age";
  chunk.table = 0;
  EXPECT_EQ(SentenceText(chunk, spans[1], document.text),
            "Stones\nname | age\nAnother one about the paths.");
  chunk.context.clear();
  EXPECT_EQ(SentenceText(chunk, spans[1], document.text),
            "Another one about the paths.");
}

bool IsWhite(char sign) { return sign == ' ' || (sign >= 9 && sign <= 13); }

void ExpectSound(const ParsedDocument& document, const Chunk& chunk) {
  const auto spans = SentencesOf(document, chunk);
  ASSERT_FALSE(spans.empty());
  ASSERT_LE(spans.size(), kChunkSentencesMax);
  std::uint32_t at = chunk.span.begin;
  for (const ByteSpan& span : spans) {
    ASSERT_FALSE(span.empty());
    for (; at < span.begin; ++at) ASSERT_TRUE(IsWhite(document.text[at]));
    ASSERT_EQ(at, span.begin);
    ASSERT_LE(span.end, chunk.span.end);
    ASSERT_NE(static_cast<unsigned char>(document.text[span.begin]) & 0xc0,
              0x80);
    at = span.end;
  }
  for (; at < chunk.span.end; ++at) ASSERT_TRUE(IsWhite(document.text[at]));
}

TEST(Sentences, HoldEveryByteOfTheirChunkOnce) {
  const unsigned seed = 424242;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const char* const parts[] = {"# Head\n\n",
                               "Word. ",
                               "| a | b |\n",
                               "|---|---|\n",
                               "\n\n",
                               "- item\n",
                               "    code();\n",
                               "石の山は。",
                               "Ünd so weiter? ",
                               "A longer sentence that says something here. ",
                               "x",
                               "```\ncode\n\ncode\n```\n"};
  for (int round = 0; round < 300; ++round) {
    std::string text = "Begin. ";
    const unsigned size = 1 + random() % 250;
    for (unsigned i = 0; i < size; ++i) {
      text += parts[random() % std::size(parts)];
    }
    const ParsedDocument document = ParseOk(text, "text/markdown");
    for (const Chunk& chunk : Chunks(document, "Title")) {
      ExpectSound(document, chunk);
      if (HasFatalFailure()) FAIL() << "round " << round;
    }
  }
}

}  // namespace
}  // namespace cairn
