#include "documents/formats/film/film_frames.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "documents/formats/film/film_for_test.h"
#include "documents/formats/film/film_parser.h"
#include "documents/formats/film/moments.h"
#include "documents/formats/film/seen_track.h"
#include "documents/frames/coded_frame_for_test.h"
#include "documents/frames/frame_codec.h"

namespace cairn::film {
namespace {

constexpr std::uint64_t kSeenType = 1;
constexpr std::uint32_t kNotKey = 0x10000;

// ---- What the containers say.

// "0 2 5": the key frames by their numbers.
std::string KeysOf(const std::string& bytes) {
  const auto film = ReadFilm(bytes, TrackKind::kSeen);
  EXPECT_TRUE(film.ok()) << film.status();
  if (!film.ok() || FirstSeen(*film) == nullptr) return "none";
  std::string out;
  for (const KeyFrame& key : KeyFramesOf(*FirstSeen(*film))) {
    out += (out.empty() ? "" : " ") + std::to_string(key.sample) + "=" +
           std::to_string(key.begin_ms);
  }
  return out;
}

TEST(FilmFrames, KeyFramesOfMp4AreListed) {
  TestTrack seen{.handler = "vide",
                 .codec = "avc1",
                 .samples = {{40, "a"}, {40, "b"}, {40, "c"}, {40, "d"}}};
  EXPECT_EQ(KeysOf(MakeMp4({seen})), "0=0 1=40 2=80 3=120");
  seen.keys = {1, 3};
  EXPECT_EQ(KeysOf(MakeMp4({seen})), "0=0 2=80");
  seen.keys = {0, 3, 2, 99};  // Out of order: what is behind is not found.
  EXPECT_EQ(KeysOf(MakeMp4({seen})), "2=80");
}

TEST(FilmFrames, KeyFramesOfFragmentsAreFlagged) {
  const TestTrack seen{.handler = "vide", .codec = "avc1", .samples = {}};
  const std::string film = MakeMp4(
      {seen},
      BoxOf("mvex", BoxOf("trex", Number(0, 4) + Number(1, 4) + Number(1, 4) +
                                      Number(40, 4) + Number(1, 4) +
                                      Number(kNotKey, 4))));
  // The first flag is of the first sample alone.
  const std::string first = BoxOf(
      "trun", Number(0x5, 4) + Number(3, 4) + Number(0, 4) + Number(0, 4));
  // Each has flags, and is shown 20 ms later.
  const std::string each =
      BoxOf("trun", Number(0xc01, 4) + Number(2, 4) + Number(0, 4) +
                        Number(kNotKey, 4) + Number(20, 4) + Number(0, 4) +
                        Number(20, 4));
  const auto fragment = [](const std::string& run) {
    return BoxOf(
        "moof",
        BoxOf("traf", BoxOf("tfhd", Number(0, 4) + Number(1, 4)) + run));
  };
  EXPECT_EQ(KeysOf(film + fragment(first)), "0=0");
  EXPECT_EQ(KeysOf(film + fragment(first) + fragment(each)), "0=0 4=180");
}

TEST(FilmFrames, KeyFramesOfMatroskaAreFlaggedOrNeedNoOther) {
  const auto simple = [](std::uint16_t ms, std::uint8_t flags) {
    return ElementOf(
        0xa3, Number(0x81, 1) + Number(ms, 2) + Number(flags, 1) + "bytes");
  };
  const std::string needs_other =
      ElementOf(0xa0, ElementOf(0xa1, Number(0x81, 1) + Number(90, 2) +
                                          Number(0, 1) + "bytes") +
                          ElementOf(0xfb, Number(0xff, 1)));
  EXPECT_EQ(KeysOf(MakeMatroska(
                TrackEntry(1, kSeenType, "V_VP9", "und"),
                Cluster(0, simple(0, 0x80) + simple(40, 0) +
                               Block(1, 80, 0, "bytes") + needs_other))),
            "0=0 2=80");
}

std::string SetupOf(const std::string& bytes) {
  const auto film = ReadFilm(bytes, TrackKind::kSeen);
  EXPECT_TRUE(film.ok()) << film.status();
  if (!film.ok() || FirstSeen(*film) == nullptr) return "none";
  const auto seen = DescribeSeen(*FirstSeen(*film), film->matroska);
  if (!seen.has_value()) return "unknown";
  return std::string(seen->codec) + " " + std::to_string(seen->width) + "x" +
         std::to_string(seen->height) + " " + std::string(seen->setup);
}

TEST(FilmFrames, DecodersAreToldWhatTheContainerSays) {
  TestTrack seen{.handler = "vide",
                 .codec = "avc1",
                 .samples = {{40, "a"}},
                 .entry = SeenEntry(
                     640, 360, BoxOf("btrt", "rate") + BoxOf("avcC", "told"))};
  EXPECT_EQ(SetupOf(MakeMp4({seen})), "h264 640x360 told");
  seen.codec = "hev1";
  seen.entry = SeenEntry(640, 360, BoxOf("hvcC", "told"));
  EXPECT_EQ(SetupOf(MakeMp4({seen})), "hevc 640x360 told");
  seen.codec = "mp4v";
  const auto esds = [](std::uint64_t kind) {
    return BoxOf("esds", Number(0, 4) + "\x03\x1a" + Number(1, 2) +
                             Number(0, 1) + "\x04\x80\x80\x13" +
                             Number(kind, 1) + Number(0, 12) + "\x05\x04told");
  };
  seen.entry = SeenEntry(640, 360, esds(0x20));
  EXPECT_EQ(SetupOf(MakeMp4({seen})), "mpeg4 640x360 told");
  seen.entry = SeenEntry(640, 360, esds(0x61));  // MPEG-2.
  EXPECT_EQ(SetupOf(MakeMp4({seen})), "unknown");
  seen.codec = "encv";
  EXPECT_EQ(SetupOf(MakeMp4({seen})), "unknown");
  const std::string size = ElementOf(
      0xe0, ElementOf(0xb0, Number(640, 2)) + ElementOf(0xba, Number(360, 2)));
  EXPECT_EQ(
      SetupOf(MakeMatroska(TrackEntry(1, kSeenType, "V_MPEG4/ISO/AVC", "und",
                                      size + ElementOf(0x63a2, "told")),
                           Cluster(0, Block(1, 0, 0, "a")))),
      "h264 640x360 told");
}

TEST(FilmFrames, PhonesTurnTheirPictures) {
  const auto turns = [](std::uint32_t a, std::uint32_t b, std::uint32_t c,
                        std::uint32_t d) {
    const TestTrack seen{.handler = "vide",
                         .codec = "avc1",
                         .samples = {{40, "a"}},
                         .matrix = Number(a, 4) + Number(b, 4) + Number(0, 4) +
                                   Number(c, 4) + Number(d, 4) +
                                   std::string(16, '\0')};
    const std::string film = MakeMp4({seen});
    return ReadFilm(film, TrackKind::kSeen)->tracks[0].quarter_turns;
  };
  constexpr std::uint32_t kOne = 0x10000, kMinus = 0xffff0000;
  EXPECT_EQ(turns(kOne, 0, 0, kOne), 0U);
  EXPECT_EQ(turns(0, kOne, kMinus, 0), 1U);
  EXPECT_EQ(turns(kMinus, 0, 0, kMinus), 2U);
  EXPECT_EQ(turns(0, kMinus, kOne, 0), 3U);
  EXPECT_EQ(turns(7, 7, 7, 7), 0U);
}

// ---- What is taken out.

StatusOr<FilmFrames> FramesOf(const std::string& bytes,
                              const Limits& limits = {}) {
  return FilmParser().ReadFrames({.bytes = bytes}, limits);
}

class TakeFramesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = frames::LoadCodecs();
    if (!loaded.ok()) {
      GTEST_SKIP() << "no libavcodec: frames of films were NOT tested: "
                   << loaded.status();
    }
    codecs_ = *loaded;
  }
  std::string Jpeg(const frames::FramePicture& picture) const {
    const auto jpeg = frames::EncodeJpeg(*codecs_, picture);
    EXPECT_TRUE(jpeg.ok()) << jpeg.status();
    return jpeg.ok() ? *jpeg : "";
  }
  // Of JPEGs, each shown for ten seconds.
  std::string FilmOf(const std::vector<std::string>& pictures,
                     const std::string& matrix = std::string(36, '\0')) const {
    TestTrack seen{.handler = "vide",
                   .codec = "jpeg",
                   .entry = SeenEntry(64, 48, ""),
                   .matrix = matrix};
    for (const std::string& picture : pictures) {
      seen.samples.push_back({10'000, picture});
    }
    return MakeMp4({seen});
  }

  const frames::CodecLibraries* codecs_ = nullptr;
};

TEST_F(TakeFramesTest, WhatIsNewIsKeptWithItsTime) {
  using frames::PictureWithCorner;
  frames::FramePicture black = PictureWithCorner(0);
  black.light.assign(black.light.size(), 0);
  const std::string one = Jpeg(PictureWithCorner(1));
  const auto taken =
      FramesOf(FilmOf({Jpeg(black), one, one, std::string(300, 'g'),
                       Jpeg(PictureWithCorner(2)), one}));
  ASSERT_TRUE(taken.ok()) << taken.status();
  ASSERT_EQ(taken->frames.size(), 3U);
  EXPECT_EQ(taken->frames[0].time, (TimeRange{10'000, 40'000}));
  EXPECT_EQ(taken->frames[1].time, (TimeRange{40'000, 50'000}));
  EXPECT_EQ(taken->frames[2].time, (TimeRange{50'000, 60'000}));
  EXPECT_EQ(taken->frames[0].jpeg.substr(0, 3), "\xff\xd8\xff");
  ASSERT_EQ(taken->warnings.size(), 1U);
  EXPECT_EQ(taken->warnings[0], "1 frame of the film could not be decoded");
  EXPECT_EQ(taken->film.properties.at("duration"), "0:01:00");
}

TEST_F(TakeFramesTest, AnH264FrameIsTurnedUpright) {
  const std::string matrix = Number(0, 4) + Number(0x10000, 4) + Number(0, 4) +
                             Number(0xffff0000, 4) + std::string(20, '\0');
  const TestTrack seen{
      .handler = "vide",
      .codec = "avc1",
      .samples = {{40, frames::H264Frame()}},
      .entry = SeenEntry(64, 48, BoxOf("avcC", frames::H264Setup())),
      .matrix = matrix};
  const auto taken = FramesOf(MakeMp4({seen}));
  ASSERT_TRUE(taken.ok()) << taken.status();
  ASSERT_EQ(taken->frames.size(), 1U);
  const auto back = frames::DecodeFrame(
      *codecs_,
      {.codec = "mjpeg", .setup = "", .bytes = taken->frames[0].jpeg});
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->width, 48U);
  EXPECT_EQ(back->height, 64U);
  // The black half is above now.
  EXPECT_LT(back->light[8 * 48 + 40], 30);
  EXPECT_GT(back->light[56 * 48 + 40], 220);
}

TEST_F(TakeFramesTest, LongFilmsStayWithinTheLimits) {
  // Two hours, a key frame each second.
  TestTrack seen{
      .handler = "vide", .codec = "jpeg", .entry = SeenEntry(64, 48, "")};
  for (unsigned i = 0; i < 7200; ++i) {
    seen.samples.push_back({1000, std::string(1, '\0')});
  }
  const std::string one = Jpeg(frames::PictureWithCorner(1));
  const std::string two = Jpeg(frames::PictureWithCorner(2));
  for (unsigned i = 0; i < 7200; ++i) {
    seen.samples[i].bytes = i / 360 % 2 == 0 ? one : two;
  }
  const auto taken = FramesOf(MakeMp4({seen}));
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_EQ(taken->frames.size(), Limits().film_frames_max);
  EXPECT_EQ(taken->frames.back().time.end_ms, 7'200'000U);
  Limits few;
  few.film_frames_max = 3;
  EXPECT_LE(FramesOf(MakeMp4({seen}), few)->frames.size(), 3U);
  Limits small;
  small.described_picture_bytes_max = 10;
  EXPECT_TRUE(FramesOf(MakeMp4({seen}), small)->frames.empty());
}

TEST(FilmFrames, WhatCannotBeReadIsTold) {
  TestTrack seen{.handler = "vide",
                 .codec = "SVQ3",
                 .samples = {{1000, "a"}},
                 .entry = SeenEntry(64, 48, "")};
  const auto unknown = FramesOf(MakeMp4({seen}));
  ASSERT_TRUE(unknown.ok()) << unknown.status();
  ASSERT_EQ(unknown->warnings.size(), 1U);
  EXPECT_NE(unknown->warnings[0].find("coded as SVQ3"), std::string::npos);
  seen.codec = "avc1";
  seen.entry = SeenEntry(60'000, 60'000, "");
  const auto huge = FramesOf(MakeMp4({seen}));
  ASSERT_TRUE(huge.ok()) << huge.status();
  ASSERT_EQ(huge->warnings.size(), 1U);
  EXPECT_NE(huge->warnings[0].find("60000 x 60000"), std::string::npos);
  // Without pictures nothing is asked of any library.
  const auto heard = FramesOf(
      MakeMp4({{.handler = "soun", .codec = "mp4a", .samples = {{20, "a"}}}}));
  ASSERT_TRUE(heard.ok()) << heard.status();
  EXPECT_TRUE(heard->frames.empty());
  EXPECT_TRUE(heard->warnings.empty());
}

TEST(FilmFrames, ChangedBytesGiveDescriptionsInsideTheFile) {
  const std::string mp4 =
      MakeMp4({{.handler = "vide",
                .codec = "mp4v",
                .samples = {{1000, "a"}, {1000, "b"}},
                .entry = SeenEntry(
                    64, 48,
                    BoxOf("esds", Number(0, 4) + "\x03\x18" + Number(1, 2) +
                                      Number(0, 1) + "\x04\x13\x20" +
                                      Number(0, 12) + "\x05\x04told")),
                .keys = {1}}});
  const std::string matroska =
      MakeMatroska(TrackEntry(1, kSeenType, "V_AV1", "und",
                              ElementOf(0xe0, ElementOf(0xb0, Number(640, 2))) +
                                  ElementOf(0x63a2, "told")),
                   Cluster(0, Block(1, 0, 0, "abcd")));
  for (unsigned seed = 0; seed < 4000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string bytes = seed % 2 == 0 ? mp4 : matroska;
    for (unsigned i = 1 + random() % 6; i > 0; --i) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto film = ReadFilm(bytes, TrackKind::kSeen);
    if (!film.ok() || FirstSeen(*film) == nullptr) continue;
    ASSERT_LE(ChooseMoments(KeyFramesOf(*FirstSeen(*film)), film->chapters,
                            film->duration_ms, 20)
                  .size(),
              20U);
    const auto seen = DescribeSeen(*FirstSeen(*film), film->matroska);
    if (!seen.has_value() || seen->setup.empty()) continue;
    ASSERT_GE(seen->setup.data(), bytes.data());
    ASSERT_LE(seen->setup.data() + seen->setup.size(),
              bytes.data() + bytes.size());
  }
}

}  // namespace
}  // namespace cairn::film
