#include "documents/formats/subtitles/subtitles_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

TEST(SubtitlesParser, JoinsCuesOfASpeaker) {
  const ParsedDocument document = ParseOk(
      "WEBVTT - Talk\n\nNOTE no\nno\n\nSTYLE\n::cue {}\n\nid-1\n00:11.000 --> "
      "00:13.000 align:right\n<v Ann>We &amp; you\n<i>are</i> here\n\n"
      "00:13.500 --> 00:14.000\n<v.loud Ann>today.</v>\n\n01:00:14.000 --> "
      "01:00:15.000\n<v Bo>Yes\n",
      "");
  EXPECT_EQ(Outline(document),
            "paragraph [0:00:11 - 0:00:14] Ann: We & you are here today.|"
            "paragraph [1:00:14 - 1:00:15] Bo: Yes");
  EXPECT_EQ(document.title, "Talk");
}

TEST(SubtitlesParser, ReadsSubRip) {
  EXPECT_EQ(Outline(ParseOk("1\r\n00:00:01,500 --> 00:00:02,000\r\n{\\an8}One "
                            "<\r\ntwo\r\n\r\n2\r\n00:00:09,000 --> "
                            "00:00:10,000\r\n<font color=red>three</font>\r\n",
                            "", "a.srt")),
            "paragraph [0:00:01 - 0:00:02] One < two|"
            "paragraph [0:00:09 - 0:00:10] three");
}

TEST(SubtitlesParser, BlocksHaveTheTimesOfTheirCues) {
  const ParsedDocument document = ParseOk(
      "WEBVTT\n\n00:01.000 --> 00:02.500\nOne.\n\n00:03.000 --> "
      "00:04.000\nTwo.\n\n00:09.000 --> 00:08.000\nThree.\n",
      "text/vtt");
  ASSERT_EQ(document.blocks.size(), 2U);
  EXPECT_EQ(document.blocks[0].time, (TimeRange{1000, 4000}));
  // Ends that come before their beginnings do not count.
  EXPECT_EQ(document.blocks[1].time, (TimeRange{9000, 9000}));
}

TEST(SubtitlesParser, SaysWhenThereIsNoCue) {
  EXPECT_EQ(ParseReason("some text", "", "a.srt"), "NO_CUES");
  EXPECT_EQ(ParseReason("1\n99 --> x\ntext", "", "a.srt"), "NO_CUES");
  EXPECT_EQ(ParseReason("WEBVTT\n\n00:01.0 --> 00:02.0\n<b></b>\n", ""),
            "EMPTY_DOCUMENT");
}

}  // namespace
}  // namespace cairn
