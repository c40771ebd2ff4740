// Which of several like tables a question is for, through the whole core.
#include "services/query/rank_tables.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "models/fake/fake_embedder.h"
#include "services/query/cores_for_test.h"

namespace cairn {
namespace {

// Enough tables of the same form that words which all share say nothing.
class RankTablesTest : public testing::Test {
 protected:
  void SetUp() override {
    Put("asia", "India,102,58\nSri Lanka,16,42\nNepal,32,10\n");
    Put("europe", "Norway,16,8\nIceland,3,6\nFrance,12,10\n");
    Put("africa", "Kenya,4,4\nGhana,1,0\nEgypt,3,2\n");
  }

  void Put(const std::string& id, const std::string& rows) {
    const auto put =
        cores_.ingestion().Ingest(TenantId(0), "default",
                                  {.id = id,
                                   .title = id,
                                   .bytes = "Nation,Gold,Silver\n" + rows,
                                   .media_type = "text/csv",
                                   .metadata = {}});
    ASSERT_TRUE(put.ok()) << put.status();
  }

  static double PartOf(const Hit& hit, const std::string& name) {
    double sum = 0;
    for (const auto& [part, value] : hit.scores) {
      if (part == name) sum += value;
    }
    return sum;
  }

  SearchResult Search(const std::string& query, SearchMode mode) const {
    const auto result = cores_.query().Search(
        TenantId(0), "default", {.query = query, .mode = mode}, Sequence(0));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : SearchResult();
  }

  const FakeEmbedder embedder_;
  CoresForTest cores_{embedder_};
};

TEST_F(RankTablesTest, TheTableThatHoldsTheCellComesFirstAndSaysWhy) {
  for (const auto& [nation, table] :
       {std::pair("Sri Lanka", "asia"), std::pair("Iceland", "europe"),
        std::pair("Ghana", "africa")}) {
    const SearchResult result =
        Search(std::string("How much gold did ") + nation + " win?",
               SearchMode::kTable);
    ASSERT_GE(result.hits.size(), 3U);
    EXPECT_EQ(result.hits[0].document, table);
    EXPECT_GT(PartOf(result.hits[0], "table"), PartOf(result.hits[1], "table"));
    double sum = 0;
    for (const auto& [part, value] : result.hits[0].scores) sum += value;
    EXPECT_NEAR(sum, result.hits[0].score, 1e-6);
  }
}

TEST_F(RankTablesTest, OtherModesKeepTheirScores) {
  const SearchResult result =
      Search("How much gold did Sri Lanka win?", SearchMode::kHybrid);
  ASSERT_FALSE(result.hits.empty());
  for (const Hit& hit : result.hits) EXPECT_EQ(PartOf(hit, "table"), 0);
}

TEST_F(RankTablesTest, InModeAutoTablesChangePlacesAndTextStays) {
  const auto put = cores_.ingestion().Ingest(
      TenantId(0), "default",
      {.id = "note",
       .title = "note",
       .bytes = "Gold was won by Sri Lanka and by others.",
       .media_type = "text/plain",
       .metadata = {}});
  ASSERT_TRUE(put.ok()) << put.status();
  const SearchResult result =
      Search("How much gold did Sri Lanka win?", SearchMode::kAuto);
  ASSERT_EQ(result.hits.size(), 4U);
  std::string first_table;
  for (const Hit& hit : result.hits) {
    if (hit.document == "note") {
      EXPECT_EQ(PartOf(hit, "table"), 0);
    }
    if (hit.table && first_table.empty()) first_table = hit.document;
    double sum = 0;
    for (const auto& [part, value] : hit.scores) sum += value;
    EXPECT_NEAR(sum, hit.score, 1e-6);
  }
  EXPECT_EQ(first_table, "asia");
}

TEST_F(RankTablesTest, AnswersComputeOverTheTableThatFits) {
  const auto answer = cores_.query().AnswerQuestion(
      TenantId(0), "default",
      {.search = {.query = "How much gold did Sri Lanka win?",
                  .mode = SearchMode::kAuto}},
      Sequence(0), {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->short_answer, "16");
  ASSERT_EQ(answer->sentences.size(), 1U);
  for (const Citation& citation : answer->sentences[0].citations) {
    EXPECT_EQ(citation.document, "asia");
  }
}

}  // namespace
}  // namespace cairn
