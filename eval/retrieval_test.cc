#include "eval/retrieval.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "eval/run_file.h"
#include "models/fake/fake_embedder.h"
#include "models/rules/rule_extractor.h"
#include "services/ingestion/ingestion_core.h"
#include "services/query/query_service.h"
#include "storage/store_for_test.h"

namespace cairn::eval {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<Question> Questions(int count) {
  std::vector<Question> questions;
  for (int i = 0; i < count; ++i) {
    const std::string id = std::to_string(i);
    questions.push_back({.id = id,
                         .text = "question " + id,
                         .type = i % 2 == 0 ? "even" : "odd",
                         .gold = {{.document = "d" + id}}});
  }
  return questions;
}

// Finds d<i> for "question <i>", second after another one.
StatusOr<SearchHits> FindSecond(const std::string& question) {
  return SearchHits{.documents = {"other", "d" + question.substr(9)},
                    .parts = {}};
}

TEST(AskAll, KeepsTheOrderWhateverTheNumberOfThreads) {
  const std::vector<Question> questions = Questions(50);
  for (const std::size_t threads : {1U, 4U}) {
    RetrievalRun run;
    const Status status =
        AskAll(questions, {.threads = threads}, FindSecond, run);
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_EQ(run.results.size(), 50U);
    for (std::size_t i = 0; i < 50; ++i) {
      EXPECT_EQ(run.results[i].question.id, questions[i].id);
      EXPECT_EQ(run.results[i].question.gold[0].rank, 2U);
      EXPECT_THAT(run.results[i].hits,
                  ElementsAre("other", "d" + questions[i].id));
    }
  }
}

TEST(AskAll, WarmsUpBeforeTheFirstQuestion) {
  std::vector<std::string> asked;
  RetrievalRun run;
  const auto search = [&](const std::string& question) {
    asked.push_back(question);
    return StatusOr<SearchHits>(SearchHits());
  };
  ASSERT_TRUE(AskAll(Questions(1), {.warm_up = {"warm"}}, search, run).ok());
  EXPECT_THAT(asked, ElementsAre("warm", "question 0"));
  EXPECT_EQ(run.results.size(), 1U);
}

TEST(AskAll, StopsAtAQuestionThatFailsAndNamesIt) {
  std::atomic<int> asked = 0;
  RetrievalRun run;
  const auto search = [&](const std::string& question) -> StatusOr<SearchHits> {
    ++asked;
    if (question == "question 3") return UnavailableError("gone");
    return FindSecond(question);
  };
  const Status status = AskAll(Questions(1000), {}, search, run);
  EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  EXPECT_THAT(MessageOf(status), HasSubstr("question 3: gone"));
  EXPECT_EQ(asked, 4);
}

TEST(Summaries, AreMeansOverAllAndOverEachType) {
  RetrievalRun run;
  ASSERT_TRUE(AskAll(Questions(3), {}, FindSecond, run).ok());
  const Summary all = Summarize(run.results);
  EXPECT_EQ(all.questions, 3U);
  EXPECT_EQ(all.means[*MeasureIndex("recall@1")], 0);
  EXPECT_EQ(all.means[*MeasureIndex("recall@2")], 1);
  EXPECT_LE(all.latency.p50, all.latency.max);
  const auto types = SummarizeByType(run.results);
  ASSERT_EQ(types.size(), 2U);
  EXPECT_EQ(types[0].first, "even");
  EXPECT_EQ(types[0].second.questions, 2U);
  run.results.resize(1);
  EXPECT_TRUE(SummarizeByType(run.results).empty());
}

TEST(RunFile, BringsBackWhatWasWritten) {
  TemporaryFolder folder;
  std::filesystem::create_directories(folder.path());
  const std::string path = folder.path() + "/run.json";
  RetrievalRun run{.data_set = "set",
                   .mode = "dense",
                   .titles_hidden = true,
                   .sentence_vectors = false,
                   .limit = 20,
                   .threads = 2,
                   .options = {{"walk", 0.5}},
                   .version = "1",
                   .embedder = "fake",
                   .ingestion = {.documents = 7, .tokens = 9, .seconds = 2},
                   .results = {},
                   .packing = {{.budget = 1000,
                                .gold_kept = 0.5,
                                .all_gold = 0.25,
                                .hits = 3,
                                .tokens = 900,
                                .ms_p50 = 1,
                                .ms_p99 = 2}}};
  run.reranker = "small";
  ASSERT_TRUE(AskAll(Questions(5), {}, FindSecond, run).ok());
  run.results[2].question.gold[0].rank.reset();
  run.results[3].parts = {{{"dense", 0.5}, {"link", 0.25}}, {}};
  ASSERT_TRUE(WriteRun(path, run).ok());
  const auto read = ReadRun(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(RunToJson(*read), RunToJson(run));
  EXPECT_FALSE(read->results[2].question.gold[0].rank.has_value());
  EXPECT_EQ(read->results[3].parts, run.results[3].parts);
}

TEST(RunFile, OtherFilesAreRefused) {
  TemporaryFolder folder;
  std::filesystem::create_directories(folder.path());
  const std::string path = folder.path() + "/run.json";
  EXPECT_EQ(ReadRun(path).status().code(), StatusCode::kNotFound);
  for (const std::string bytes :
       {"", "[]", "{\"format\":\"other\"}",
        "{\"format\":\"cairn-retrieval-run\",\"format_version\":1}"}) {
    std::ofstream(path) << bytes;
    const Status status = ReadRun(path).status();
    EXPECT_EQ(ReasonOf(status), "BAD_RUN_FILE") << bytes;
    EXPECT_THAT(MessageOf(status), HasSubstr(path));
  }
}

// A data set, taken in and asked by the real cores.
class EvaluationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(set_folder_.path());
    std::ofstream(set_folder_.path() + "/corpus.jsonl")
        << R"({"id":"finch","title":"Arlo Finch","text":"A painter of boats."})"
        << "\n"
        << R"({"id":"orel","title":"Orel","text":"A harbour town."})"
        << "\n"
        << R"({"id":"bread","title":"Bread","text":"Flour and salt."})"
        << "\n";
    std::ofstream(set_folder_.path() + "/queries.jsonl")
        << R"({"id":1,"question":"Which painter liked boats?","gold":["finch"]})"
        << "\n"
        << R"({"id":2,"question":"flour and salt","gold":["bread","orel"]})"
        << "\n";
  }

  TemporaryFolder set_folder_;
  TemporaryFolder data_folder_;
};

TEST_F(EvaluationTest, ADataSetRunsThroughTheCores) {
  const auto set = DataSet::Open(set_folder_.path(), {});
  ASSERT_TRUE(set.ok()) << set.status();
  const FakeClock clock(1000);
  const FakeEmbedder embedder;
  const auto extractor = MakeRuleExtractor();
  const auto store = OpenForTest(data_folder_.path(), clock);
  const auto ingestion = IngestionCore::Make({.store = store.get(),
                                              .embedder = &embedder,
                                              .extractor = extractor.get()});
  const auto query = QueryCore::Make({.store = store.get(),
                                      .embedder = &embedder,
                                      .extractor = extractor.get(),
                                      .generator = nullptr});
  const Status taken_in = set->VisitDocuments([&](CorpusDocument document) {
    return ingestion
        ->Ingest(TenantId(0), "default",
                 {.id = document.id,
                  .title = document.title,
                  .bytes = document.text,
                  .media_type = "text/plain"})
        .status();
  });
  ASSERT_TRUE(taken_in.ok()) << taken_in;
  const auto search = [&](const std::string& question) -> StatusOr<SearchHits> {
    CAIRN_ASSIGN_OR_RETURN(
        const SearchResult result,
        query->Search(TenantId(0), "default",
                      {.query = question, .one_per_document = true},
                      Sequence(0)));
    SearchHits hits;
    for (const Hit& hit : result.hits) hits.documents.push_back(hit.document);
    return hits;
  };
  RetrievalRun run;
  ASSERT_TRUE(
      AskAll(set->questions(), {.warm_up = {"boats"}}, search, run).ok());
  const Summary all = Summarize(run.results);
  EXPECT_EQ(all.questions, 2U);
  EXPECT_EQ(all.means[*MeasureIndex("mrr@10")], 1);
  EXPECT_EQ(all.means[*MeasureIndex("recall@1")], 0.75);
  EXPECT_EQ(all.means[*MeasureIndex("recall@10")], 1);
}

}  // namespace
}  // namespace cairn::eval
