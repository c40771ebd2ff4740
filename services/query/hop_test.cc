// The second hop through the whole core: what the best passage leads to is
// found although the question does not describe it.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/fake/fake_embedder.h"
#include "models/rules/rule_extractor.h"
#include "services/ingestion/ingestion_core.h"
#include "services/query/query_service.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

class HopTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = OpenForTest(folder_.path(), clock_);
    extractor_ = MakeRuleExtractor();
    ingestion_ = IngestionCore::Make({.store = store_.get(),
                                      .embedder = &embedder_,
                                      .extractor = extractor_.get()});
    Put("bay", "Gull Bay",
        "Gull Bay is a film of 1962. It was directed by Mara Vane.");
    Put("vane", "Mara Vane", "Mara Vane grew up by the sea near Orel.");
    for (int i = 0; i < 30; ++i) {
      const std::string n = std::to_string(i);
      Put("film" + n, "Picture " + n,
          "Picture " + n + " is a film. Its director was born in town " + n);
    }
  }

  void Put(const std::string& id, const std::string& title,
           const std::string& text) {
    const auto put = ingestion_->Ingest(
        TenantId(0), "default",
        {.id = id, .title = title, .bytes = text, .media_type = "text/plain"});
    ASSERT_TRUE(put.ok()) << put.status();
  }

  void PutMarkdown(const std::string& id, const std::string& text) {
    const auto put = ingestion_->Ingest(
        TenantId(0), "default",
        {.id = id, .bytes = text, .media_type = "text/markdown"});
    ASSERT_TRUE(put.ok()) << put.status();
  }

  // What the hop gives to the passage that begins with `start`.
  double LinkTo(std::string_view start, const std::string& question) {
    const std::vector<Hit> hits =
        Search({}, {.query = question, .limit = 60, .keep_repetitions = true});
    const auto found =
        std::find_if(hits.begin(), hits.end(), [&](const Hit& hit) {
          return hit.text.find(start) != std::string::npos;
        });
    if (found == hits.end()) {
      ADD_FAILURE() << "no hit holds: " << start;
      return -1;
    }
    const auto part = found->scores.find("hop_link");
    return part == found->scores.end() ? 0 : part->second;
  }

  std::vector<Hit> Search(const RetrievalOptions& options,
                          const SearchRequest& request) {
    const auto core = QueryCore::Make({.store = store_.get(),
                                       .embedder = &embedder_,
                                       .extractor = extractor_.get(),
                                       .generator = nullptr,
                                       .retrieval = options});
    auto result = core->Search(TenantId(0), "default", request, Sequence(0));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? std::move(result->hits) : std::vector<Hit>();
  }

  static std::size_t RankOf(const std::vector<Hit>& hits,
                            std::string_view document) {
    const auto found =
        std::find_if(hits.begin(), hits.end(),
                     [&](const Hit& hit) { return hit.document == document; });
    return static_cast<std::size_t>(found - hits.begin());
  }

  TemporaryFolder folder_;
  FakeClock clock_{1000};
  FakeEmbedder embedder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<EntityExtractor> extractor_;
  std::unique_ptr<IngestionCore> ingestion_;
};

constexpr char kQuestion[] =
    "In which town was the director of the film Gull Bay born?";

TEST_F(HopTest, FindsThePageOfAPersonThatTheQuestionDoesNotName) {
  const std::vector<Hit> hits = Search({}, {.query = kQuestion, .limit = 40});
  EXPECT_EQ(RankOf(hits, "bay"), 0U);
  EXPECT_EQ(RankOf(hits, "vane"), 1U);
  EXPECT_GT(hits[1].scores.at("hop_link"), 0);
}

TEST_F(HopTest, WithoutABeamThePageStaysBehindTheOtherFilms) {
  RetrievalOptions options;
  options.beam = 0;
  const std::vector<Hit> hits =
      Search(options, {.query = kQuestion, .limit = 40});
  EXPECT_GT(RankOf(hits, "vane"), 5U);
}

TEST_F(HopTest, WhatAPassageLeadsToObeysTheFilter) {
  const std::vector<Hit> hits = Search(
      {}, {.query = kQuestion, .filter = {.documents = {"bay", "film3"}}});
  EXPECT_EQ(RankOf(hits, "vane"), hits.size());
  EXPECT_EQ(RankOf(hits, "bay"), 0U);
}

TEST_F(HopTest, APassageThatTheQuestionNamesStaysFirst) {
  const std::vector<Hit> hits =
      Search({}, {.query = "What is known about Gull Bay?"});
  EXPECT_EQ(RankOf(hits, "bay"), 0U);
}

constexpr char kFerry[] = "Who takes luggage that a passenger of Gull left?";

TEST_F(HopTest, FollowsAReferenceToASectionOfTheDocument) {
  PutMarkdown("ferry.md",
              "# Ferry\n\n## 1. Luggage\n\nLuggage that a passenger of Gull "
              "left is treated as told in Section 3.\n\n## 2. Fares\n\nA "
              "crossing costs nine crowns.\n\n## 3. Sheds\n\nThe harbour "
              "keeps all for a month.\n");
  PutMarkdown("tram.md",
              "# Tram\n\n## 3. Depots\n\nDepots are shut on Sundays.\n");
  EXPECT_GT(LinkTo("The harbour keeps", kFerry), 0);
  EXPECT_EQ(LinkTo("A crossing costs", kFerry), 0);
  EXPECT_EQ(LinkTo("Depots are shut", kFerry), 0);
}

TEST_F(HopTest, AQuestionThatNamesASectionGetsItBeforeWhatRefersToIt) {
  PutMarkdown("ferry.md",
              "# Ferry Guide\n\n## 4.1. Luggage\n\nWhat passengers left is "
              "treated as told in Section 4.3.\n\n## 4.3. Sheds\n\nThe "
              "harbour keeps all for a month.\n");
  const std::vector<Hit> hits =
      Search({}, {.query = "What does Section 4.3 of the Ferry Guide say?",
                  .limit = 10,
                  .keep_repetitions = true});
  ASSERT_FALSE(hits.empty());
  EXPECT_NE(hits[0].text.find("The harbour keeps"), std::string::npos)
      << hits[0].text;
}

TEST_F(HopTest, FollowsAReferenceToAnotherFileOfTheBook) {
  PutMarkdown("ferry~luggage.md",
              "# 1. Luggage\n\nLuggage that a passenger of Gull left is "
              "treated as told in Section 3.\n");
  PutMarkdown("ferry~sheds.md",
              "# 3. Sheds\n\nThe harbour keeps all for a month.\n");
  PutMarkdown("tram~depots.md", "# 3. Depots\n\nDepots are shut on Sundays.\n");
  EXPECT_GT(LinkTo("The harbour keeps", kFerry), 0);
  EXPECT_EQ(LinkTo("Depots are shut", kFerry), 0);
}

TEST_F(HopTest, AReferenceMeansTheSectionOfItsOwnDocumentFirst) {
  PutMarkdown("ferry~luggage.md",
              "# Luggage\n\n## 1. Left\n\nLuggage that a passenger of Gull "
              "left is treated as told in Section 3.\n\n## 3. Sheds\n\nThe "
              "harbour keeps all for a month.\n");
  PutMarkdown("ferry~crew.md",
              "# Crew\n\n## 3. Uniforms\n\nUniforms are blue.\n");
  EXPECT_GT(LinkTo("The harbour keeps", kFerry), 0);
  EXPECT_EQ(LinkTo("Uniforms are blue", kFerry), 0);
}

TEST_F(HopTest, UnknownOptionsAreRefusedWithTheirNames) {
  RetrievalOptions options;
  EXPECT_TRUE(SetRetrievalOption(options, "beam", 2).ok());
  EXPECT_EQ(options.beam, 2);
  const Status status = SetRetrievalOption(options, "beams", 2);
  EXPECT_NE(MessageOf(status).find("trust_power"), std::string::npos);
}

}  // namespace
}  // namespace cairn
