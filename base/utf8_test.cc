#include "base/utf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <utility>

namespace cairn {
namespace {

bool IsCodePoint(char32_t value) {
  return value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
}

TEST(Utf8, EveryCodePointComesBackAndNothingElseIsWritten) {
  for (char32_t value = 0; value < 0x110100; ++value) {
    std::string bytes;
    AppendUtf8(bytes, value);
    const CodePoint read = DecodeAt(bytes, 0);
    ASSERT_EQ(read.value, IsCodePoint(value) ? value : kReplacement)
        << std::uint32_t{value};
    ASSERT_EQ(read.size, bytes.size()) << std::uint32_t{value};
  }
}

TEST(Utf8, SizesAreThoseOfTheStandard) {
  for (const auto& [value, size] : {std::pair<char32_t, std::size_t>{0x7f, 1},
                                    {0x80, 2},
                                    {0x7ff, 2},
                                    {0x800, 3},
                                    {0xffff, 3},
                                    {0x10000, 4},
                                    {0x10ffff, 4}}) {
    std::string bytes;
    AppendUtf8(bytes, value);
    EXPECT_EQ(bytes.size(), size) << std::uint32_t{value};
  }
}

// Whatever four bytes say, they are read as a code point only when that is how
// it is written.
TEST(Utf8, WhatIsReadIsWhatWouldBeWritten) {
  const unsigned seed = 20240607;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::size_t sound = 0;
  for (int i = 0; i < 2'000'000; ++i) {
    std::string bytes;
    // Leads more often than chance would have them.
    bytes += static_cast<char>(0xc0 | (random() & 0x3f));
    for (int k = 0; k < 3; ++k) {
      bytes += static_cast<char>(
          (random() & 7) == 0 ? random() : 0x80 | (random() & 0x3f));
    }
    bytes.resize(1 + random() % 4);
    const CodePoint read = DecodeAt(bytes, 0);
    if (read.size == 1) {
      ASSERT_EQ(read.value, kReplacement);
      continue;
    }
    ++sound;
    std::string written;
    AppendUtf8(written, read.value);
    ASSERT_EQ(written, bytes.substr(0, read.size));
  }
  EXPECT_GT(sound, 100'000U);
}

TEST(Utf8, InvalidBytesCostOneEachAndWholeSignsStay) {
  EXPECT_EQ(DecodeUtf8("a\xe2\x82z\xc3\xa9\xff"),
            std::u32string(U"a\ufffd\ufffdz\u00e9\ufffd"));
  EXPECT_EQ(DecodeUtf8("\xc0\x80"), std::u32string(U"\ufffd\ufffd"));
  EXPECT_EQ(DecodeUtf8("\xed\xa0\x80").size(), 3U);
  EXPECT_EQ(DecodeUtf8("\xf4\x90\x80\x80").size(), 4U);
  EXPECT_EQ(DecodeUtf8("\xe2\x82").size(), 2U);
  EXPECT_TRUE(DecodeUtf8("").empty());
}

TEST(Utf8, CutsAtTheBorderOfASign) {
  EXPECT_EQ(CutUtf8("caf\xc3\xa9", 4), "caf");
  EXPECT_EQ(CutUtf8("caf\xc3\xa9", 5), "caf\xc3\xa9");
  EXPECT_EQ(CutUtf8("\xe2\x82\xac", 2), "");
  EXPECT_EQ(CutUtf8("\x80\x80", 1), "");
}

}  // namespace
}  // namespace cairn
