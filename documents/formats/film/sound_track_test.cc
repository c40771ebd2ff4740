#include "documents/formats/film/sound_track.h"

#include <gtest/gtest.h>

#include <string>

#include "documents/formats/film/aac_description.h"
#include "documents/formats/film/film_for_test.h"

namespace cairn::film {
namespace {

using namespace std::string_literals;

constexpr std::uint64_t kSeenType = 1, kSoundType = 2;

TestTrack Seen() {
  return {.number = 9,
          .handler = "vide",
          .codec = "avc1",
          .samples = {{1000, std::string(20'000, 'v')}}};
}

SoundTrack SoundOf(const std::string& bytes) {
  const auto film = ReadFilm(bytes, TrackKind::kSound);
  EXPECT_TRUE(film.ok()) << film.status();
  return film.ok() ? MakeSoundTrack(bytes, *film) : SoundTrack();
}

// What stands in the first track of sound, a sample after another.
std::string SamplesOf(const std::string& bytes) {
  const auto film = ReadFilm(bytes, TrackKind::kSound);
  EXPECT_TRUE(film.ok()) << film.status();
  if (!film.ok() || FirstSound(*film) == nullptr) return "none";
  const Track& track = *FirstSound(*film);
  std::string out = track.codec + ":";
  for (const Sample& sample : track.samples) {
    out += " " +
           std::to_string(Milliseconds(sample.begin, track.ticks_per_second)) +
           "=" + std::string(sample.bytes);
  }
  return out;
}

TEST(SoundTrack, OfMp4IsASmallMp4) {
  const TestTrack sound{.number = 1,
                        .handler = "soun",
                        .codec = "mp4a",
                        .samples = {{20, "one"}, {20, "two"}, {30, "three"}}};
  const SoundTrack track = SoundOf(MakeMp4({Seen(), sound}));
  EXPECT_EQ(track.ending, "m4a");
  EXPECT_LT(track.bytes.size(), 1000U);
  EXPECT_EQ(SamplesOf(track.bytes), "mp4a: 0=one 20=two 40=three");
}

TEST(SoundTrack, ItsBeginInTheFilmIsTold) {
  TestTrack sound{.number = 1,
                  .handler = "soun",
                  .codec = "mp4a",
                  .samples = {{20, "one"}}};
  sound.more =
      BoxOf("edts", BoxOf("elst", Number(2, 8) + Number(4000, 4) +
                                      Number(UINT32_MAX, 4) +
                                      Number(0x10000, 4) + Number(20, 4) +
                                      Number(0, 4) + Number(0x10000, 4)));
  const SoundTrack track = SoundOf(MakeMp4({Seen(), sound}));
  EXPECT_EQ(track.begin_ms, 4000U);
  EXPECT_EQ(SamplesOf(track.bytes), "mp4a: 0=one");
}

TEST(SoundTrack, AFilmThatIsMostlySoundIsSentWhole) {
  const TestTrack sound{.number = 1,
                        .handler = "soun",
                        .codec = "mp4a",
                        .samples = {{20, std::string(30'000, 's')}}};
  EXPECT_EQ(SoundOf(MakeMp4({Seen(), sound})).bytes, "");
  EXPECT_EQ(SoundOf(MakeMp4({Seen()})).bytes, "");
}

TEST(SoundTrack, EncryptedSoundIsNotTouched) {
  const TestTrack sound{.number = 1,
                        .handler = "soun",
                        .codec = "enca",
                        .samples = {{20, "one"}}};
  EXPECT_EQ(SoundOf(MakeMp4({Seen(), sound})).bytes, "");
}

std::string Film(const std::string& codec, const std::string& more = {}) {
  return MakeMatroska(
      TrackEntry(1, kSeenType, "V_VP9", "und") +
          TrackEntry(2, kSoundType, codec, "eng", more),
      Cluster(1000, Block(1, 0, 0, std::string(20'000, 'v')) +
                        Block(2, 500, 0, "one") + Block(2, 520, 0, "two")) +
          Cluster(9000, Block(2, 0, 0, "three")));
}

TEST(SoundTrack, OfMatroskaIsAFileWithOneTrack) {
  const SoundTrack opus = SoundOf(Film("A_OPUS"));
  EXPECT_EQ(opus.ending, "webm");
  EXPECT_EQ(opus.begin_ms, 1500U);
  EXPECT_NE(opus.bytes.find("webm"), std::string::npos);
  EXPECT_EQ(SamplesOf(opus.bytes), "A_OPUS: 0=one 20=two 7500=three");
  EXPECT_EQ(SoundOf(Film("A_FLAC")).ending, "mkv");
}

TEST(SoundTrack, FramesOfMp3AreAFile) {
  const SoundTrack sound = SoundOf(Film("A_MPEG/L3"));
  EXPECT_EQ(sound.ending, "mp3");
  EXPECT_EQ(sound.bytes, "onetwothree");
  // Packed ones are none.
  const std::string packed = ElementOf(0x6d80, "");
  EXPECT_EQ(SoundOf(Film("A_MPEG/L3", packed)).ending, "mkv");
}

TEST(SoundTrack, AacOfMatroskaBecomesMp4) {
  // Low complexity, 44,100 Hz, two channels.
  const std::string config = "\x12\x10";
  const SoundTrack sound = SoundOf(Film("A_AAC", ElementOf(0x63a2, config)));
  EXPECT_EQ(sound.ending, "m4a");
  EXPECT_EQ(SamplesOf(sound.bytes), "mp4a: 0=one 23=two 46=three");
  EXPECT_EQ(SoundOf(Film("A_AAC")).ending, "mkv");
}

TEST(SoundTrack, AacIsDescribedByItsConfiguration) {
  const auto plain = DescribeAac("\x12\x10");
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(plain->sample_rate, 44'100U);
  EXPECT_NE(plain->description.find("\x05\x02\x12\x10"), std::string::npos);
  // A rate that is written out: 5 bits, 15, then 24 bits of 12,345.
  const auto other = DescribeAac("\x17\x80\x18\x1c\x90");
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(other->sample_rate, 12'345U);
  EXPECT_FALSE(DescribeAac("\x12").has_value());
  EXPECT_FALSE(DescribeAac("\x17\x00"s).has_value());
}

// Three frames in one block, in the three ways to tell their lengths.
TEST(SoundTrack, FramesThatShareABlockAreTakenApart) {
  const std::string xiph = "\x02\x03\x03onetwothree"s;
  const std::string equal = "\x02onetwosix"s;
  // Lengths 3 and 3 + 0.
  const std::string ebml = "\x02\x83\xbfonetwothree"s;
  const auto film = [](const std::string& block, std::uint8_t flags) {
    return MakeMatroska(TrackEntry(1, kSoundType, "A_OPUS", "eng",
                                   ElementOf(0x23e383, Number(20'000'000, 4))),
                        Cluster(0, Block(1, 0, 0, block, flags)));
  };
  EXPECT_EQ(SamplesOf(film(xiph, 2)), "A_OPUS: 0=one 20=two 40=three");
  EXPECT_EQ(SamplesOf(film(equal, 4)), "A_OPUS: 0=one 20=two 40=six");
  EXPECT_EQ(SamplesOf(film(ebml, 6)), "A_OPUS: 0=one 20=two 40=three");
  // More frames than there are bytes for.
  EXPECT_EQ(SamplesOf(film("\xff\xff", 2)), "A_OPUS:");
}

}  // namespace
}  // namespace cairn::film
