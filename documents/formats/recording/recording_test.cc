#include <gtest/gtest.h>

#include <string>

#include "documents/formats/recording/transcript_writer.h"
#include "documents/parse_for_test.h"
#include "documents/sniff_recording.h"

namespace cairn {
namespace {

using namespace std::string_view_literals;

TEST(Recording, IsKnownByItsBytes) {
  EXPECT_EQ(SniffRecording("RIFF\1\0\0\0WAVEfmt "sv), "wav");
  EXPECT_EQ(SniffRecording("RIFF\1\0\0\0WEBPVP8 "sv), "");
  EXPECT_EQ(SniffRecording("ID3\4\0\0\0\0\0\0\0\0"sv), "mp3");
  EXPECT_EQ(SniffRecording("\xff\xfb\x90\x64\0\0\0\0\0\0\0\0"sv), "mp3");
  EXPECT_EQ(SniffRecording("\xff\xfeh\0e\0l\0l\0o\0"sv), "");
  EXPECT_EQ(SniffRecording("\0\0\0\x20"
                           "ftypisom\0\0\2\0"sv),
            "mp4");
  EXPECT_EQ(SniffRecording("\0\0\0\x20"
                           "ftypheic\0\0\0\0"sv),
            "");
  EXPECT_EQ(SniffRecording("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x84"
                           "webm"sv),
            "webm");
  EXPECT_EQ(SniffRecording("ID3 tags are a way to name songs."), "");
}

TEST(Recording, WithoutATranscriberTheReasonAndTheRemedyAreTold) {
  EXPECT_EQ(ParseReason("RIFF\1\0\0\0WAVEfmt \x10\0\0\0"sv, "audio/wav"),
            "NO_TRANSCRIBER");
  EXPECT_EQ(ParseReason("fLaC\0\0\0\x22\x10\0\x10\0"sv, "", "a.flac"),
            "NO_TRANSCRIBER");
}

TEST(Recording, ATranscriptBecomesParagraphsWithTimes) {
  const Transcript transcript{
      .segments = {{{0, 4200}, " Good morning.", ""},
                   {{4250, 9500}, " The tower stands.", ""},
                   {{20'000, 21'000}, " It is\tnew.\xff", ""},
                   {{21'000, 22'000}, "Yes.", "B"}},
      .language = "en"};
  const auto document = WriteTranscript(transcript, "x", Limits());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(FindBreach(*document), "");
  EXPECT_EQ(Outline(*document),
            "paragraph [0:00:00 - 0:00:09] Good morning. The tower stands.|"
            "paragraph [0:00:20 - 0:00:21] It is new.\xef\xbf\xbd|"
            "paragraph [0:00:21 - 0:00:22] B: Yes.");
  EXPECT_EQ(document->blocks[0].time, (TimeRange{0, 9500}));
  EXPECT_EQ(document->blocks[1].time, (TimeRange{20'000, 21'000}));
  EXPECT_EQ(document->format, "recording");
  EXPECT_EQ(document->language, "en");
}

TEST(Recording, SilenceIsAnError) {
  for (const Transcript& transcript :
       {Transcript(),
        Transcript{.segments = {{{0, 5}, "  ", ""}}, .language = "en"}}) {
    EXPECT_EQ(ReasonOf(WriteTranscript(transcript, "x", Limits()).status()),
              "NOTHING_SAID");
  }
}

TEST(Recording, SmallLimitsAreKept) {
  Limits limits;
  limits.blocks_max = 1;
  const Transcript transcript{
      .segments = {{{0, 10}, "One.", ""}, {{90'000, 91'000}, "Two.", ""}},
      .language = ""};
  EXPECT_EQ(ReasonOf(WriteTranscript(transcript, "x", limits).status()),
            "TOO_MANY_BLOCKS");
}

}  // namespace
}  // namespace cairn
