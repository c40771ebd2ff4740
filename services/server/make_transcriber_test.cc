#include "services/server/make_transcriber.h"

#include <gtest/gtest.h>

#include "models/remote/loopback_server_for_test.h"

namespace cairn {
namespace {

TEST(MakeTranscriber, MakesNoneWhenNoneIsNamed) {
  const auto made = MakeTranscriber({}, Limits());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(*made, nullptr);
}

TEST(MakeTranscriber, AModelWithoutAnAddressIsAMistake) {
  EXPECT_EQ(
      ReasonOf(MakeTranscriber({.url = "", .model = "small", .key_file = ""},
                               Limits())
                   .status()),
      "BAD_CONFIGURATION");
  EXPECT_EQ(ReasonOf(MakeTranscriber({.url = "ftp://a/b"}, Limits()).status()),
            "BAD_URL");
}

TEST(MakeTranscriber, AnAddressIsAServerThatHears) {
  const LoopbackServer server([](const TestRequest&) {
    return TestReply{
        .body = R"({"segments":[{"start":0,"end":1,"text":"Hello."}]})"};
  });
  const auto made = MakeTranscriber(
      {.url = server.Url("/v1/audio/transcriptions"), .model = "small"},
      Limits());
  ASSERT_TRUE(made.ok()) << made.status();
  const auto transcript = (*made)->Transcribe({.bytes = "x", .ending = "wav"},
                                              Deadline::Infinite());
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->segments.size(), 1U);
}

}  // namespace
}  // namespace cairn
