#include "services/server/make_describer.h"

#include <gtest/gtest.h>

#include "models/remote/loopback_server_for_test.h"

namespace cairn {
namespace {

TEST(MakeDescriber, MakesNoneWhenNoneIsNamed) {
  const auto made = MakeDescriber({}, Limits());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(*made, nullptr);
}

TEST(MakeDescriber, HalfOfAConfigurationIsAMistake) {
  EXPECT_EQ(ReasonOf(MakeDescriber({.model = "llava"}, Limits()).status()),
            "BAD_CONFIGURATION");
  EXPECT_EQ(
      ReasonOf(
          MakeDescriber({.url = "http://127.0.0.1:1/"}, Limits()).status()),
      "BAD_CONFIGURATION");
  EXPECT_EQ(
      ReasonOf(MakeDescriber({.url = "ftp://a/b", .model = "llava"}, Limits())
                   .status()),
      "BAD_URL");
}

TEST(MakeDescriber, AnAddressIsAServerThatSees) {
  const LoopbackServer server([](const TestRequest&) {
    return TestReply{.body =
                         R"({"choices":[{"message":{"content":"A tower."}}]})"};
  });
  const auto made = MakeDescriber(
      {.url = server.Url("/v1/chat/completions"), .model = "llava"}, Limits());
  ASSERT_TRUE(made.ok()) << made.status();
  const auto text = (*made)->Describe({.bytes = "x", .media_type = "image/png"},
                                      Deadline::Infinite());
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(*text, "A tower.");
}

}  // namespace
}  // namespace cairn
