#include "documents/formats/ole/compound_file.h"

#include <gtest/gtest.h>

#include <random>

#include "documents/formats/ole/compound_file_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

std::string LongText(char sign) { return std::string(10'000, sign) + "end"; }

std::string Sample() {
  return MakeCompoundFile({{"Small", "few bytes"},
                           {"Large", LongText('x')},
                           {"Box/Inner", "deep"},
                           {"Box/Deeper/Last", LongText('y')}});
}

TEST(CompoundFile, GivesSmallAndLargeStreamsAndThoseInStorages) {
  const std::string bytes = Sample();
  StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->ReadNamed("Small"), "few bytes");
  EXPECT_EQ(file->ReadNamed("LARGE"), LongText('x'));
  EXPECT_EQ(file->ReadNamed("Inner"), "");
  const auto box = file->Find("Box");
  ASSERT_TRUE(box.has_value());
  EXPECT_EQ(file->ReadNamed("Inner", *box), "deep");
  const auto deeper = file->Find("Deeper", *box);
  ASSERT_TRUE(deeper.has_value());
  EXPECT_EQ(file->ReadNamed("Last", *deeper), LongText('y'));
  EXPECT_EQ(file->damages(), 0U);
}

TEST(CompoundFile, CutOffStreamsAreGivenAsFarAsTheyGo) {
  // The tables stand before the contents in no file of ours: a hole instead.
  std::string bytes = MakeCompoundFile({{"Large", LongText('x')}});
  // Sector 2 follows sector 1; the table is the last sector.
  SetU32(bytes, bytes.size() - 512 + 4, 0xfffffffe);
  StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->ReadNamed("Large"), std::string(1024, 'x'));
  EXPECT_EQ(file->damages(), 1U);
}

TEST(CompoundFile, LoopsOfSectorsEnd) {
  std::string bytes = MakeCompoundFile({{"Large", LongText('x')}});
  SetU32(bytes, bytes.size() - 512 + 4, 0);
  StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->ReadNamed("Large").size(), LongText('x').size());
}

TEST(CompoundFile, LoopsOfTheDirectoryEnd) {
  std::string bytes = MakeCompoundFile({{"A", "a"}, {"B", "b"}});
  const std::size_t at = bytes.find(Utf16("A") + std::string(60, '\0'));
  ASSERT_NE(at, std::string::npos);
  SetU32(bytes, at + 68, 1);  // Its left side is itself.
  SetU32(bytes, at + 128 + 72, 1);
  StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->entries().size(), 3U);
  EXPECT_EQ(file->ReadNamed("B"), "b");
}

TEST(CompoundFile, StreamsThatShareTheirSectorsDoNotMultiplyTheFile) {
  TestStreams streams = {{"First", std::string(3'000'000, 'x')}};
  for (int i = 0; i < 100; ++i)
    streams.emplace_back("S" + std::to_string(i), "");
  std::string bytes = MakeCompoundFile(streams);
  const std::size_t first = bytes.find(Utf16("First"));
  for (std::size_t at = first + 128; at + 128 < bytes.size(); at += 128) {
    if (bytes[at] == 'S') bytes.replace(at + 116, 8, bytes, first + 116, 8);
  }
  StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.ok()) << file.status();
  std::size_t read = 0;
  for (std::uint32_t i = 1; i < file->entries().size(); ++i) {
    read += file->Read(i).size();
  }
  EXPECT_GT(file->damages(), 0U);
  EXPECT_LE(read, CompoundFile::kReadTimesMax * bytes.size() + (1 << 20));
}

// Else a loop over it would give a byte for each of its many steps.
TEST(CompoundFile, APartOfASectorIsTheLastOfItsChain) {
  std::string bytes = MakeCompoundFile(
      {{"A", std::string(100, 'a')}, {"B", std::string(9, 'b')}});
  // The small stream ends within B's only sector, which is followed by itself.
  const std::size_t root = bytes.find(Utf16("Root Entry"));
  SetU32(bytes, root + 120, 2 * 64 + 1);
  const std::size_t table =
      bytes.find(std::string("\1\0\0\0\xfe\xff\xff\xff", 8));
  ASSERT_NE(table, std::string::npos);
  SetU32(bytes, table + 8, 2);
  StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->ReadNamed("B"), "b");
  EXPECT_EQ(file->damages(), 1U);
}

TEST(CompoundFile, WhatIsNoneIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        std::string(kCompoundFileMagic) + std::string(2000, '\0'),
        std::string(kCompoundFileMagic) + std::string(2000, '\xff')}) {
    EXPECT_EQ(ReasonOf(CompoundFile::Open(bytes).status()), "DAMAGED_OLE_FILE");
  }
}

TEST(CompoundFile, MutatedFilesAreReadOrRefused) {
  const std::string sample = Sample();
  for (unsigned seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string bytes = sample;
    for (unsigned i = 1 + random() % 8; i > 0; --i) {
      // The header and the tables are a small part of the file.
      const std::size_t end = random() % 2 == 0 ? 512 : bytes.size();
      bytes[bytes.size() - 1 - random() % end] = static_cast<char>(random());
      bytes[random() % end] = static_cast<char>(random());
    }
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
    if (!file.ok()) {
      ASSERT_EQ(ReasonOf(file.status()), "DAMAGED_OLE_FILE");
      continue;
    }
    for (std::uint32_t i = 0; i < file->entries().size(); ++i) {
      ASSERT_LE(file->Read(i).size(), bytes.size());
    }
  }
}

TEST(CompoundFile, OfAnotherProgramIsNamedAsSuch) {
  EXPECT_EQ(
      ParseReason(MakeCompoundFile({{"VisioDocument", "x"}}), "", "a.doc"),
      "UNKNOWN_FORMAT");
  EXPECT_EQ(ParseReason(MakeCompoundFile({{"EncryptedPackage", "x"}}), ""),
            "ENCRYPTED_PACKAGE");
}

}  // namespace
}  // namespace cairn
