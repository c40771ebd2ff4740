#include "documents/formats/film/film_parser.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "documents/formats/film/film.h"
#include "documents/formats/film/film_for_test.h"
#include "documents/formats/film/merge_by_time.h"
#include "documents/formats/recording/transcript_writer.h"
#include "documents/parse_for_test.h"

namespace cairn::film {
namespace {

using namespace std::string_literals;

constexpr std::uint64_t kSeenType = 1, kSoundType = 2, kSubtitleType = 17;

TestTrack Sound(std::size_t bytes = 100) {
  return {.number = 1,
          .handler = "soun",
          .codec = "mp4a",
          .samples = {{500, std::string(bytes / 2, 'a')},
                      {500, std::string(bytes / 2, 'b')}}};
}

TestTrack Subtitles() {
  return {.number = 2,
          .handler = "sbtl",
          .codec = "tx3g",
          .samples = {{1000, TimedText("")},
                      {2000, TimedText("The tower\nstands.")},
                      {6000, TimedText("")},
                      {2000, TimedText("\xfe\xff\0O\0n\0c\0e\0."s)}}};
}

TEST(FilmParser, TextOfMp4HasItsTimes) {
  const ParsedDocument document = ParseOk(MakeMp4({Sound(), Subtitles()}), "");
  EXPECT_EQ(Outline(document),
            "paragraph [0:00:01 - 0:00:03] The tower stands.|"
            "paragraph [0:00:09 - 0:00:11] Once.");
  EXPECT_EQ(document.format, "film");
  EXPECT_EQ(document.language, "en");
  EXPECT_EQ(document.blocks[1].time, (TimeRange{9000, 11'000}));
  EXPECT_EQ(document.properties.at("duration"), "0:01:00");
  EXPECT_FALSE(document.unread_speech);
  EXPECT_TRUE(document.warnings.empty());
}

TEST(FilmParser, ChaptersAreHeadingsAndNamesAreTold) {
  TestTrack sound = Sound();
  sound.chapters = 3;
  const TestTrack chapters{
      .number = 3,
      .handler = "text",
      .codec = "text",
      .samples = {{5000, TimedText("One")}, {5000, TimedText("Two")}}};
  const auto item = [](const std::string& name, const std::string& text) {
    return BoxOf(name, BoxOf("data", Number(1, 4) + Number(0, 4) + text));
  };
  const std::string names = BoxOf(
      "udta",
      BoxOf("meta",
            Number(0, 4) + BoxOf("ilst", item("\xa9nam", "The Lighthouse") +
                                             item("\xa9"
                                                  "day",
                                                  "2021-05-03T10") +
                                             item("desc", "About\na tower."))));
  const ParsedDocument document =
      ParseOk(MakeMp4({sound, Subtitles(), chapters}, names), "");
  EXPECT_EQ(Outline(document),
            "paragraph About a tower.|heading1 One|"
            "paragraph [0:00:01 - 0:00:03] The tower stands.|heading1 Two|"
            "paragraph [0:00:09 - 0:00:11] Once.");
  EXPECT_EQ(document.title, "The Lighthouse");
  EXPECT_EQ(document.properties.at("created"), "2021-05-03");
  EXPECT_EQ(document.blocks[3].time, (TimeRange{5000, 60'000}));
}

TEST(FilmParser, NerosListOfChaptersIsRead) {
  const std::string list = BoxOf(
      "udta", BoxOf("chpl", Number(0, 4) + Number(1, 1) +
                                Number(20'000'000, 8) + Number(3, 1) + "End"));
  const ParsedDocument document =
      ParseOk(MakeMp4({Sound(), Subtitles()}, list), "");
  EXPECT_EQ(Outline(document),
            "paragraph [0:00:01 - 0:00:03] The tower stands.|heading1 End|"
            "paragraph [0:00:09 - 0:00:11] Once.");
  EXPECT_EQ(document.blocks[1].time->begin_ms, 2000U);
}

TEST(FilmParser, WebVttInMp4LosesItsMarkup) {
  const auto cue = [](const std::string& text) {
    return BoxOf("vttc", BoxOf("sttg", "align:left") + BoxOf("payl", text));
  };
  const TestTrack track{
      .number = 2,
      .handler = "text",
      .codec = "wvtt",
      .samples = {{1000, cue("<v Ann>We &amp; <i>you</i>") + cue("too")},
                  {1000, BoxOf("vtte", "")}}};
  EXPECT_EQ(Outline(ParseOk(MakeMp4({track}), "")),
            "paragraph [0:00:00 - 0:00:01] Ann: We & you too");
}

TEST(FilmParser, AnEditMovesTheTextOfItsTrack) {
  TestTrack track = Subtitles();
  // Four seconds of nothing, then the media from its first second on.
  track.more =
      BoxOf("edts", BoxOf("elst", Number(2, 8) + Number(4000, 4) +
                                      Number(UINT32_MAX, 4) +
                                      Number(0x10000, 4) + Number(9000, 4) +
                                      Number(1000, 4) + Number(0x10000, 4)));
  EXPECT_EQ(Outline(ParseOk(MakeMp4({track}), "")),
            "paragraph [0:00:04 - 0:00:06] The tower stands.|"
            "paragraph [0:00:12 - 0:00:14] Once.");
}

TEST(FilmParser, FragmentsAreRead) {
  TestTrack track = Subtitles();
  track.samples.clear();
  const std::string film = MakeMp4(
      {track},
      BoxOf("mvex", BoxOf("trex", Number(0, 4) + Number(2, 4) + Number(1, 4) +
                                      Number(500, 4) + Number(0, 8))));
  const std::string one = TimedText("First.");
  const std::string two = TimedText("Second.");
  const auto fragment = [&](std::uint64_t data_at) {
    // Sizes are told, durations are those of the track.
    const std::string run = Number(0x201, 4) + Number(2, 4) +
                            Number(data_at, 4) + Number(one.size(), 4) +
                            Number(two.size(), 4);
    return BoxOf(
        "moof",
        BoxOf("traf", BoxOf("tfhd", Number(0x20000, 4) + Number(2, 4)) +
                          BoxOf("tfdt", Number(0, 4) + Number(7000, 4)) +
                          BoxOf("trun", run)));
  };
  const std::size_t size = fragment(0).size();
  EXPECT_EQ(Outline(ParseOk(
                film + fragment(size + 8) + BoxOf("mdat", one + two), "")),
            "paragraph [0:00:07 - 0:00:08] First. Second.");
}

TEST(FilmParser, TextOfMatroskaHasItsTimes) {
  const std::string film = MakeMatroska(
      TrackEntry(1, kSeenType, "V_VP9", "und") +
          TrackEntry(2, kSubtitleType, "S_TEXT/UTF8", "ger"),
      Cluster(1000, Block(2, 500, 2000, "Der <b>Turm</b>\nsteht.") +
                        Block(1, 0, 40, "seen")) +
          Cluster(60'000, Block(2, 0, 1000, "{\\an8}Seit 1843.")));
  const ParsedDocument document = ParseOk(film, "");
  EXPECT_EQ(Outline(document),
            "paragraph [0:00:01 - 0:00:03] Der Turm steht.|"
            "paragraph [0:01:00 - 0:01:01] Seit 1843.");
  EXPECT_EQ(document.title, "A Film");
  EXPECT_EQ(document.language, "de");
  EXPECT_EQ(document.blocks[0].time, (TimeRange{1500, 3500}));
}

TEST(FilmParser, WebVttOfOlderWebmIsRead) {
  const std::string film = MakeMatroska(
      TrackEntry(1, kSubtitleType, "D_WEBVTT/SUBTITLES", "eng"),
      Cluster(0, Block(1, 0, 1000, "id\nalign:left\n<i>Written</i>\nonce.") +
                     Block(1, 9000, 1000, "no text")));
  EXPECT_EQ(Outline(ParseOk(film, "")),
            "paragraph [0:00:00 - 0:00:01] Written once.");
}

TEST(FilmParser, SubStationTextLosesTagsAndDrawings) {
  const std::string film = MakeMatroska(
      TrackEntry(1, kSubtitleType, "S_TEXT/ASS", "eng"),
      Cluster(0, Block(1, 0, 1000,
                       "0,0,Main,Ann,0,0,0,,{\\i1}It, too,{\\i0}\\Nstands.") +
                     Block(1, 5000, 1000,
                           "1,0,Main,,0,0,0,,{\\p1\\pos(1,2)}m 0 0 l 9 9"
                           "{\\p0}Sign { open")));
  EXPECT_EQ(Outline(ParseOk(film, "")),
            "paragraph [0:00:00 - 0:00:01] Ann: It, too, stands.|"
            "paragraph [0:00:05 - 0:00:06] Sign { open");
}

TEST(FilmParser, ChaptersAndTagsOfMatroskaAreRead) {
  const auto atom = [](std::uint64_t seconds, const std::string& title,
                       const std::string& more = {}) {
    return ElementOf(0xb6, ElementOf(0x91, Number(seconds * 1'000'000'000, 8)) +
                               ElementOf(0x80, ElementOf(0x85, title)) + more);
  };
  const auto tag = [](const std::string& target, const std::string& name,
                      const std::string& text) {
    return ElementOf(0x7373,
                     ElementOf(0x63c0, target) +
                         ElementOf(0x67c8, ElementOf(0x45a3, name) +
                                               ElementOf(0x4487, text)));
  };
  const std::string film = MakeMatroska(
      TrackEntry(1, kSubtitleType, "S_TEXT/UTF8", "eng"),
      ElementOf(0x1043a770,
                ElementOf(0x45b9, atom(2, "Later") + atom(0, "First") +
                                      atom(1, "Hidden",
                                           ElementOf(0x98, Number(1, 1))))) +
          ElementOf(0x1254c367, tag("", "DIRECTOR", "Ann Lee") +
                                    tag(ElementOf(0x63c5, Number(7, 1)),
                                        "DESCRIPTION", "Of a track.")) +
          Cluster(0, Block(1, 500, 100, "One.") + Block(1, 2500, 100, "Two.")));
  const ParsedDocument document = ParseOk(film, "");
  EXPECT_EQ(Outline(document),
            "heading1 First|paragraph [0:00:00 - 0:00:00] One.|"
            "heading1 Later|paragraph [0:00:02 - 0:00:02] Two.");
  EXPECT_EQ(document.properties.at("author"), "Ann Lee");
}

TEST(FilmParser, OneTrackOfSubtitlesIsReadThatOfTheSpokenLanguage) {
  const std::string film = MakeMatroska(
      TrackEntry(1, kSoundType, "A_OPUS", "fre") +
          TrackEntry(2, kSubtitleType, "S_TEXT/UTF8", "eng") +
          TrackEntry(3, kSubtitleType, "S_TEXT/UTF8", "fre",
                     ElementOf(0x55aa, Number(1, 1))) +
          TrackEntry(4, kSubtitleType, "S_TEXT/UTF8", "fre") +
          TrackEntry(5, kSubtitleType, "S_HDMV/PGS", "fre"),
      Cluster(0, Block(2, 0, 100, "English.") + Block(3, 0, 100, "Forced.") +
                     Block(4, 0, 100, "Full.") + Block(5, 0, 100, "Picture.")));
  const ParsedDocument document = ParseOk(film, "");
  EXPECT_EQ(Outline(document), "paragraph [0:00:00 - 0:00:00] Full.");
  ASSERT_EQ(document.warnings.size(), 2U);
  EXPECT_EQ(document.warnings[0],
            "1 tracks of subtitles were not read, since they are pictures, "
            "packed or encrypted");
  EXPECT_EQ(document.warnings[1],
            "2 further tracks of subtitles (en, fr) were left out");
}

TEST(FilmParser, WhatIsNotReadIsTold) {
  EXPECT_EQ(ParseReason(MakeMp4({Sound()}), ""), "NO_TRANSCRIBER");
  const std::string seen =
      MakeMatroska(TrackEntry(1, kSeenType, "V_VP9", "und"), "");
  EXPECT_EQ(ParseReason(seen, ""), "NO_TEXT_IN_FILM");
  EXPECT_EQ(ParseReason(MakeMatroska("", ""), ""), "DAMAGED_FILM");
  EXPECT_EQ(ParseReason(BoxOf("ftyp", "isom\0\0\0\0isom"s), ""),
            "DAMAGED_FILM");
  // Chapters alone are a document whose speech is still to be heard.
  const std::string list =
      BoxOf("udta", BoxOf("chpl", Number(0, 4) + Number(1, 1) + Number(0, 8) +
                                      Number(3, 1) + "End"));
  EXPECT_TRUE(ParseOk(MakeMp4({Sound()}, list), "").unread_speech);
}

TEST(FilmParser, ACutFilmIsReadAsFarAsItGoes) {
  const std::string film = MakeMatroska(
      TrackEntry(1, kSubtitleType, "S_TEXT/UTF8", "eng"),
      Cluster(0, Block(1, 0, 100, "One.") + Block(1, 9000, 100, "Two, cut.")));
  const ParsedDocument document =
      ParseOk(std::string_view(film).substr(0, film.size() - 40), "");
  EXPECT_EQ(Outline(document), "paragraph [0:00:00 - 0:00:00] One.");
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(MergeByTime, ChaptersStandBeforeWhatIsHeardInThem) {
  const std::string list = BoxOf(
      "udta",
      BoxOf("chpl", Number(0, 4) + Number(2, 1) + Number(0, 8) + Number(3, 1) +
                        "One" + Number(50'000'000, 8) + Number(3, 1) + "Two"));
  const ParsedDocument film = ParseOk(MakeMp4({Sound()}, list), "");
  const auto heard = WriteTranscript(
      {.segments = {{{0, 1000}, "Hello.", ""}, {{5000, 6000}, "Bye.", ""}},
       .language = "de"},
      "x", Limits());
  ASSERT_TRUE(heard.ok());
  const auto merged = MergeByTime(film, *heard, Limits());
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(FindBreach(*merged), "");
  EXPECT_EQ(Outline(*merged),
            "heading1 One|paragraph [0:00:00 - 0:00:01] Hello.|heading1 Two|"
            "paragraph [0:00:05 - 0:00:06] Bye.");
  EXPECT_EQ(merged->format, "film");
  EXPECT_EQ(merged->language, "de");
  EXPECT_EQ(merged->blocks[3].time, (TimeRange{5000, 6000}));
  EXPECT_EQ(merged->properties.at("duration"), "0:01:00");
  EXPECT_EQ(merged->warnings.size(), 1U);
}

// ---- Files made to hurt.

TEST(FilmParser, ClaimedLengthsAreCut) {
  std::string film =
      MakeMatroska(TrackEntry(1, kSubtitleType, "S_TEXT/UTF8", "eng"),
                   Cluster(0, Block(1, 0, 100, "One.")));
  const std::size_t segment = film.find("\x18\x53\x80\x67");
  film.replace(segment + 4, 8, "\x01\xff\xff\xff\xff\xff\xff\xfe");
  EXPECT_EQ(Outline(ParseOk(film, "")), "paragraph [0:00:00 - 0:00:00] One.");
  std::string mp4 = MakeMp4({Subtitles()});
  const std::size_t movie = mp4.find("moov") - 4;
  mp4.replace(movie, 4, "\x7f\xff\xff\xff");
  EXPECT_EQ(ParseReason(mp4, ""), "OK");
}

TEST(FilmParser, SamplesThatAreClaimedAreNotMade) {
  // 2^32 - 1 samples of one byte in one chunk, then of none.
  for (const std::uint32_t size : {1U, 1000U, 0U}) {
    TestTrack track = Subtitles();
    std::string film = MakeMp4({track});
    const std::size_t at = film.find("stsz") + 4;
    film.replace(at + 4, 8, Number(size, 4) + Number(UINT32_MAX, 4));
    const std::size_t chunk = film.find("stsc") + 4;
    film.replace(chunk + 12, 4, Number(UINT32_MAX, 4));
    const auto read = ReadFilm(film, TrackKind::kSubtitles);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_LE(read->tracks[0].sample_bytes, film.size());
    EXPECT_FALSE(read->warnings.empty());
  }
}

TEST(FilmParser, NestingIsNotFollowed) {
  std::string atoms;
  std::string boxes;
  for (int depth = 0; depth < 10'000; ++depth) {
    atoms = "\xb6\x01" + Number(atoms.size(), 7) + atoms;
    boxes = BoxOf("trak", boxes);
  }
  const std::string film =
      MakeMatroska(TrackEntry(1, kSubtitleType, "S_TEXT/UTF8", "eng"),
                   ElementOf(0x1043a770, ElementOf(0x45b9, atoms)) +
                       Cluster(0, Block(1, 0, 100, "One.")));
  EXPECT_EQ(Outline(ParseOk(film, "")), "paragraph [0:00:00 - 0:00:00] One.");
  EXPECT_EQ(ParseReason(MakeMp4({Subtitles()}, boxes), ""), "OK");
}

TEST(FilmParser, TracksBeyondTheLimitAreLeftOut) {
  const std::vector<TestTrack> tracks(kTracksMax + 9, Subtitles());
  const auto film = ReadFilm(MakeMp4(tracks), TrackKind::kSubtitles);
  ASSERT_TRUE(film.ok());
  EXPECT_EQ(film->tracks.size(), kTracksMax);
}

TEST(FilmParser, ChangedBytesGiveASoundDocumentOrAReason) {
  const std::string mp4 = MakeMp4({Sound(), Subtitles()});
  const std::string matroska =
      MakeMatroska(TrackEntry(1, kSoundType, "A_OPUS", "eng") +
                       TrackEntry(2, kSubtitleType, "S_TEXT/ASS", "eng"),
                   Cluster(0, Block(2, 0, 100, "0,0,Main,Ann,0,0,0,,One") +
                                  Block(1, 0, 0, "\2\3abcdefgh", 6)));
  for (unsigned number = 0; number < 4000; ++number) {
    SCOPED_TRACE("seed " + std::to_string(number));
    std::mt19937 random(number);
    std::string bytes = number % 2 == 0 ? mp4 : matroska;
    for (unsigned i = 1 + random() % 6; i > 0; --i) {
      bytes[random() % bytes.size()] =
          static_cast<char>(random() % 3 == 0 ? random() : random() % 16);
    }
    const auto document = FilmParser().Parse({.bytes = bytes}, Limits());
    if (document.ok()) {
      ASSERT_EQ(FindBreach(*document), "");
    } else {
      ASSERT_NE(ReasonOf(document.status()), "");
    }
    const auto sound = FilmParser().ReadSound({.bytes = bytes}, Limits());
    ASSERT_TRUE(!sound.ok() || sound->bytes.size() <= bytes.size());
  }
}

}  // namespace
}  // namespace cairn::film
