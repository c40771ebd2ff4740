#include "services/ingestion/read_source.h"

#include <gtest/gtest.h>

#include <string>

#include "documents/formats/film/film_for_test.h"
#include "documents/parse_for_test.h"
#include "models/fake/fake_picture_describer.h"
#include "models/fake/fake_transcriber.h"

namespace cairn {
namespace {

using film::BoxOf;
using film::MakeMp4;
using film::Number;
using film::TestTrack;
using film::TimedText;

const TestTrack kSeen{.number = 9,
                      .handler = "vide",
                      .codec = "avc1",
                      .samples = {{1000, std::string(20'000, 'v')}}};
const TestTrack kSound{.number = 1,
                       .handler = "soun",
                       .codec = "mp4a",
                       .samples = {{1000, "heard"}}};
const TestTrack kSubtitles{.number = 2,
                           .handler = "sbtl",
                           .codec = "tx3g",
                           .samples = {{1000, TimedText("Written.")}}};

// Chapters at 0 and 5 s.
std::string Chapters() {
  return BoxOf(
      "udta",
      BoxOf("chpl", Number(0, 4) + Number(2, 1) + Number(0, 8) + Number(3, 1) +
                        "One" + Number(50'000'000, 8) + Number(3, 1) + "Two"));
}

// Keeps what it was sent.
class ListeningTranscriber final : public Transcriber {
 public:
  explicit ListeningTranscriber(Status failure = OkStatus())
      : fake_({.segments = {{{0, 900}, "Heard one.", ""},
                            {{6000, 7000}, "Heard two.", ""}},
               .language = "en"},
              std::move(failure)) {}
  const std::string& id() const override { return fake_.id(); }
  StatusOr<Transcript> Transcribe(const Recording& recording,
                                  const Deadline& deadline) const override {
    bytes = std::string(recording.bytes);
    ending = std::string(recording.ending);
    return fake_.Transcribe(recording, deadline);
  }
  mutable std::string bytes, ending;

 private:
  const FakeTranscriber fake_;
};

StatusOr<ParsedDocument> Read(std::string bytes, const ReadingTools& tools) {
  ReadingTools with = tools;
  with.parser_program = CAIRN_PARSER_PROCESS;
  StatusOr<ParsedDocument> document =
      ReadSource(with, {.id = "a", .title = "", .bytes = std::move(bytes)});
  if (document.ok()) {
    EXPECT_EQ(FindBreach(*document), "");
  }
  return document;
}

TEST(ReadSource, SubtitlesOfAFilmAreNotHeardOnceMore) {
  const ListeningTranscriber transcriber;
  const auto film =
      Read(MakeMp4({kSeen, kSound, kSubtitles}), {.transcriber = &transcriber});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(Outline(*film), "paragraph [0:00:00 - 0:00:01] Written.");
  EXPECT_EQ(transcriber.bytes, "");
}

TEST(ReadSource, OfAFilmWithoutSubtitlesTheSoundIsSent) {
  const ListeningTranscriber transcriber;
  const std::string bytes = MakeMp4({kSeen, kSound}, Chapters());
  const auto film = Read(bytes, {.transcriber = &transcriber});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(Outline(*film),
            "heading1 One|paragraph [0:00:00 - 0:00:00] Heard one.|"
            "heading1 Two|paragraph [0:00:06 - 0:00:07] Heard two.");
  EXPECT_EQ(film->format, "film");
  EXPECT_EQ(transcriber.ending, "m4a");
  EXPECT_LT(transcriber.bytes.size(), 1000U);
  EXPECT_NE(transcriber.bytes.find("heard"), std::string::npos);
}

TEST(ReadSource, AFilmThatIsMostlySoundIsSentWhole) {
  const ListeningTranscriber transcriber;
  const std::string bytes = MakeMp4({kSound});
  const auto film = Read(bytes, {.transcriber = &transcriber});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(transcriber.bytes, bytes);
  EXPECT_EQ(transcriber.ending, "mp4");
  EXPECT_EQ(film->format, "film");
}

TEST(ReadSource, WhatOurReaderDoesNotKnowIsSentWhole) {
  const ListeningTranscriber transcriber;
  const std::string bytes = BoxOf("ftyp", "isom" + Number(0, 4) + "isom") +
                            BoxOf("mdat", std::string(100, '\1'));
  const auto film = Read(bytes, {.transcriber = &transcriber});
  ASSERT_TRUE(film.ok()) << film.status();
  EXPECT_EQ(transcriber.bytes, bytes);
  EXPECT_EQ(film->warnings.size(), 2U);
}

TEST(ReadSource, WithoutATranscriberWhatIsNotHeardIsTold) {
  EXPECT_EQ(ReasonOf(Read(MakeMp4({kSeen, kSound}), {}).status()),
            "NO_TRANSCRIBER");
  EXPECT_EQ(ReasonOf(Read(MakeMp4({kSeen}), {}).status()), "NO_TEXT_IN_FILM");
  const auto chapters = Read(MakeMp4({kSeen, kSound}, Chapters()), {});
  ASSERT_TRUE(chapters.ok()) << chapters.status();
  ASSERT_EQ(chapters->warnings.size(), 1U);
  EXPECT_NE(chapters->warnings[0].find("--transcriber"), std::string::npos);
}

TEST(ReadSource, ATranscriberThatFailsFailsTheFilm) {
  const ListeningTranscriber down(UnavailableError("down", "DOWN"));
  EXPECT_EQ(ReasonOf(Read(MakeMp4({kSeen, kSound}, Chapters()),
                          {.transcriber = &down})
                         .status()),
            "DOWN");
}

// One white pixel, without a word.
std::string White() {
  return std::string(
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"
      "\x3a\x7e\x9b\x55\0\0\0\x0aIDAT\x78\x9c\x63\xf8\x0f\0\x01\x01\x01"
      "\0\xb1\x38\xf6\x14\0\0\0\0IEND\xae\x42\x60\x82",
      67);
}

TEST(ReadSource, APictureWithoutWordsIsDescribed) {
  const FakePictureDescriber describer("A white wall.");
  const auto picture = Read(White(), {.describer = &describer});
  ASSERT_TRUE(picture.ok()) << picture.status();
  EXPECT_EQ(Outline(*picture),
            "heading1 Description by fake-describer|paragraph A white wall.");
  EXPECT_EQ(picture->properties.at("described_by"),
            "fake-describer at nowhere");
  EXPECT_EQ(picture->format, "image");
  EXPECT_NE(picture->warnings.back().find("described by fake-describer"),
            std::string::npos);
}

TEST(ReadSource, WithoutADescriberAPictureIsWhatItWas) {
  const auto picture = Read(White(), {});
  EXPECT_FALSE(picture.ok());
  const FakePictureDescriber silent("");
  EXPECT_EQ(ReasonOf(Read(White(), {.describer = &silent}).status()),
            ReasonOf(picture.status()));
}

TEST(ReadSource, ADescriberThatFailsFailsThePicture) {
  const FakePictureDescriber down("", UnavailableError("down", "DOWN"));
  EXPECT_EQ(ReasonOf(Read(White(), {.describer = &down}).status()), "DOWN");
  const FakePictureDescriber declines(
      "", FailedPreconditionError("no", "PICTURE_DECLINED"));
  EXPECT_EQ(ReasonOf(Read(White(), {.describer = &declines}).status()),
            "PICTURE_DECLINED");
}

TEST(ReadSource, LargePicturesAreNotSent) {
  const FakePictureDescriber describer("A white wall.");
  Limits small;
  small.described_picture_bytes_max = 10;
  EXPECT_FALSE(Read(White(), {.describer = &describer, .limits = small}).ok());
  EXPECT_EQ(describer.calls(), 0);
}

TEST(ReadSource, TextIsNotShownToModels) {
  const FakePictureDescriber describer("A white wall.");
  const ListeningTranscriber transcriber;
  const auto text =
      Read("Plain.", {.transcriber = &transcriber, .describer = &describer});
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(describer.calls(), 0);
  EXPECT_EQ(transcriber.bytes, "");
}

}  // namespace
}  // namespace cairn
