#include "models/remote/remote_reranker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "models/fake/fake_reranker.h"
#include "models/remote/loopback_server_for_test.h"
#include "tests/contract/reranker_contract.h"

namespace cairn {
namespace {

using Json = nlohmann::json;

// A server of rerankers in both forms, best first as real ones: what the fake
// says of the texts.
TestReply Rerank(const TestRequest& request) {
  const Json json = Json::parse(request.body);
  const bool texts = json.contains("texts");
  const auto passages =
      json.at(texts ? "texts" : "documents").get<std::vector<std::string>>();
  const auto scores = FakeReranker()
                          .Score(json.at("query").get<std::string>(), passages,
                                 Deadline::Infinite())
                          .value();
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    order.emplace_back(-scores[i], i);
  }
  std::sort(order.begin(), order.end());
  Json list = Json::array();
  for (const auto& [score, index] : order) {
    list.push_back(
        {{"index", index}, {texts ? "score" : "relevance_score", -score}});
  }
  return {.body = texts ? list.dump() : Json{{"results", list}}.dump()};
}

std::unique_ptr<Reranker> Open(const LoopbackServer& server,
                               RemoteRerankerOptions options = {}) {
  options.http.url = server.Url("/v1/rerank");
  options.http.backoff = std::chrono::milliseconds(1);
  auto made = MakeRemoteReranker(options);
  EXPECT_TRUE(made.ok()) << made.status();
  return made.ok() ? std::move(made).value() : nullptr;
}

const LoopbackServer& SharedServer() {
  static const LoopbackServer server(&Rerank);
  return server;
}
const Reranker* InDocuments() {
  static const auto reranker = Open(SharedServer(), {.model = "small"});
  return reranker.get();
}
const Reranker* InTexts() {
  static const auto reranker =
      Open(SharedServer(), {.form = RerankForm::kTexts});
  return reranker.get();
}

INSTANTIATE_TEST_SUITE_P(Remote, RerankerContract,
                         testing::Values(&InDocuments, &InTexts));

// What the server sees and what comes of its answer.
struct Exchange {
  std::vector<Json> requests;
  StatusOr<std::vector<double>> scores = std::vector<double>();
};

Exchange Ask(const std::vector<std::string>& passages, const std::string& reply,
             const RemoteRerankerOptions& options = {}) {
  Exchange exchange;
  LoopbackServer server([&](const TestRequest& request) {
    exchange.requests.push_back(Json::parse(request.body));
    return TestReply{.body = reply};
  });
  exchange.scores =
      Open(server, options)->Score("q", passages, Deadline::Infinite());
  return exchange;
}

TEST(RemoteReranker, AsksInTheFormOfItsServer) {
  const std::vector<std::string> passages = {"a", "b"};
  const std::string list =
      R"([{"index":1,"score":0.9},{"index":0,"score":0.1}])";
  const Exchange documents =
      Ask(passages, R"({"results":)" + list + "}", {.model = "m"});
  ASSERT_EQ(documents.requests.size(), 1U);
  EXPECT_EQ(documents.requests[0], (Json{{"model", "m"},
                                         {"query", "q"},
                                         {"documents", {"a", "b"}},
                                         {"top_n", 2}}));
  ASSERT_TRUE(documents.scores.ok()) << documents.scores.status();
  EXPECT_EQ(*documents.scores, (std::vector<double>{0.1, 0.9}));
  const Exchange texts = Ask(passages, list, {.form = RerankForm::kTexts});
  ASSERT_EQ(texts.requests.size(), 1U);
  EXPECT_EQ(texts.requests[0],
            (Json{{"query", "q"}, {"texts", {"a", "b"}}, {"truncate", true}}));
  EXPECT_EQ(*texts.scores, (std::vector<double>{0.1, 0.9}));
}

TEST(RemoteReranker, TurnsLogitsIntoProbabilities) {
  const std::string reply =
      R"({"results":[{"index":0,"relevance_score":-3.5}]})";
  const Exchange logits = Ask({"a"}, reply, {.logits = true});
  ASSERT_TRUE(logits.scores.ok());
  EXPECT_NEAR((*logits.scores)[0], 1 / (1 + std::exp(3.5)), 1e-12);
  const Status status = Ask({"a"}, reply).scores.status();
  EXPECT_EQ(ReasonOf(status), "SCORES_OUT_OF_RANGE");
  EXPECT_NE(MessageOf(status).find("--reranker-logits"), std::string::npos);
}

TEST(RemoteReranker, RefusesRepliesItCannotTrust) {
  for (const std::string reply :
       {"", "no json", "{}", "null", R"({"results":3})", "[]",
        R"([{"index":0,"score":0.5}])",  // Leaves the second one out.
        R"([{"index":2,"score":0.5}])", R"([{"index":-1,"score":0.5}])",
        R"([{"score":0.5}])", R"([{"index":0}])", R"([7])",
        R"([{"index":0,"score":"high"},{"index":1,"score":0.5}])",
        R"([{"index":0,"score":0.5},{"index":0,"score":0.6}])"}) {
    const Status status = Ask({"a", "b"}, reply).scores.status();
    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition) << reply;
    EXPECT_EQ(ReasonOf(status), "BAD_REPLY") << reply;
  }
}

TEST(RemoteReranker, SendsFewPassagesAtATimeAndCutsLongOnes) {
  std::vector<std::size_t> sizes;
  std::size_t longest = 0;
  LoopbackServer server([&](const TestRequest& request) {
    const Json json = Json::parse(request.body);
    sizes.push_back(json["documents"].size());
    for (const auto& text : json["documents"]) {
      longest = std::max(longest, text.get<std::string>().size());
    }
    return Rerank(request);
  });
  std::vector<std::string> passages(70, "stone");
  passages[3] = std::string(100'000, 'x');
  const auto scores =
      Open(server)->Score("stone", passages, Deadline::Infinite());
  ASSERT_TRUE(scores.ok()) << scores.status();
  EXPECT_EQ(sizes, (std::vector<std::size_t>{32, 32, 6}));
  EXPECT_EQ(longest, 32U << 10);
}

TEST(RemoteReranker, KeepsWhatWasJudgedWhenTheTimeIsUp) {
  // The second slice's answer never comes in time: the first one is kept.
  int requests = 0;
  LoopbackServer server([&](const TestRequest& request) {
    if (++requests == 1) return Rerank(request);
    return TestReply{.status = 503, .headers = "Retry-After: 4000\r\n"};
  });
  RemoteRerankerOptions options;
  options.http.retry_after_max = std::chrono::hours(2);
  const std::vector<std::string> passages(40, "stone");
  const auto scores =
      Open(server, options)
          ->Score("stone", passages, Deadline::After(std::chrono::minutes(5)));
  ASSERT_TRUE(scores.ok()) << scores.status();
  EXPECT_EQ(scores->size(), 32U);
}

TEST(RemoteReranker, IsNamedByModelAndAddress) {
  EXPECT_EQ(InDocuments()->id(),
            "small at " + SharedServer().Url("/v1/rerank"));
  EXPECT_EQ(InTexts()->id(), SharedServer().Url("/v1/rerank"));
}

}  // namespace
}  // namespace cairn
