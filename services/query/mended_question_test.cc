// Typing errors in names, through the whole core.
#include <gtest/gtest.h>

#include <string>

#include "models/fake/fake_embedder.h"
#include "services/query/cores_for_test.h"

namespace cairn {
namespace {

class MendedQuestion : public testing::Test {
 protected:
  void SetUp() override {
    Put("finch", "Arlo Finchley",
        "Arlo Finchley was a painter. He was born in the town of Orelsk.");
    Put("orelsk", "Orelsk", "Orelsk is a harbour town.");
    Put("bread", "Bread", "Bread is baked from flour and water by bakers.");
  }

  void Put(const std::string& id, const std::string& title,
           const std::string& text) {
    ASSERT_TRUE(cores_.ingestion()
                    .Ingest(TenantId(0), "default",
                            {.id = id,
                             .title = title,
                             .bytes = text,
                             .media_type = "text/plain",
                             .metadata = {}})
                    .ok());
  }

  SearchResult Ask(const std::string& question,
                   SearchMode mode = SearchMode::kAuto) const {
    const auto result = cores_.query().Search(
        TenantId(0), "default", {.query = question, .mode = mode}, Sequence(0));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : SearchResult();
  }
  std::string Mended(const std::string& question) const {
    return Ask(question).mended_query;
  }

  const FakeEmbedder embedder_;
  CoresForTest cores_{embedder_};
};

TEST_F(MendedQuestion, ReadsAnUnknownNameAsTheOneThatIsOneEditAway) {
  const SearchResult result = Ask("Where was Arlo Finhcley's father born?");
  EXPECT_EQ(result.mended_query, "Where was Arlo Finchley's father born?");
  ASSERT_FALSE(result.hits.empty());
  EXPECT_EQ(result.hits.front().document, "finch");
  EXPECT_EQ(Mended("What is Orelks?"), "What is Orelsk?");
  EXPECT_EQ(Mended("What is Orlsk known for?"), "What is Orelsk known for?");
}

TEST_F(MendedQuestion, TakesNoNameForAWord) {
  EXPECT_EQ(Mended("Does Harbou lie on the sea, Arlo?"), "");
  EXPECT_EQ(Mended("where is orelks?"), "where is orelsk?");
}

TEST_F(MendedQuestion, ReadsOtherWordsAsTheCommonestNearThem) {
  EXPECT_EQ(Mended("Which hrabour town is Orelsk?"),
            "Which harbour town is Orelsk?");
  EXPECT_EQ(Mended("what do bakres bake?"), "what do bakers bake?");
  EXPECT_EQ(Mended("Is bread made of floour?"), "Is bread made of flour?");
  EXPECT_EQ(Mended("Is bread made of \"floour\"?"), "");
}

TEST_F(MendedQuestion, LeavesAloneWordsThatTheEncoderKnows) {
  EXPECT_EQ(Mended("Is bread made on the floor?"), "");
  EXPECT_EQ(Mended("Is Floor made of floour?"), "Is Floor made of flour?");
}

TEST_F(MendedQuestion, LeavesAloneWhatHasTooManyUnknownWords) {
  EXPECT_EQ(Mended("floour brwod crwod drwod frwod?"), "");
}

TEST_F(MendedQuestion, LeavesAloneWhatStandsInTheCollection) {
  EXPECT_EQ(Mended("Where was Arlo Finchley born?"), "");
  EXPECT_EQ(Mended("Are Bakers and Baker the same?"), "");
}

TEST_F(MendedQuestion, LeavesAloneWhatIsQuotedShortOrFarFromAnyName) {
  EXPECT_EQ(Mended("Where is \"Orelks\"?"), "");
  EXPECT_EQ(Mended("Who is Arlp?"), "");
  EXPECT_EQ(Mended("Who is Wellington?"), "");
}

TEST_F(MendedQuestion, BelongsToTheModesThatReadNames) {
  EXPECT_EQ(Ask("What is Orelks?", SearchMode::kGraph).mended_query,
            "What is Orelsk?");
  EXPECT_EQ(Ask("What is Orelks?", SearchMode::kHybrid).mended_query, "");
}

}  // namespace
}  // namespace cairn
