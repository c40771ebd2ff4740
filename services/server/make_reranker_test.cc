#include "services/server/make_reranker.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "models/onnx/tiny_network_for_test.h"
#include "models/remote/loopback_server_for_test.h"

namespace cairn {
namespace {

std::string FolderOf(const std::string& name) {
  return std::string(CAIRN_BINARY_DIR) + "/make_reranker_test/" + name;
}

const std::vector<std::string> kPassages = {"river water", "grey stone"};

TEST(MakeReranker, MakesNoneWhenNoneIsNamed) {
  const auto made = MakeReranker({});
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(*made, nullptr);
}

TEST(MakeReranker, AFolderIsACrossEncoder) {
  WriteTinyModel(FolderOf("model"), {});
  const auto made = MakeReranker({.place = FolderOf("model")});
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ((*made)->id().substr(0, 5), "tiny@");
  const auto scores = (*made)->Score("stone", kPassages, Deadline::Infinite());
  ASSERT_TRUE(scores.ok()) << scores.status();
  EXPECT_LT((*scores)[0], (*scores)[1]);
}

TEST(MakeReranker, AFolderWithoutAModelIsToldAtOnce) {
  EXPECT_EQ(ReasonOf(MakeReranker({.place = FolderOf("absent")}).status()),
            "MODEL_MISSING");
}

TEST(MakeReranker, ANetworkThatCannotBeLoadedFailsEverySearch) {
  WriteTinyModel(FolderOf("damaged"), {});
  std::ofstream(FolderOf("damaged") + "/model.onnx") << "damaged";
  const auto made = MakeReranker({.place = FolderOf("damaged")});
  ASSERT_TRUE(made.ok());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(
        ReasonOf((*made)->Score("q", kPassages, Deadline::Infinite()).status()),
        "MODEL_MISMATCH");
  }
}

// The head that a server with this configuration sees.
std::string HeadSeen(RerankerConfig config) {
  std::string head;
  LoopbackServer server([&](const TestRequest& request) {
    head = request.head;
    return TestReply{.body = R"([{"index":0,"score":0.1},
                                 {"index":1,"score":0.9}])"};
  });
  config.place = server.Url("/rerank");
  const auto made = MakeReranker(config);
  EXPECT_TRUE(made.ok()) << made.status();
  if (!made.ok()) return {};
  const auto scores = (*made)->Score("q", kPassages, Deadline::Infinite());
  EXPECT_TRUE(scores.ok()) << scores.status();
  return head;
}

TEST(MakeReranker, AnAddressIsAServerAndItsKeyComesFromFileOrEnvironment) {
  ::unsetenv("CAIRN_RERANKER_KEY");
  EXPECT_EQ(HeadSeen({}).find("Authorization"), std::string::npos);
  ::setenv("CAIRN_RERANKER_KEY", "from-environment", 1);
  EXPECT_NE(HeadSeen({}).find("Bearer from-environment\r\n"),
            std::string::npos);
  const std::string file = testing::TempDir() + "/cairn_reranker_key";
  std::ofstream(file) << "from-file\n";
  EXPECT_NE(HeadSeen({.key_file = file}).find("Bearer from-file\r\n"),
            std::string::npos);
  ::unsetenv("CAIRN_RERANKER_KEY");
  EXPECT_EQ(MakeReranker({.place = "https://example.org/",
                          .key_file = FolderOf("no-key")})
                .status()
                .code(),
            StatusCode::kNotFound);
}

TEST(MakeReranker, RefusesOptionsOfAnAddressWithoutOne) {
  for (const RerankerConfig& config : std::vector<RerankerConfig>{
           {.model = "m"},
           {.place = FolderOf("model"), .logits = true},
           {.place = FolderOf("model"), .texts_form = true}}) {
    EXPECT_EQ(ReasonOf(MakeReranker(config).status()), "BAD_CONFIGURATION");
  }
  EXPECT_EQ(ReasonOf(MakeReranker({.place = "ftp://host/"}).status()),
            "BAD_URL");
}

}  // namespace
}  // namespace cairn
