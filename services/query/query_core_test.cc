#include <gtest/gtest.h>

#include "base/hash.h"
#include "documents/chunking/chunker.h"
#include "models/fake/fake_embedder.h"
#include "models/rules/rule_extractor.h"
#include "services/ingestion/ingestion_core.h"
#include "services/query/query_service.h"
#include "services/query/verify.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

// Quotes the whole first passage, or claims what it does not say.
class StubGenerator final : public Generator {
 public:
  std::string_view id() const override { return "stub"; }
  StatusOr<Draft> Generate(const GenerationRequest& request) const override {
    Draft draft;
    if (request.evidence.empty()) {
      draft.abstained = true;
      draft.abstain_reason = "nothing was found";
      return draft;
    }
    const EvidencePassage& passage = request.evidence.front();
    draft.confidence = 1;
    draft.sentences.push_back({.text = lie.empty() ? passage.text : lie,
                               .quotes = {{.passage = 0, .span = passage.span}},
                               .confidence = 1});
    return draft;
  }
  std::string lie;
};

class QueryCoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = OpenForTest(folder_.path(), clock_);
    extractor_ = MakeRuleExtractor();
    ingestion_ = IngestionCore::Make({.store = store_.get(),
                                      .embedder = &embedder_,
                                      .extractor = extractor_.get()});
    core_ = QueryCore::Make({.store = store_.get(),
                             .embedder = &embedder_,
                             .extractor = extractor_.get(),
                             .generator = &generator_});
    Put("finch", "Arlo Finch", "Arlo Finch was a painter born in Orel.");
    Put("orel", "Orel", "Orel is a harbour town on the Grey River.");
    Put("river", "Grey River", "The Grey River is 90 km long.");
    Put("bread", "Bread", "Bread is baked from flour, water and salt.",
        {{"year", "2020"}});
  }

  Sequence Put(const std::string& id, const std::string& title,
               const std::string& text, const Metadata& metadata = {}) {
    const auto put = ingestion_->Ingest(TenantId(0), "default",
                                        {.id = id,
                                         .title = title,
                                         .bytes = text,
                                         .media_type = "text/plain",
                                         .metadata = metadata});
    EXPECT_TRUE(put.ok()) << put.status();
    return put.ok() ? put->sequence : Sequence(0);
  }

  SearchResult Search(const SearchRequest& request) {
    auto result = core_->Search(TenantId(0), "default", request, Sequence(0));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? std::move(result).value() : SearchResult();
  }

  TemporaryFolder folder_;
  FakeClock clock_{1000};
  FakeEmbedder embedder_;
  StubGenerator generator_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<EntityExtractor> extractor_;
  std::unique_ptr<IngestionCore> ingestion_;
  std::unique_ptr<QueryCore> core_;
};

TEST_F(QueryCoreTest, EveryModeFindsTheDocumentThatIsAskedFor) {
  for (const SearchMode mode :
       {SearchMode::kAuto, SearchMode::kHybrid, SearchMode::kDense,
        SearchMode::kLexical, SearchMode::kGraph, SearchMode::kGlobal}) {
    const SearchResult result =
        Search({.query = "What is known about Arlo Finch?", .mode = mode});
    ASSERT_FALSE(result.hits.empty()) << NameOf(mode);
    EXPECT_EQ(result.hits[0].document, "finch") << NameOf(mode);
  }
}

TEST_F(QueryCoreTest, ATableAnswersWithAPlanAndTheCellsItUsed) {
  const auto put = ingestion_->Ingest(
      TenantId(0), "default",
      {.id = "routes",
       .title = "Routes",
       .bytes = "City,Country,Passengers\nLos Angeles,United States,14749\n"
                "Houston,United States,5465\nSaskatoon,Canada,2282\n",
       .media_type = "text/csv"});
  ASSERT_TRUE(put.ok()) << put.status();
  const std::string question = "Which city had the most passengers?";
  const auto answer = core_->AnswerQuestion(
      TenantId(0), "default",
      {.search = {.query = question, .mode = SearchMode::kTable}}, Sequence(0),
      {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->short_answer, "Los Angeles");
  ASSERT_EQ(answer->sentences.size(), 1U);
  EXPECT_NE(answer->text.find("(computed: rows | "), std::string::npos)
      << answer->text;
  ASSERT_FALSE(answer->sentences[0].citations.empty());
  for (const Citation& citation : answer->sentences[0].citations) {
    EXPECT_EQ(citation.document, "routes");
    EXPECT_EQ(citation.quote_sha256, Sha256Hex(citation.quote));
    EXPECT_EQ(citation.cells.size(), 1U);
  }
}

TEST_F(QueryCoreTest, APlanSaysWhichCellOfAQuotedRowIsMeant) {
  const auto put = ingestion_->Ingest(
      TenantId(0), "default",
      {.id = "prices",
       .title = "Prices",
       .bytes = "Product,Unit,Price (EUR),Stock,Supplier\n"
                "Espresso beans,bag,18.90,240,Rosso Torrefazione\n"
                "Filter paper,box,4.20,1200,PaperWorks\n"
                "Oat milk,carton,1.95,860,Nordic Oats\n",
       .media_type = "text/csv"});
  ASSERT_TRUE(put.ok()) << put.status();
  const auto answer = core_->AnswerQuestion(
      TenantId(0), "default",
      {.search = {.query = "What does a bag of espresso beans cost?",
                  .mode = SearchMode::kTable}},
      Sequence(0), {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->short_answer, "18.90") << answer->text;
}

TEST_F(QueryCoreTest, ATableAboutSomethingElseIsNotCounted) {
  const auto put = ingestion_->Ingest(
      TenantId(0), "default",
      {.id = "letter",
       .title = "Outage",
       .bytes = "<table><tr><th>Name<th>Office<tr><td>Nair<td>4"
                "<tr><td>Holm<td>2</table><p>About 312 invoices were delayed "
                "by the outage of June.",
       .media_type = "text/html"});
  ASSERT_TRUE(put.ok()) << put.status();
  const auto answer = core_->AnswerQuestion(
      TenantId(0), "default",
      {.search = {.query = "How many invoices were delayed?",
                  .mode = SearchMode::kTable}},
      Sequence(0), {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->text.find("computed"), std::string::npos) << answer->text;
}

TEST_F(QueryCoreTest, ATotalThatIsAnsweredIsComparedWithItsParts) {
  const auto put = ingestion_->Ingest(
      TenantId(0), "default",
      {.id = "balance",
       .title = "Balance",
       .bytes = "Item,2019,2018\nCash,1000,6000\nLand,2000,7000\n"
                "Total assets,3000,14000\n",
       .media_type = "text/csv"});
  ASSERT_TRUE(put.ok()) << put.status();
  const auto answer = core_->AnswerQuestion(
      TenantId(0), "default",
      {.search = {.query = "What were the total assets in 2018?",
                  .mode = SearchMode::kTable}},
      Sequence(0), {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->short_answer, "14000");
  EXPECT_NE(answer->text.find("Note: \"Total assets\" under \"2018\" says "
                              "14,000, the rows above add up to 13,000."),
            std::string::npos)
      << answer->text;
}

TEST_F(QueryCoreTest, ScorePartsSumToTheScoreAndHitsAreSorted) {
  const SearchResult result = Search({.query = "harbour town of Arlo Finch"});
  ASSERT_GE(result.hits.size(), 2U);
  for (std::size_t i = 0; i < result.hits.size(); ++i) {
    double sum = 0;
    for (const auto& [name, part] : result.hits[i].scores) sum += part;
    EXPECT_NEAR(sum, result.hits[i].score, 1e-6);
    if (i > 0) {
      EXPECT_GE(result.hits[i - 1].score, result.hits[i].score);
    }
  }
}

TEST_F(QueryCoreTest, HitsQuoteTheStoredText) {
  for (const Hit& hit : Search({.query = "river bread town painter"}).hits) {
    const auto collection =
        FindCollection(*store_->Pin(), TenantId(0), "default");
    const auto text =
        LoadText(*store_->Pin(), collection->key, DocumentKeyOf(hit.document));
    EXPECT_EQ(hit.span.Of(*text), hit.text);
    EXPECT_FALSE(hit.version.empty());
  }
}

TEST_F(QueryCoreTest, FiltersWorkInsideTheSearch) {
  const SearchResult by_metadata = Search(
      {.query = "Arlo Finch", .filter = {.metadata = {{"year", "2020"}}}});
  for (const Hit& hit : by_metadata.hits) EXPECT_EQ(hit.document, "bread");
  const SearchResult by_id =
      Search({.query = "Arlo Finch", .filter = {.documents = {"river"}}});
  ASSERT_EQ(by_id.hits.size(), 1U);
  EXPECT_EQ(by_id.hits[0].document, "river");
}

TEST_F(QueryCoreTest, ADeletedDocumentIsNeverFoundAgain) {
  const auto deleted = ingestion_->Delete(TenantId(0), "default", "finch", "");
  ASSERT_TRUE(deleted.ok());
  const auto result = core_->Search(TenantId(0), "default",
                                    {.query = "Arlo Finch painter"}, *deleted);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GE(result->sequence, *deleted);
  for (const Hit& hit : result->hits) EXPECT_NE(hit.document, "finch");
}

TEST_F(QueryCoreTest, AWriteTokenShowsTheWrite) {
  Search({.query = "anything"});
  const Sequence token = Put("moss", "Moss", "Moss grows on the north side.");
  const auto result =
      core_->Search(TenantId(0), "default", {.query = "Moss"}, token);
  ASSERT_TRUE(result.ok());
  ASSERT_FALSE(result->hits.empty());
  EXPECT_EQ(result->hits[0].document, "moss");
}

TEST_F(QueryCoreTest, PackingObeysTheTokenBudget) {
  const SearchResult all = Search({.query = "river bread town painter"});
  const SearchResult packed =
      Search({.query = "river bread town painter", .token_budget = 20});
  std::uint32_t tokens = 0;
  for (const Hit& hit : packed.hits) tokens += hit.tokens;
  EXPECT_LE(tokens, 20U);
  EXPECT_GE(packed.hits.size(), 1U);
  EXPECT_LT(packed.hits.size(), all.hits.size());
}

TEST_F(QueryCoreTest, CallersErrorsAreTold) {
  EXPECT_EQ(core_->Search(TenantId(0), "default", {.query = " "}, Sequence(0))
                .status()
                .code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(core_->Search(TenantId(0), "no", {.query = "x"}, Sequence(0))
                .status()
                .code(),
            StatusCode::kNotFound);
  EXPECT_EQ(core_->Search(TenantId(5), "default", {.query = "x"}, Sequence(0))
                .status()
                .code(),
            StatusCode::kNotFound);
}

TEST_F(QueryCoreTest, AnswersCarryCitationsThatEqualTheStoredBytes) {
  const auto answer = core_->AnswerQuestion(
      TenantId(0), "default",
      {.search = {.query = "How long is the Grey River?"}}, Sequence(0), {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_FALSE(answer->sentences.empty());
  for (const AnswerSentence& sentence : answer->sentences) {
    ASSERT_FALSE(sentence.citations.empty());
    EXPECT_EQ(sentence.verdict, Verdict::kSupported);
    for (const Citation& citation : sentence.citations) {
      const auto collection =
          FindCollection(*store_->Pin(), TenantId(0), "default");
      const auto text = LoadText(*store_->Pin(), collection->key,
                                 DocumentKeyOf(citation.document));
      EXPECT_EQ(citation.span.Of(*text), citation.quote);
      EXPECT_EQ(Sha256Hex(citation.quote), citation.quote_sha256);
    }
  }
}

TEST_F(QueryCoreTest, ASentenceThatItsQuotesDoNotCarryNeverLeaves) {
  generator_.lie = "The Grey River is 950 km long.";
  const auto answer = core_->AnswerQuestion(
      TenantId(0), "default",
      {.search = {.query = "How long is the Grey River?"}}, Sequence(0), {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->sentences.empty());
  EXPECT_TRUE(answer->abstained);
}

TEST(VerifySentence, RefusesNumbersAndNamesThatAreNotQuoted) {
  const std::vector<std::string> quotes = {"Orel has 400 houses."};
  EXPECT_EQ(VerifySentence("Orel has 400 houses.", quotes),
            Verdict::kSupported);
  EXPECT_NE(VerifySentence("Orel has 401 houses.", quotes),
            Verdict::kSupported);
  EXPECT_NE(VerifySentence("In Orel, Mina Vance has 400 houses.", quotes),
            Verdict::kSupported);
}

}  // namespace
}  // namespace cairn
