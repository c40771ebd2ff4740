#include "services/ingestion/read_film.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <utility>
#include <vector>

#include "documents/formats/film/film_for_test.h"
#include "documents/frames/codec_libraries.h"
#include "documents/frames/coded_frame_for_test.h"
#include "documents/frames/frame_codec.h"
#include "documents/parse_for_test.h"
#include "models/fake/fake_transcriber.h"

namespace cairn {
namespace {

using film::BoxOf;
using film::MakeMp4;
using film::Number;
using film::SeenEntry;
using film::TestTrack;
using film::TimedText;

// Says another thing of each picture, or what it was told to.
class CountingDescriber final : public PictureDescriber {
 public:
  explicit CountingDescriber(std::vector<StatusOr<std::string>> answers = {})
      : answers_(std::move(answers)) {}
  const std::string& id() const override { return id_; }
  const std::string& name() const override { return name_; }
  StatusOr<std::string> Describe(const PictureToDescribe& picture,
                                 const Deadline& deadline) const override {
    EXPECT_EQ(picture.media_type, "image/jpeg");
    if (deadline.expired()) return DeadlineExceededError("late", "LATE");
    ++calls;
    if (calls <= answers_.size()) return answers_[calls - 1];
    return "Corner " + std::to_string(calls) + ".";
  }
  mutable std::size_t calls = 0;

 private:
  const std::vector<StatusOr<std::string>> answers_;
  const std::string id_ = "eye at nowhere", name_ = "eye";
};

TestTrack Sound() {
  return {.number = 1,
          .handler = "soun",
          .codec = "mp4a",
          .samples = {{1000, "heard"}}};
}

TestTrack Subtitles() {
  return {.number = 2,
          .handler = "sbtl",
          .codec = "tx3g",
          .samples = {{1000, TimedText("Written.")}}};
}

std::string Title() {
  return BoxOf(
      "udta",
      BoxOf("meta",
            Number(0, 4) +
                BoxOf("ilst", BoxOf("\xa9nam",
                                    BoxOf("data", Number(1, 4) + Number(0, 4) +
                                                      "Kites")))));
}

StatusOr<ParsedDocument> Read(std::string bytes, ReadingTools tools) {
  tools.parser_program = CAIRN_PARSER_PROCESS;
  StatusOr<ParsedDocument> document =
      ReadFilm(tools, {.id = "a", .title = "", .bytes = std::move(bytes)});
  if (document.ok()) {
    EXPECT_EQ(FindBreach(*document), "");
  }
  return document;
}

class ReadFilmTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = frames::LoadCodecs();
    if (!loaded.ok()) {
      GTEST_SKIP() << "no libavcodec: descriptions of films were NOT tested: "
                   << loaded.status();
    }
    codecs_ = *loaded;
  }
  // Two pictures, each shown for 30 seconds.
  TestTrack Pictures() const {
    TestTrack seen{.number = 9,
                   .handler = "vide",
                   .codec = "jpeg",
                   .entry = SeenEntry(64, 48, "")};
    for (const unsigned corner : {1U, 2U}) {
      const auto jpeg =
          frames::EncodeJpeg(*codecs_, frames::PictureWithCorner(corner));
      EXPECT_TRUE(jpeg.ok()) << jpeg.status();
      seen.samples.push_back({30'000, jpeg.ok() ? *jpeg : ""});
    }
    return seen;
  }

  const frames::CodecLibraries* codecs_ = nullptr;
};

TEST_F(ReadFilmTest, WhatIsSeenStandsBehindWhatIsWritten) {
  const CountingDescriber describer;
  const auto film =
      Read(MakeMp4({Pictures(), Subtitles()}), {.describer = &describer});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(Outline(*film),
            "paragraph [0:00:00 - 0:00:01] Written.|"
            "heading1 Description by eye|"
            "paragraph [0:00:00 - 0:00:30] Corner 1.|"
            "paragraph [0:00:30 - 0:01:00] Corner 2.");
  EXPECT_EQ(film->blocks[3].time, (TimeRange{30'000, 60'000}));
  EXPECT_EQ(film->properties.at("described_by"), "eye at nowhere");
  EXPECT_EQ(film->warnings.size(), 1U);
}

TEST_F(ReadFilmTest, AFilmThatIsOnlySeenIsADocument) {
  const CountingDescriber describer;
  const auto film =
      Read(MakeMp4({Pictures()}, Title()), {.describer = &describer});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(Outline(*film),
            "heading1 Description by eye|"
            "paragraph [0:00:00 - 0:00:30] Corner 1.|"
            "paragraph [0:00:30 - 0:01:00] Corner 2.");
  EXPECT_EQ(film->format, "film");
  EXPECT_EQ(film->title, "Kites");
  EXPECT_EQ(film->properties.at("duration"), "0:01:00");
}

TEST_F(ReadFilmTest, OfSoundThatIsNotHeardIsWarned) {
  const CountingDescriber describer;
  const auto film =
      Read(MakeMp4({Pictures(), Sound()}), {.describer = &describer});
  ASSERT_TRUE(film.ok()) << film.status();
  ASSERT_EQ(film->warnings.size(), 2U);
  EXPECT_NE(film->warnings[0].find("--transcriber"), std::string::npos);
}

TEST_F(ReadFilmTest, MusicIsNoReasonNotToLook) {
  const CountingDescriber describer;
  const FakeTranscriber transcriber({});
  const auto film =
      Read(MakeMp4({Pictures(), Sound()}),
           {.transcriber = &transcriber, .describer = &describer});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(film->blocks.size(), 3U);
  EXPECT_EQ(film->warnings.size(), 2U);
}

TEST_F(ReadFilmTest, AServerThatIsDownFailsTheFilm) {
  const std::string bytes = MakeMp4({Pictures(), Subtitles()});
  const CountingDescriber down({"One.", UnavailableError("down", "DOWN")});
  EXPECT_EQ(ReasonOf(Read(bytes, {.describer = &down}).status()), "DOWN");
  // A picture that it declines is one picture.
  const CountingDescriber declines(
      {FailedPreconditionError("no", "PICTURE_DECLINED")});
  const auto film = Read(bytes, {.describer = &declines});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(film->blocks.size(), 3U);
  EXPECT_EQ(film->warnings[0], "1 frame of the film was not described: no");
  const CountingDescriber declines_all(
      {FailedPreconditionError("no", "PICTURE_DECLINED"),
       FailedPreconditionError("no", "PICTURE_DECLINED")});
  EXPECT_EQ(
      ReasonOf(
          Read(MakeMp4({Pictures()}), {.describer = &declines_all}).status()),
      "PICTURE_DECLINED");
}

TEST_F(ReadFilmTest, TheTimeForAllFramesIsLimited) {
  const CountingDescriber describer;
  Limits limits;
  limits.film_description_seconds_max = 0;
  EXPECT_EQ(ReasonOf(Read(MakeMp4({Pictures(), Subtitles()}),
                          {.describer = &describer, .limits = limits})
                         .status()),
            "LATE");
}

TEST_F(ReadFilmTest, DamagedFramesCostNothingElse) {
  const CountingDescriber describer;
  TestTrack garbage = Pictures();
  for (film::TestSample& sample : garbage.samples) {
    sample.bytes = std::string(3000, 'g');
  }
  const auto film =
      Read(MakeMp4({garbage, Subtitles()}), {.describer = &describer});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(Outline(*film), "paragraph [0:00:00 - 0:00:01] Written.");
  ASSERT_EQ(film->warnings.size(), 1U);
  EXPECT_EQ(film->warnings[0], "2 frames of the film could not be decoded");
  const Status alone =
      Read(MakeMp4({garbage}), {.describer = &describer}).status();
  EXPECT_EQ(ReasonOf(alone), "NO_TEXT_IN_FILM");
  EXPECT_NE(MessageOf(alone).find("could not be decoded"), std::string::npos);
  EXPECT_EQ(describer.calls, 0U);
  const CountingDescriber silent({"", ""});
  const Status unsaid =
      Read(MakeMp4({Pictures()}), {.describer = &silent}).status();
  EXPECT_EQ(ReasonOf(unsaid), "NO_TEXT_IN_FILM");
  EXPECT_NE(MessageOf(unsaid).find("said nothing"), std::string::npos);
}

TEST(ReadFilm, WithoutADescriberFilmsAreWhatTheyWere) {
  const TestTrack seen{.number = 9,
                       .handler = "vide",
                       .codec = "avc1",
                       .samples = {{1000, "v"}}};
  EXPECT_EQ(ReasonOf(Read(MakeMp4({seen}), {}).status()), "NO_TEXT_IN_FILM");
}

TEST(ReadFilm, WithoutTheLibraryFilmsKeepTheirWords) {
  const CountingDescriber describer;
  const TestTrack seen{
      .number = 9,
      .handler = "vide",
      .codec = "avc1",
      .samples = {{1000, frames::H264Frame()}},
      .entry = SeenEntry(64, 48, BoxOf("avcC", frames::H264Setup()))};
  ::setenv("CAIRN_AVCODEC", "/nowhere/libavcodec.so", 1);
  const auto film =
      Read(MakeMp4({seen, Subtitles()}), {.describer = &describer});
  const auto alone = Read(MakeMp4({seen}), {.describer = &describer});
  ::unsetenv("CAIRN_AVCODEC");
  ASSERT_TRUE(film.ok()) << film.status();
  ASSERT_EQ(film->warnings.size(), 1U);
  EXPECT_NE(film->warnings[0].find("install libavcodec"), std::string::npos);
  EXPECT_EQ(ReasonOf(alone.status()), "NO_AVCODEC");
  EXPECT_EQ(describer.calls, 0U);
}

}  // namespace
}  // namespace cairn
