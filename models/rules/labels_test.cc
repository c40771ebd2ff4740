// Which chunks belong to which numbered part, and what is a reference.
#include "models/rules/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cairn::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A document of one block a chunk, headings of any level under each other.
class Page {
 public:
  void Heading(std::uint8_t level, std::string_view text) {
    Add(BlockType::kHeading, text);
    Block& block = document_.blocks.back();
    block.level = level;
    for (std::size_t i = document_.blocks.size() - 1; i-- > 0;) {
      const Block& above = document_.blocks[i];
      if (above.type != BlockType::kHeading || above.level >= level) continue;
      block.heading = static_cast<std::uint32_t>(i);
      break;
    }
    heading_ = static_cast<std::uint32_t>(document_.blocks.size() - 1);
  }
  void Text(std::string_view text) {
    Add(BlockType::kParagraph, text);
    document_.blocks.back().heading = heading_;
  }
  // Of one cell and `chunks` chunks.
  void Table(std::string_view caption, std::string_view cell, int chunks = 1) {
    cairn::Table table;
    table.block = static_cast<std::uint32_t>(document_.blocks.size());
    const ByteSpan above = Append(caption);
    table.caption = above;
    Add(BlockType::kTable, cell);
    Block& block = document_.blocks.back();
    block.table = static_cast<std::uint32_t>(document_.tables.size());
    block.heading = heading_;
    table.cells.push_back({.span = block.span, .box = std::nullopt});
    chunks_.back().table = block.table;
    chunks_.back().span.begin = above.begin;
    for (int i = 1; i < chunks; ++i) {
      chunks_.push_back(chunks_.back());
      chunks_.back().span = {block.span.end, block.span.end};
      ++chunks_.back().ordinal;
    }
    document_.tables.push_back(table);
  }

  // "chunk key" of the parts.
  std::vector<std::string> Parts() const { return Labels(false); }
  std::vector<std::string> References() const { return Labels(true); }

 private:
  ByteSpan Append(std::string_view text) {
    const auto begin = static_cast<std::uint32_t>(document_.text.size());
    document_.text += text;
    const auto end = static_cast<std::uint32_t>(document_.text.size());
    document_.text += "\n\n";
    return {begin, end};
  }
  void Add(BlockType type, std::string_view text) {
    Block block;
    block.type = type;
    block.span = Append(text);
    Chunk chunk;
    chunk.ordinal = static_cast<std::uint32_t>(chunks_.size());
    chunk.span = block.span;
    chunk.first_block = chunk.last_block =
        static_cast<std::uint32_t>(document_.blocks.size());
    document_.blocks.push_back(block);
    chunks_.push_back(chunk);
  }
  std::vector<std::string> Labels(bool reference) const {
    std::vector<std::string> labels;
    for (const ExtractedLabel& label : FindLabels(document_, chunks_)) {
      if (label.reference != reference) continue;
      labels.push_back(std::to_string(label.chunk) + " " + label.key);
      if (!label.span.empty()) {
        EXPECT_EQ(label.span.Of(document_.text), label.surface);
      }
    }
    return labels;
  }

  ParsedDocument document_;
  std::vector<Chunk> chunks_;
  std::uint32_t heading_ = Block::kNone;
};

TEST(FindLabels, ChunksBelongToTheNearestNumberedSection) {
  Page page;
  page.Heading(1, "Chapter 4. Quotas");
  page.Text("Quotas bound what a user may store.");
  page.Heading(2, "4.2. Limits");
  page.Text("A soft limit may be exceeded.");
  page.Heading(3, "Grace");
  page.Text("Seven days.");
  EXPECT_THAT(page.Parts(),
              ElementsAre("0 section 4", "1 section 4", "2 section 4.2",
                          "3 section 4.2", "4 section 4.2", "5 section 4.2"));
}

TEST(FindLabels, UnnumberedHeadingsHaveNoLabel) {
  Page page;
  page.Heading(1, "Quotas");
  page.Text("Quotas bound what a user may store in 4.2 ways.");
  EXPECT_THAT(page.Parts(), IsEmpty());
  EXPECT_THAT(page.References(), IsEmpty());
}

TEST(FindLabels, EveryChunkOfATableBelongsToIt) {
  Page page;
  page.Table("Table 3. Limits", "soft", 2);
  page.Text("Figure 7-26. A nut.");
  EXPECT_THAT(page.Parts(),
              ElementsAre("0 table 3", "1 table 3", "2 figure 7.26"));
  EXPECT_THAT(page.References(), IsEmpty());
}

TEST(FindLabels, SentenceThatBeginsWithATableIsAReference) {
  Page page;
  page.Text(
      "Table 3 shows the limits, see also Section 4.2, not section 5 of "
      "the Act.");
  EXPECT_THAT(page.Parts(), IsEmpty());
  EXPECT_THAT(page.References(), ElementsAre("0 table 3", "0 section 4.2"));
}

TEST(FindLabels, CellsRefer) {
  Page page;
  page.Table("", "as in Section 9");
  EXPECT_THAT(page.References(), ElementsAre("0 section 9"));
}

TEST(FindLabels, LongSectionIsHeldByItsFirstChunks) {
  Page page;
  page.Heading(1, "1. All");
  for (int i = 0; i < 40; ++i) page.Text("More of it.");
  EXPECT_EQ(page.Parts().size(), 16U);
  EXPECT_EQ(page.Parts().back(), "15 section 1");
}

}  // namespace
}  // namespace cairn::rules
