#include "documents/chunking/chunker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "documents/document_builder.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

bool IsWhite(char sign) { return sign == ' ' || (sign >= 9 && sign <= 13); }

// Runs of other than white space, and every four bytes of a long one: like a
// word-piece model, additive over white space.
std::size_t CountWords(std::string_view text) {
  std::size_t tokens = 0;
  std::size_t run = 0;
  for (const char sign : text) {
    run = IsWhite(sign) ? 0 : run + 1;
    if (run % 8 == 1) ++tokens;
  }
  return tokens;
}

std::vector<Chunk> Chunks(const ParsedDocument& document,
                          std::string_view title = "Title",
                          const ChunkerOptions& options = {}) {
  auto chunks = MakeChunks(document, title, options, CountWords, Limits());
  EXPECT_TRUE(chunks.ok()) << chunks.status();
  return chunks.ok() ? *chunks : std::vector<Chunk>();
}

void ExpectSound(const ParsedDocument& document,
                 const std::vector<Chunk>& chunks,
                 const ChunkerOptions& options) {
  std::vector<int> owners(document.text.size(), 0);
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const Chunk& chunk = chunks[i];
    EXPECT_EQ(chunk.ordinal, i);
    const std::size_t tokens = CountWords(EmbeddedText(chunk, document.text));
    EXPECT_LE(tokens, options.max_tokens) << "chunk " << i;
    EXPECT_LE(chunk.tokens, options.max_tokens) << "chunk " << i;
    EXPECT_LE(chunk.first_block, chunk.last_block);
    ASSERT_LE(chunk.span.end, document.text.size());
    ASSERT_FALSE(chunk.span.empty());
    EXPECT_NE(
        static_cast<unsigned char>(document.text[chunk.span.begin]) & 0xc0,
        0x80)
        << "chunk " << i << " begins inside a character";
    for (std::uint32_t at = chunk.span.begin; at < chunk.span.end; ++at) {
      ++owners[at];
    }
  }
  for (std::size_t at = 0; at < owners.size(); ++at) {
    ASSERT_EQ(owners[at] == 1 || IsWhite(document.text[at]), true)
        << "byte " << at << " is in " << owners[at] << " chunks";
    ASSERT_LE(owners[at], 1);
  }
}

std::string Words(std::size_t count, const std::string& word = "word") {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += i % 10 == 0 ? "Then" : word;
    out += i % 10 == 9 ? ". " : " ";
  }
  out.back() = '.';
  return out;
}

ParsedDocument Built(DocumentBuilder builder) {
  auto document = std::move(builder).Finish();
  EXPECT_TRUE(document.ok());
  EXPECT_EQ(FindBreach(*document), "");
  return *document;
}

DocumentBuilder NewBuilder() { return DocumentBuilder("test", Limits()); }

TEST(Chunker, GivesOneChunkForAShortArticle) {
  const ParsedDocument document = ParseOk(Words(200), "text/plain");
  const std::vector<Chunk> chunks = Chunks(document);
  ASSERT_EQ(chunks.size(), 1U);
  EXPECT_EQ(chunks[0].context, "Title");
  EXPECT_EQ(chunks[0].span.Of(document.text), document.text);
  EXPECT_EQ(chunks[0].tokens, 201U);
  EXPECT_EQ(EmbeddedText(chunks[0], document.text), "Title\n" + document.text);
}

TEST(Chunker, PutsFewLastWordsInTheChunkBefore) {
  const ParsedDocument document =
      ParseOk(Words(220) + " A short last sentence.", "text/plain");
  EXPECT_EQ(Chunks(document).size(), 1U);
}

TEST(Chunker, ClosesAtTheTarget) {
  const ParsedDocument document = ParseOk(Words(2000), "text/plain");
  const std::vector<Chunk> chunks = Chunks(document);
  for (std::size_t i = 0; i + 1 < chunks.size(); ++i) {
    EXPECT_GE(chunks[i].tokens, 220U);
    EXPECT_LE(chunks[i].tokens, 240U);
  }
  ExpectSound(document, chunks, {});
}

TEST(Chunker, KeepsSectionsOfLevelOneAndTwoApart) {
  DocumentBuilder builder = NewBuilder();
  builder.AddBlock(BlockType::kHeading, "Top", 1);
  builder.AddBlock(BlockType::kHeading, "First", 2);
  builder.AddBlock(BlockType::kParagraph, "Some words.");
  builder.AddBlock(BlockType::kHeading, "Second", 2);
  builder.AddBlock(BlockType::kHeading, "Small", 3);
  builder.AddBlock(BlockType::kParagraph, "More words.");
  builder.AddBlock(BlockType::kHeading, "Tiny", 3);
  builder.AddBlock(BlockType::kParagraph, "Last words.");
  const ParsedDocument document = Built(std::move(builder));
  const std::vector<Chunk> chunks = Chunks(document);
  ASSERT_EQ(chunks.size(), 2U);
  EXPECT_EQ(chunks[0].span.Of(document.text), "Top\n\nFirst\n\nSome words.");
  EXPECT_EQ(chunks[0].context, "Title");
  EXPECT_EQ(chunks[0].section, 0U);
  EXPECT_EQ(chunks[1].span.Of(document.text),
            "Second\n\nSmall\n\nMore words.\n\nTiny\n\nLast words.");
  EXPECT_EQ(chunks[1].context, "Title > Top");
  EXPECT_EQ(chunks[1].section, 3U);
}

TEST(Chunker, NamesThePathOfALaterPart) {
  DocumentBuilder builder = NewBuilder();
  builder.AddBlock(BlockType::kHeading, "Top", 1);
  builder.AddBlock(BlockType::kHeading, "First", 2);
  builder.AddBlock(BlockType::kParagraph, Words(500));
  const ParsedDocument document = Built(std::move(builder));
  const std::vector<Chunk> chunks = Chunks(document, "Top");
  ASSERT_EQ(chunks.size(), 3U);
  EXPECT_EQ(chunks[1].context, "Top > First");
  EXPECT_EQ(chunks[2].section, 1U);
}

TEST(Chunker, NeverLeavesAHeadingAtTheEnd) {
  DocumentBuilder builder = NewBuilder();
  builder.AddBlock(BlockType::kParagraph, Words(100));
  builder.AddBlock(BlockType::kHeading, "Sub", 3);
  builder.AddBlock(BlockType::kParagraph, Words(480));
  const ParsedDocument document = Built(std::move(builder));
  const std::vector<Chunk> chunks = Chunks(document);
  ASSERT_GE(chunks.size(), 2U);
  EXPECT_EQ(chunks[0].last_block, 0U);
  EXPECT_EQ(chunks[1].first_block, 1U);
  ExpectSound(document, chunks, {});
}

ParsedDocument LongTable(std::size_t rows) {
  DocumentBuilder builder = NewBuilder();
  builder.AddBlock(BlockType::kHeading, "Numbers", 2);
  builder.BeginTable("Table 1: people");
  for (std::size_t row = 0; row < rows; ++row) {
    builder.BeginRow();
    const std::string name =
        row == 0 ? "name" : "person " + std::to_string(row);
    builder.AddCell({.text = name, .column = 0});
    builder.AddCell({.text = row == 0 ? "age" : "31", .column = 1});
  }
  builder.EndTable(1);
  return Built(std::move(builder));
}

TEST(Chunker, RepeatsCaptionAndHeaderOfATable) {
  const ParsedDocument document = LongTable(200);
  const std::vector<Chunk> chunks = Chunks(document);
  ASSERT_GT(chunks.size(), 3U);
  EXPECT_EQ(chunks[0].context, "Title");
  EXPECT_TRUE(chunks[0]
                  .span.Of(document.text)
                  .starts_with("Numbers\n\nTable 1: people\nname | age\n"));
  EXPECT_EQ(chunks[1].context, "Title > Numbers\nTable 1: people\nname | age");
  EXPECT_TRUE(chunks[1].span.Of(document.text).starts_with("person "));
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    EXPECT_EQ(chunks[i].table, 0U);
    EXPECT_EQ(chunks[i].first_row, i == 0 ? 0U : chunks[i - 1].last_row + 1);
  }
  EXPECT_EQ(chunks.back().last_row, 199U);
  ExpectSound(document, chunks, {});
}

TEST(Chunker, CutsAHugeRowBetweenCells) {
  DocumentBuilder builder = NewBuilder();
  builder.BeginTable("");
  builder.BeginRow();
  const std::string cell = Words(150);
  for (std::uint32_t i = 0; i < 6; ++i) {
    builder.AddCell({.text = cell, .column = i});
  }
  builder.EndTable(0);
  const ParsedDocument document = Built(std::move(builder));
  const std::vector<Chunk> chunks = Chunks(document);
  ASSERT_GT(chunks.size(), 2U);
  std::size_t at_cells = 0;
  for (const Chunk& chunk : chunks) {
    for (const Cell& other : document.tables[0].cells) {
      at_cells += other.span.begin == chunk.span.begin ? 1 : 0;
    }
  }
  EXPECT_EQ(at_cells, chunks.size());
  ExpectSound(document, chunks, {});
}

TEST(Chunker, CutsOneEndlessWord) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "ä";
  const ParsedDocument document = ParseOk(text, "text/plain");
  const std::vector<Chunk> chunks = Chunks(document);
  EXPECT_GT(chunks.size(), 9U);
  ExpectSound(document, chunks, {});
}

TEST(Chunker, CutsALongPathInTheMiddle) {
  DocumentBuilder builder = NewBuilder();
  for (std::uint8_t level = 1; level <= 6; ++level) {
    builder.AddBlock(BlockType::kHeading,
                     "L" + std::to_string(level) + " " + Words(30), level);
  }
  builder.AddBlock(BlockType::kParagraph, Words(600));
  const ParsedDocument document = Built(std::move(builder));
  const std::vector<Chunk> chunks = Chunks(document);
  const std::string& context = chunks.back().context;
  EXPECT_TRUE(context.starts_with("Title > ")) << context;
  EXPECT_NE(context.find("…"), std::string::npos) << context;
  EXPECT_NE(context.find("L6 "), std::string::npos) << context;
  EXPECT_LE(CountWords(context), 96U);
  ExpectSound(document, chunks, {});
}

TEST(Chunker, RefusesTooManyChunks) {
  Limits limits;
  limits.chunks_max = 2;
  const ParsedDocument document = ParseOk(Words(2000), "text/plain");
  const auto chunks = MakeChunks(document, "", {}, CountWords, limits);
  EXPECT_EQ(chunks.status().code(), StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(chunks.status()), "TOO_MANY_CHUNKS");
}

ParsedDocument RandomDocument(std::mt19937& random) {
  DocumentBuilder builder = NewBuilder();
  builder.AddBlock(BlockType::kParagraph, "Start.");
  const std::size_t blocks = random() % 40;
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::size_t size = 1 + random() % (random() % 8 == 0 ? 900 : 60);
    const std::string word =
        random() % 20 == 0 ? std::string(700, 'x') : "wörd";
    switch (random() % 6) {
      case 0:
        builder.AddBlock(BlockType::kHeading, Words(1 + random() % 8),
                         static_cast<std::uint8_t>(1 + random() % 6));
        break;
      case 1: {
        builder.BeginTable(random() % 2 == 0 ? "A caption" : "");
        for (std::size_t row = 1 + random() % 60; row > 0; --row) {
          builder.BeginRow();
          for (std::uint32_t column = 0; column < 4; ++column) {
            if (random() % 5 == 0) continue;
            builder.AddCell(
                {.text = Words(1 + random() % std::min<std::size_t>(size, 90),
                               word),
                 .column = column});
          }
        }
        builder.EndTable(random() % 3);
        break;
      }
      case 2:
        builder.AddBlock(BlockType::kCode, Words(size, word + "\n"));
        break;
      case 3:
        builder.AddBlock(BlockType::kListItem, Words(size), 1);
        break;
      default:
        builder.AddBlock(BlockType::kParagraph, Words(size, word));
    }
  }
  return Built(std::move(builder));
}

TEST(Chunker, CoversEveryByteOnceAndKeepsTheCap) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    ParsedDocument document = RandomDocument(random);
    if (seed % 3 == 0) {  // Text that no block claims.
      std::vector<Block> kept;
      for (Block& block : document.blocks) {
        if (block.type == BlockType::kParagraph && random() % 2 == 0) continue;
        if (block.type == BlockType::kTable) continue;
        block.heading = Block::kNone;
        kept.push_back(std::move(block));
      }
      document.blocks = std::move(kept);
      document.tables.clear();
    }
    ASSERT_EQ(FindBreach(document), "");
    ChunkerOptions options;
    if (seed % 2 == 0) {
      options.max_tokens = 40 + random() % 100;
      options.target_tokens = options.max_tokens / 2;
    }
    const std::vector<Chunk> chunks = Chunks(document, Words(3), options);
    ExpectSound(document, chunks, options);
    EXPECT_EQ(chunks, Chunks(document, Words(3), options));
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace cairn
