#include "graph/layout.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace cairn::graph_layout {
namespace {

constexpr CollectionKey kCollection{TenantId(1), CollectionId(2)};

TEST(GraphLayout, ReadsBackItsKeys) {
  const std::string name = NameKey(kCollection, "ada byron", EntityId(7));
  EXPECT_EQ(ParseNameKey(name)->normalized, "ada byron");
  EXPECT_EQ(ParseNameKey(name)->entity, EntityId(7));
  EXPECT_EQ(ParseEntityKey(EntityKey(kCollection, EntityId(9))).value(),
            EntityId(9));
  EXPECT_EQ(ParseEntityPostingsKey(EntityPostingsKey(kCollection, EntityId(9)))
                .value(),
            EntityId(9));
  const auto title =
      ParseTitleKey(TitleKey(kCollection, EntityId(3), DocumentKey(4)));
  EXPECT_EQ(title->first, EntityId(3));
  EXPECT_EQ(title->second, DocumentKey(4));
  const auto part = ParseMentionsKey(
      MentionsChunkKey(kCollection, {DocumentKey(4), 5}, ChunkPart::kLinks));
  EXPECT_EQ((*part)->ordinal, 5U);
  EXPECT_EQ((*part)->part, ChunkPart::kLinks);
  EXPECT_FALSE(
      ParseMentionsKey(MentionsDocumentKey(kCollection, DocumentKey(4)))
          ->has_value());
}

TEST(GraphLayout, SortsTheDigestBeforeAllNames) {
  EXPECT_LT(NamesDigestKey(kCollection), NamesBegin(kCollection));
  EXPECT_LT(NamesBegin(kCollection), NameKey(kCollection, "0", EntityId(0)));
}

TEST(GraphLayout, ReadsBackItsRecords) {
  const Definition definition{.surface = "Ada",
                              .normalized = "ada",
                              .entity = EntityId(5),
                              .kind = MentionKind::kAlias,
                              .type = EntityType::kPerson,
                              .strength = 700,
                              .chunk = 3};
  EXPECT_EQ(DecodeDefinitions(Encode(std::vector{definition}))->at(0),
            definition);
  const ChunkMentions chunk{
      .mentions = {{.span = {10, 14}, .entity = EntityId(1), .surface = "x"},
                   {.span = {0, 0}, .entity = EntityId(2), .surface = ""}},
      .defined = {EntityId(8)}};
  EXPECT_EQ(DecodeChunkMentions(Encode(chunk)).value(), chunk);
  const std::vector<Link> links{{.span = {3, 9}, .entity = EntityId(1)}};
  EXPECT_EQ(DecodeLinks(Encode(links)).value(), links);
  const auto tokens = TokensOf("\u00c9mile met Ada's 2 ufos", 40);
  const auto read = DecodeTokens(Encode(tokens));
  ASSERT_EQ(read->size(), tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    EXPECT_EQ(read->at(i).term, tokens[i].term);
    EXPECT_EQ(read->at(i).span, tokens[i].span);
    EXPECT_EQ(read->at(i).marked, tokens[i].marked);
  }
}

TEST(GraphLayout, RoundsStrengthsAndClampsThem) {
  EXPECT_EQ(Thousandths(0.7F), 700U);
  EXPECT_EQ(Thousandths(-1), 0U);
  EXPECT_EQ(Thousandths(std::nanf("")), 0U);
  EXPECT_EQ(Thousandths(1e30F), 1'000'000U);
}

TEST(GraphLayout, NeverBreaksOnDamagedBytes) {
  std::mt19937 random(11);
  std::string good = Encode(TokensOf("Ada met Byron in Rome, 1815", 0));
  for (int i = 0; i < 20000; ++i) {
    std::string bytes = good;
    for (int n = 0; n < 3; ++n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(random() % (bytes.size() + 1));
    (void)DecodeTokens(bytes);
    (void)DecodeLinks(bytes);
    (void)DecodeChunkMentions(bytes);
    (void)DecodeDefinitions(bytes);
    (void)DecodeName(bytes);
    (void)DecodeEntity(bytes);
    (void)DecodeDocumentInfo(bytes);
    (void)DecodeDigest(bytes);
    (void)ParseNameKey(bytes);
    (void)ParseTitleKey(bytes);
    (void)ParseMentionsKey(bytes);
  }
  EXPECT_EQ(DecodeLinks("\xff\xff\xff\xff").status().code(),
            StatusCode::kDataLoss);
}

}  // namespace
}  // namespace cairn::graph_layout
