#include "models/remote/remote_picture_describer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "models/remote/loopback_server_for_test.h"

namespace cairn {
namespace {

constexpr std::string_view kReply =
    R"({"id":"c","choices":[{"index":0,"message":{"role":"assistant",)"
    R"("content":"A red lighthouse."},"finish_reason":"stop"}]})";

RemotePictureDescriberOptions Options() {
  RemotePictureDescriberOptions options;
  options.model = "llava";
  return options;
}

StatusOr<std::string> Ask(const std::string& reply, TestRequest* sent = nullptr,
                          RemotePictureDescriberOptions options = Options(),
                          std::string_view bytes = "\x89PNG") {
  const LoopbackServer server([&](const TestRequest& request) {
    if (sent != nullptr) *sent = request;
    return TestReply{.body = reply};
  });
  options.http.url = server.Url("/v1/chat/completions");
  auto describer = MakeRemotePictureDescriber(options);
  if (!describer.ok()) return describer.status();
  return (*describer)
      ->Describe({.bytes = bytes, .media_type = "image/png"},
                 Deadline::Infinite());
}

TEST(RemotePictureDescriber, GivesTheAnswer) {
  const auto text = Ask(std::string(kReply));
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(*text, "A red lighthouse.");
  const auto parts =
      Ask(R"({"choices":[{"message":{"content":[{"type":"text","text":"A "},)"
          R"({"type":"other"},7,{"type":"text","text":"tower."}]}}]})");
  ASSERT_TRUE(parts.ok()) << parts.status();
  EXPECT_EQ(*parts, "A tower.");
  const auto silent = Ask(R"({"choices":[{"message":{"content":null}}]})");
  ASSERT_TRUE(silent.ok()) << silent.status();
  EXPECT_EQ(*silent, "");
}

TEST(RemotePictureDescriber, SendsThePictureInsideTheQuestion) {
  TestRequest sent;
  RemotePictureDescriberOptions options = Options();
  options.http.key = "very-secret";
  ASSERT_TRUE(Ask(std::string(kReply), &sent, options).ok());
  EXPECT_NE(sent.head.find("Authorization: Bearer very-secret"),
            std::string::npos);
  const auto body = nlohmann::json::parse(sent.body, nullptr, false);
  ASSERT_TRUE(body.is_object());
  EXPECT_EQ(body["model"], "llava");
  ASSERT_EQ(body["messages"].size(), 1U);
  const auto& content = body["messages"][0]["content"];
  ASSERT_EQ(content.size(), 2U);
  EXPECT_EQ(content[0]["type"], "text");
  EXPECT_EQ(content[1]["type"], "image_url");
  EXPECT_EQ(content[1]["image_url"]["url"], "data:image/png;base64,iVBORw==");
}

TEST(RemotePictureDescriber, BytesOfEveryLengthAreEncoded) {
  for (const auto& [bytes, text] :
       {std::pair<std::string, std::string>{"a", "YQ=="},
        {"ab", "YWI="},
        {"abc", "YWJj"},
        {"\xff\xfe\xfd\xfc", "//79/A=="}}) {
    TestRequest sent;
    ASSERT_TRUE(Ask(std::string(kReply), &sent, Options(), bytes).ok());
    EXPECT_NE(sent.body.find("base64," + text + "\""), std::string::npos)
        << sent.body;
  }
}

TEST(RemotePictureDescriber, RefusesWhatIsNoAnswer) {
  for (const char* reply :
       {"", "[]", "{}", R"({"choices":[]})", R"({"choices":[1]})",
        R"({"choices":[{"message":7}]})", R"({"choices":[{"message":{}}]})"}) {
    EXPECT_EQ(ReasonOf(Ask(reply).status()), "BAD_REPLY") << reply;
  }
}

TEST(RemotePictureDescriber, AModelThatDeclinesIsNoDescription) {
  EXPECT_EQ(
      ReasonOf(Ask(R"({"choices":[{"message":{"content":"","refusal":"no"}}]})")
                   .status()),
      "PICTURE_DECLINED");
  EXPECT_EQ(ReasonOf(Ask(R"({"choices":[{"message":{"content":""},)"
                         R"("finish_reason":"content_filter"}]})")
                         .status()),
            "PICTURE_DECLINED");
}

TEST(RemotePictureDescriber, LongAnswersAreCut) {
  const std::string lines(3 * kDescriptionBytesMax, 'a');
  const auto text =
      Ask(R"({"choices":[{"message":{"content":")" + lines + R"("}}]})");
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(text->size(), kDescriptionBytesMax);
}

TEST(RemotePictureDescriber, AModelMustBeNamed) {
  for (const char* model : {"", "a\r\nb"}) {
    EXPECT_EQ(
        ReasonOf(MakeRemotePictureDescriber(
                     {.http = {.url = "http://127.0.0.1:1/"}, .model = model})
                     .status()),
        "BAD_CONFIGURATION");
  }
}

TEST(RemotePictureDescriber, NoTimeLeftIsAnError) {
  RemotePictureDescriberOptions options = Options();
  options.http.url = "http://127.0.0.1:1/";
  const auto describer = MakeRemotePictureDescriber(options);
  ASSERT_TRUE(describer.ok());
  EXPECT_EQ((*describer)
                ->Describe({.bytes = "x", .media_type = "image/png"},
                           Deadline::After({}))
                .status()
                .code(),
            StatusCode::kDeadlineExceeded);
}

TEST(RemotePictureDescriber, TheKeyStandsInNoIdentityAndNoMessage) {
  const LoopbackServer server(
      [](const TestRequest&) { return TestReply{.status = 401, .body = "?"}; });
  RemotePictureDescriberOptions options = Options();
  options.http.url = server.Url("/v1/chat/completions?token=hidden");
  options.http.key = "very-secret";
  const auto describer = MakeRemotePictureDescriber(options);
  ASSERT_TRUE(describer.ok());
  const auto failed = (*describer)
                          ->Describe({.bytes = "x", .media_type = "image/png"},
                                     Deadline::Infinite());
  EXPECT_EQ(failed.status().code(), StatusCode::kUnauthenticated);
  EXPECT_EQ((*describer)->name(), "llava");
  for (const std::string& text :
       {(*describer)->id(), failed.status().ToString()}) {
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    EXPECT_EQ(text.find("hidden"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace cairn
