#include "models/remote/remote_transcriber.h"

#include <gtest/gtest.h>

#include <string>

#include "models/remote/loopback_server_for_test.h"

namespace cairn {
namespace {

// What servers of Whisper answer, shortened.
constexpr std::string_view kReply =
    R"({"task":"transcribe","language":"english","duration":9.5,"text":"a b",)"
    R"("segments":[{"id":1,"start":4.25,"end":9.5,"text":" The tower stands."},)"
    R"({"id":0,"start":0.0,"end":4.2,"text":" Good morning.","speaker":"A"}]})";

StatusOr<Transcript> Ask(const std::string& reply, TestRequest* sent = nullptr,
                         RemoteTranscriberOptions options = {}) {
  const LoopbackServer server([&](const TestRequest& request) {
    if (sent != nullptr) *sent = request;
    return TestReply{.body = reply};
  });
  options.http.url = server.Url("/v1/audio/transcriptions");
  auto transcriber = MakeRemoteTranscriber(options);
  if (!transcriber.ok()) return transcriber.status();
  return (*transcriber)
      ->Transcribe({.bytes = "ID3bytes", .ending = "mp3"},
                   Deadline::Infinite());
}

TEST(RemoteTranscriber, GivesSegmentsInOrderWithTheirTimes) {
  const auto transcript = Ask(std::string(kReply));
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->language, "en");
  ASSERT_EQ(transcript->segments.size(), 2U);
  EXPECT_EQ(transcript->segments[0].text, " Good morning.");
  EXPECT_EQ(transcript->segments[0].speaker, "A");
  EXPECT_EQ(transcript->segments[1].time, (TimeRange{4250, 9500}));
}

TEST(RemoteTranscriber, SendsTheFileAsAFormWithoutItsName) {
  TestRequest sent;
  RemoteTranscriberOptions options;
  options.model = "small";
  options.http.key = "very-secret";
  ASSERT_TRUE(Ask(std::string(kReply), &sent, options).ok());
  EXPECT_NE(sent.head.find("multipart/form-data; boundary=cairn-"),
            std::string::npos);
  EXPECT_NE(sent.head.find("Authorization: Bearer very-secret"),
            std::string::npos);
  EXPECT_NE(sent.body.find("name=\"model\"\r\n\r\nsmall\r\n"),
            std::string::npos);
  EXPECT_NE(sent.body.find("name=\"response_format\"\r\n\r\nverbose_json\r\n"),
            std::string::npos);
  EXPECT_NE(sent.body.find("filename=\"recording.mp3\""), std::string::npos);
  EXPECT_NE(sent.body.find("\r\n\r\nID3bytes\r\n--cairn-"), std::string::npos);
}

TEST(RemoteTranscriber, TakesAServerThatKnowsNoSegments) {
  const auto transcript =
      Ask(R"({"text":"All of it.","duration":3.5,"language":"xx-?"})");
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  ASSERT_EQ(transcript->segments.size(), 1U);
  EXPECT_EQ(transcript->segments[0].time, (TimeRange{0, 3500}));
  EXPECT_EQ(transcript->language, "");
}

TEST(RemoteTranscriber, SilenceHasNoSegments) {
  const auto transcript = Ask(R"({"text":"","duration":1,"segments":[]})");
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_TRUE(transcript->segments.empty());
}

TEST(RemoteTranscriber, RefusesWhatIsNoTranscript) {
  for (const char* reply :
       {"", "[]", "{}", R"({"text":"no times"})",
        R"({"segments":[{"text":"a"}]})", R"({"segments":[1]})",
        R"({"segments":[{"start":-1,"end":2,"text":"a"}]})",
        R"({"segments":[{"start":1e300,"end":2,"text":"a"}]})"}) {
    EXPECT_EQ(ReasonOf(Ask(reply).status()), "BAD_REPLY") << reply;
  }
}

TEST(RemoteTranscriber, NoTimeLeftIsAnError) {
  const LoopbackServer server(
      [](const TestRequest&) { return TestReply{.body = "{}"}; });
  RemoteTranscriberOptions options;
  options.http.url = server.Url("/");
  const auto transcriber = MakeRemoteTranscriber(options);
  ASSERT_TRUE(transcriber.ok());
  const auto transcript =
      (*transcriber)
          ->Transcribe({.bytes = "x", .ending = "wav"}, Deadline::After({}));
  EXPECT_EQ(transcript.status().code(), StatusCode::kDeadlineExceeded);
}

TEST(RemoteTranscriber, TheKeyStandsInNoIdentityAndNoMessage) {
  const LoopbackServer server(
      [](const TestRequest&) { return TestReply{.status = 401, .body = "?"}; });
  RemoteTranscriberOptions options;
  options.http.url = server.Url("/v1/audio/transcriptions?token=hidden");
  options.http.key = "very-secret";
  const auto transcriber = MakeRemoteTranscriber(options);
  ASSERT_TRUE(transcriber.ok());
  const auto failed =
      (*transcriber)
          ->Transcribe({.bytes = "x", .ending = "wav"}, Deadline::Infinite());
  EXPECT_EQ(failed.status().code(), StatusCode::kUnauthenticated);
  for (const std::string& text :
       {(*transcriber)->id(), failed.status().ToString()}) {
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    EXPECT_EQ(text.find("hidden"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace cairn
