#include "documents/captions.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "documents/document_builder.h"

namespace cairn {
namespace {

// "T" is a table, "T:x" one with the caption x, all else a paragraph. The
// captions of the tables when the document is complete.
std::vector<std::string> Captions(const std::vector<std::string>& blocks) {
  DocumentBuilder builder("text", {});
  for (const std::string& block : blocks) {
    if (block[0] != 'T' || (block.size() > 1 && block[1] != ':')) {
      builder.AddBlock(BlockType::kParagraph, block);
      continue;
    }
    builder.BeginTable(block.size() > 1 ? block.substr(2) : "");
    builder.BeginRow();
    builder.AddCell({.text = "cell"});
    builder.EndTable(0);
  }
  const auto document = std::move(builder).Finish();
  std::vector<std::string> captions;
  if (!document.ok()) return captions;
  for (const Table& table : document->tables) {
    captions.emplace_back(table.caption.Of(document->text));
  }
  return captions;
}

using Lines = std::vector<std::string>;

TEST(AdoptCaptions, ParagraphBesideATableIsItsCaption) {
  EXPECT_EQ(Captions({"Table 3. Limits", "T"}), Lines{"Table 3. Limits"});
  EXPECT_EQ(Captions({"T", "Table 3: Limits"}), Lines{"Table 3: Limits"});
}

TEST(AdoptCaptions, OneServesOneTable) {
  EXPECT_EQ(Captions({"T", "Table 4. Two", "T"}), (Lines{"Table 4. Two", ""}));
  EXPECT_EQ(Captions({"Table 3. One", "T", "Table 4. Two", "T"}),
            (Lines{"Table 3. One", "Table 4. Two"}));
}

TEST(AdoptCaptions, OtherParagraphsStayParagraphs) {
  EXPECT_EQ(Captions({"Table 3 shows the limits.", "T"}), Lines{""});
  EXPECT_EQ(Captions({"Figure 3. A map", "T"}), Lines{""});
  EXPECT_EQ(Captions({"Table 3. Limits", "More words.", "T"}), Lines{""});
}

TEST(AdoptCaptions, TableKeepsItsOwn) {
  EXPECT_EQ(Captions({"Table 3. Limits", "T:Own"}), Lines{"Own"});
}

}  // namespace
}  // namespace cairn
