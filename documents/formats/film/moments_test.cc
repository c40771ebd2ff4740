#include "documents/formats/film/moments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace cairn::film {
namespace {

constexpr std::size_t kFramesMax = 20;

std::vector<KeyFrame> Every(std::uint32_t ms, std::uint32_t until_ms) {
  std::vector<KeyFrame> keys;
  for (std::uint32_t at = 0; at < until_ms; at += ms) {
    keys.push_back({at, keys.size()});
  }
  return keys;
}

// "5 15 25": the frame of each moment that is wanted, in seconds.
std::string Chosen(const std::vector<Moment>& moments) {
  std::string out;
  for (const Moment& moment : moments) {
    if (!out.empty()) out += " ";
    out += std::to_string(moment.front().begin_ms / 1000);
  }
  return out;
}

TEST(Moments, AreSpreadOverTheFilm) {
  EXPECT_EQ(Chosen(ChooseMoments({}, {}, 60'000, kFramesMax)), "");
  EXPECT_EQ(Chosen(ChooseMoments(Every(1000, 60'000), {}, 60'000, 0)), "");
  EXPECT_EQ(Chosen(ChooseMoments(Every(1000, 60'000), {}, 60'000, kFramesMax)),
            "5 15 25 35 45 55");
  EXPECT_EQ(Chosen(ChooseMoments(Every(1000, 60'000), {}, 60'000, 2)), "15 45");
  // A short one, of one key frame.
  EXPECT_EQ(Chosen(ChooseMoments({{0, 0}}, {}, 4000, kFramesMax)), "0");
  EXPECT_EQ(Chosen(ChooseMoments({{0, 0}}, {}, 0, kFramesMax)), "0");
  // Its length is unknown.
  EXPECT_EQ(Chosen(ChooseMoments(Every(5000, 30'000), {}, 0, kFramesMax)),
            "5 15 25");
}

TEST(Moments, OfTwoHoursAreNoMoreThanTheLimit) {
  const auto moments =
      ChooseMoments(Every(100, 7'200'000), {}, 7'200'000, kFramesMax);
  ASSERT_EQ(moments.size(), kFramesMax);
  EXPECT_EQ(moments.front().front().begin_ms, 180'000U);
  EXPECT_EQ(moments.back().front().begin_ms, 7'020'000U);
}

TEST(Moments, BeginsOfChaptersArePreferred) {
  const std::vector<Chapter> chapters = {
      {0, "One"}, {21'500, "Two"}, {39'900, "Three"}, {90'000, "Beyond"}};
  // Of Three there is no key frame in its part; the frame before Two makes
  // room.
  EXPECT_EQ(
      Chosen(ChooseMoments(Every(1000, 60'000), chapters, 60'000, kFramesMax)),
      "0 12 22 35 45 55");
  EXPECT_EQ(Chosen(ChooseMoments(Every(1000, 60'000), chapters, 60'000, 3)),
            "0 22 50");
}

TEST(Moments, OtherFramesOfThePartFollow) {
  const auto moments =
      ChooseMoments(Every(2000, 20'000), {}, 20'000, kFramesMax);
  ASSERT_EQ(moments.size(), 2U);
  ASSERT_EQ(moments[0].size(), kTriesMax);
  EXPECT_EQ(moments[0][0].begin_ms, 4000U);
  EXPECT_EQ(moments[0][1].begin_ms, 6000U);
}

TEST(Moments, KeyFramesOfATrackAreInOrder) {
  Track track;
  track.ticks_per_second = 10;
  track.samples = {{.begin = 20, .bytes = "a"},
                   {.begin = 0, .bytes = "b"},
                   {.begin = 5, .bytes = "c", .key = false},
                   {.begin = -3, .bytes = "d"},
                   {.begin = 9, .bytes = ""}};
  const std::vector<KeyFrame> keys = KeyFramesOf(track);
  ASSERT_EQ(keys.size(), 3U);
  EXPECT_EQ(keys[0].sample, 1U);
  EXPECT_EQ(keys[1].sample, 3U);
  EXPECT_EQ(keys[2].sample, 0U);
  EXPECT_EQ(keys[2].begin_ms, 2000U);
}

// Whatever the film: few, far apart, inside it, each from its own part.
TEST(Moments, KeepTheirPromisesForAnyFilm) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::uint32_t length =
        random() % 4 == 0 ? random() : random() % 500'000;
    std::vector<KeyFrame> keys(random() % 200);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      keys[i] = {static_cast<std::uint32_t>(random() % (length + 1ULL)), i};
    }
    std::stable_sort(keys.begin(), keys.end(),
                     [](const KeyFrame& a, const KeyFrame& b) {
                       return a.begin_ms < b.begin_ms;
                     });
    std::vector<Chapter> chapters(random() % 10);
    for (Chapter& chapter : chapters) {
      chapter.begin_ms = static_cast<std::uint32_t>(random() % (length + 1ULL));
    }
    std::stable_sort(chapters.begin(), chapters.end(),
                     [](const Chapter& a, const Chapter& b) {
                       return a.begin_ms < b.begin_ms;
                     });
    const auto moments = ChooseMoments(keys, chapters, length, kFramesMax);
    ASSERT_LE(moments.size(), kFramesMax);
    ASSERT_EQ(moments.empty(), keys.empty());
    for (std::size_t i = 0; i < moments.size(); ++i) {
      ASSERT_FALSE(moments[i].empty());
      ASSERT_LE(moments[i].size(), kTriesMax);
      if (i == 0) continue;
      ASSERT_GE(moments[i].front().begin_ms,
                std::uint64_t{moments[i - 1].front().begin_ms} + kFrameGapMs);
    }
  }
}

}  // namespace
}  // namespace cairn::film
