// Archives as folders: names, limits, nesting, damage.
#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "documents/archive/archive_walker.h"
#include "documents/archive/sniff_archive.h"
#include "documents/formats/package/package_for_test.h"

namespace cairn {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "a.txt=content", "a.txt!REASON", "a.txt?note"; the status at the end when it
// is an error: "!REASON".
std::vector<std::string> Walk(std::string_view bytes, std::string_view name,
                              const ArchiveLimits& limits = {}) {
  std::vector<std::string> items;
  const Status status =
      WalkArchive(bytes, name, limits, [&](const ArchiveItem& item) {
        if (!item.status.ok()) {
          items.push_back(item.path + "!" + ReasonOf(item.status));
        } else if (!item.note.empty()) {
          items.push_back(item.path + "?" + item.note);
        } else {
          items.push_back(item.path + "=" + item.bytes);
        }
        return true;
      });
  if (!status.ok()) items.push_back("!" + ReasonOf(status));
  return items;
}

struct TarMember {
  std::string name;
  std::string content;
  unsigned type = AE_IFREG;
};

// A tar in memory through the named filter; content of a link is its target.
std::string MakeTar(const std::vector<TarMember>& members, int filter) {
  archive* const writer = archive_write_new();
  archive_write_set_format_pax_restricted(writer);
  archive_write_add_filter(writer, filter);
  std::string out(std::size_t{4} << 20, '\0');
  std::size_t used = 0;
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const TarMember& member : members) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_filetype(entry, member.type);
    archive_entry_set_perm(entry, 0644);
    if (member.type == AE_IFLNK) {
      archive_entry_set_symlink(entry, member.content.c_str());
    } else {
      archive_entry_set_size(entry,
                             static_cast<la_int64_t>(member.content.size()));
    }
    archive_write_header(writer, entry);
    archive_write_data(writer, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

TEST(Archive, GivesTheFilesOfAZipByTheirPaths) {
  const std::string zip = MakePackage(
      {{"b/a.txt", "alpha"}, {"./c.txt", "gamma"}, {"e\\f.txt", "zeta"}});
  EXPECT_THAT(Walk(zip, "x.zip"),
              ElementsAre("b/a.txt=alpha", "c.txt=gamma", "e/f.txt=zeta"));
}

TEST(Archive, GivesTheFilesOfEveryKindOfTar) {
  for (const auto& [name, filter] :
       {std::pair{"x.tar", ARCHIVE_FILTER_NONE},
        std::pair{"x.tar.gz", ARCHIVE_FILTER_GZIP},
        std::pair{"x.tar.bz2", ARCHIVE_FILTER_BZIP2},
        std::pair{"x.TXZ", ARCHIVE_FILTER_XZ},
        std::pair{"x.tar.zst", ARCHIVE_FILTER_ZSTD}}) {
    const std::string tar =
        MakeTar({{"d", "", AE_IFDIR}, {"d/a.txt", "alpha"}, {"b", ""}}, filter);
    EXPECT_THAT(Walk(tar, name), ElementsAre("d/a.txt=alpha", "b=")) << name;
  }
}

TEST(Archive, ACompressedFileIsAFolderOfOne) {
  archive* const writer = archive_write_new();
  archive_write_set_format_raw(writer);
  archive_write_add_filter_gzip(writer);
  std::string out(1 << 16, '\0');
  std::size_t used = 0;
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  archive_entry* const entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(writer, entry);
  archive_write_data(writer, "alpha", 5);
  archive_entry_free(entry);
  archive_write_free(writer);
  out.resize(used);
  EXPECT_THAT(Walk(out, "a.txt.gz"), ElementsAre("a.txt=alpha"));
  EXPECT_THAT(Walk(out, "a.tar.gz"), ElementsAre("a.tar=alpha"));
  EXPECT_THAT(Walk(out, ""), ElementsAre("content=alpha"));
}

TEST(Archive, NamesThatPointOutsideFailAloneAndHiddenOnesAreLeftOut) {
  const std::string zip = MakePackage({{"../up.txt", "x"},
                                       {"a/../../up.txt", "x"},
                                       {"/root.txt", "x"},
                                       {"C:\\drive.txt", "x"},
                                       {"line\nbreak.txt", "x"},
                                       {std::string(1030, 'n'), "x"},
                                       {".hidden", "x"},
                                       {"a/.git/config", "x"},
                                       {"__MACOSX/a.txt", "x"},
                                       {"good.txt", "good"}});
  EXPECT_THAT(
      Walk(zip, "x.zip"),
      ElementsAre("../up.txt!BAD_ENTRY_NAME", "a/../../up.txt!BAD_ENTRY_NAME",
                  "/root.txt!BAD_ENTRY_NAME", "C:\\drive.txt!BAD_ENTRY_NAME",
                  "line?break.txt!BAD_ENTRY_NAME",
                  std::string(200, 'n') + "!BAD_ENTRY_NAME", "good.txt=good"));
}

TEST(Archive, LinksAndPipesAreNamedAndNeverFollowed) {
  const std::string tar = MakeTar({{"link", "/etc/passwd", AE_IFLNK},
                                   {"pipe", "", AE_IFIFO},
                                   {"link/a.txt", "alpha"}},
                                  ARCHIVE_FILTER_NONE);
  EXPECT_THAT(Walk(tar, "x.tar"),
              ElementsAre(HasSubstr("link?is a link"), HasSubstr("pipe?is a"),
                          "link/a.txt=alpha"));
}

TEST(Archive, OfTwoEntriesOfOneNameTheFirstCounts) {
  const std::string tar =
      MakeTar({{"a.txt", "first"}, {"./a.txt", "second"}}, ARCHIVE_FILTER_NONE);
  EXPECT_THAT(Walk(tar, "x.tar"),
              ElementsAre("a.txt=first", "a.txt!DUPLICATE_ENTRY"));
}

TEST(Archive, OpensArchivesWithinArchivesAsDeepAsTheLimit) {
  std::string inner = MakePackage({{"a.txt", "alpha"}});
  for (int i = 0; i < 3; ++i) {
    inner = MakePackage({{"i.zip", inner}, {"b.txt", "beta"}});
  }
  EXPECT_THAT(
      Walk(inner, "x.zip"),
      ElementsAre("i.zip/i.zip/i.zip/a.txt=alpha", "i.zip/i.zip/b.txt=beta",
                  "i.zip/b.txt=beta", "b.txt=beta"));
  EXPECT_THAT(Walk(inner, "x.zip", {.nesting_max = 2}),
              ElementsAre("i.zip/i.zip!ARCHIVE_TOO_DEEP", "i.zip/b.txt=beta",
                          "b.txt=beta"));
}

TEST(Archive, OfficeFilesAndBooksAreDocumentsNotFolders) {
  const std::string docx =
      MakeDocx("<w:p/>", {{"[Content_Types].xml", "<T/>"}});
  EXPECT_EQ(SniffArchive(docx, "renamed.zip"), ArchiveKind::kNone);
  EXPECT_THAT(Walk(MakePackage({{"a.docx", docx}}), "x.zip"),
              ElementsAre("a.docx=" + docx));
  // A folder that happens to be called so is none.
  EXPECT_THAT(Walk(MakePackage({{"word/a.txt", "alpha"}}), "x.zip"),
              ElementsAre("word/a.txt=alpha"));
}

TEST(Archive, LimitsOverAllNestedArchivesEndTheWalk) {
  const std::string inner = MakePackage({{"a", "1"}, {"b", "2"}});
  const std::string outer = MakePackage({{"1.zip", inner}, {"2.zip", inner}});
  EXPECT_THAT(Walk(outer, "x.zip", {.entries_max = 4}),
              ElementsAre("1.zip/a=1", "1.zip/b=2", "!TOO_MANY_ENTRIES"));
  EXPECT_THAT(Walk(outer, "x.zip", {.bytes_max = inner.size() + 1}),
              ElementsAre("1.zip/a=1", "!ARCHIVE_TOO_LARGE"));
  const std::string zeros(std::size_t{2} << 20, '\0');
  const std::string bomb = MakePackage({{"good.txt", "good"}, {"z", zeros}});
  EXPECT_THAT(Walk(bomb, "x.zip"),
              ElementsAre("good.txt=good", "!ARCHIVE_EXPANDS_TOO_MUCH"));
  EXPECT_THAT(
      Walk(bomb, "x.zip", {.ratio_max = 10'000, .entry_bytes_max = 1000}),
      ElementsAre("good.txt=good", "z!DOCUMENT_TOO_LARGE"));
}

TEST(Archive, ADamagedArchiveGivesWhatCanBeReadAndSaysSo) {
  const std::string tar =
      MakeTar({{"a.txt", "alpha"}, {"b.txt", std::string(5000, 'b')}},
              ARCHIVE_FILTER_NONE);
  EXPECT_THAT(
      Walk(tar.substr(0, 3000), "x.tar"),
      ElementsAre("a.txt=alpha", "b.txt!DAMAGED_ARCHIVE", "!DAMAGED_ARCHIVE"));
  const std::string zip = MakePackage({{"a.txt", "alpha"}});
  EXPECT_THAT(Walk(zip.substr(0, zip.size() / 2), "x.zip"),
              ElementsAre("!DAMAGED_ARCHIVE"));
  EXPECT_THAT(Walk("text", "x.zip"), ElementsAre("!UNKNOWN_FORMAT"));
  EXPECT_THAT(Walk(std::string("PK\5\6", 4) + std::string(18, '\0'), "x.zip"),
              ElementsAre("!EMPTY_ARCHIVE"));
}

TEST(Archive, EncryptedEntriesFailAloneWithTheRemedy) {
  std::string zip = MakePackage({{"a.txt", "alpha"}, {"b.txt", "beta"}});
  const std::size_t directory = zip.find("PK\x01\x02");
  ASSERT_NE(directory, std::string::npos);
  zip[6] = static_cast<char>(zip[6] | 1);
  zip[directory + 8] = static_cast<char>(zip[directory + 8] | 1);
  EXPECT_THAT(Walk(zip, "x.zip"),
              ElementsAre("a.txt!ENCRYPTED_ARCHIVE", "b.txt=beta"));
}

TEST(Archive, StopsWhenItIsAskedTo) {
  const std::string zip = MakePackage({{"a", "1"}, {"b", "2"}});
  int items = 0;
  EXPECT_TRUE(WalkArchive(zip, "x.zip", {}, [&](const ArchiveItem&) {
                ++items;
                return false;
              }).ok());
  EXPECT_EQ(items, 1);
}

TEST(Archive, NameAndSignsMustAgree) {
  const std::string zip = MakePackage({{"a", "1"}});
  EXPECT_EQ(SniffArchive(zip, "a.zip"), ArchiveKind::kZip);
  EXPECT_EQ(SniffArchive(zip, ""), ArchiveKind::kZip);
  EXPECT_EQ(SniffArchive("\x1f\x8b", "a.txt.gz"), ArchiveKind::kPacked);
  EXPECT_EQ(SniffArchive("\x1f\x8b", "a.Tar.GZ"), ArchiveKind::kTar);
  EXPECT_EQ(SniffArchive(zip, "a.txt"), ArchiveKind::kNone);
  EXPECT_EQ(SniffArchive("plain", "a.tar.gz"), ArchiveKind::kNone);
  EXPECT_EQ(SniffArchive("", "a.zip"), ArchiveKind::kNone);
}

}  // namespace
}  // namespace cairn
