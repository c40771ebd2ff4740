// Every bomb of make_bombs.py through a real server and its jail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "tests/program/program.h"

namespace cairn {
namespace {

namespace fs = std::filesystem;

constexpr char kGood[] =
    "The lighthouse of Varne was built in 1843 by Tomas Elg.\n";
constexpr std::uint64_t kMiB = 1 << 20;
// Reasons that blame the program and not the file.
const std::set<std::string> kOurFault = {"", "INTERNAL", "NO_SANDBOX",
                                         "PARSER_NOT_STARTED"};

// What surely must not be taken in whole.
constexpr std::array kRefused = {"matryoshka.zip",
                                 "zeros.zip",
                                 "zeros.gz",
                                 "zeros.tar.gz",
                                 "gzip_in_gzip.txt.gz",
                                 "zeros.txt.bz2",
                                 "zeros.txt.xz",
                                 "lying.tar",
                                 "lying.zip",
                                 "cut.zip",
                                 "locked.zip",
                                 "slip.zip",
                                 "slip.tar",
                                 "chain_100.zip",
                                 "overlapping.zip",
                                 "entries_20000.zip",
                                 "only_end.zip",
                                 "zeros.docx",
                                 "groups_100000.pptx",
                                 "over_the_limit.csv",
                                 "ole.doc",
                                 "really_png.txt",
                                 "really_zip.pdf",
                                 "empty.pdf",
                                 "empty.txt",
                                 "locked.pdf",
                                 "samples.mp4",
                                 "samples_many.mp4",
                                 "samples_empty.mp4",
                                 "fragments.mp4",
                                 "deep.mp4",
                                 "no_movie.mp4",
                                 "claimed.mkv",
                                 "deep.mkv",
                                 "deep.ipynb",
                                 "page_tree_loop.pdf"};

bool MakeBombs(const std::string& folder) {
  const std::string command =
      "python3 -B '" CAIRN_BOMBS "' '" + folder + "' >/dev/null";
  return std::system(command.c_str()) == 0;  // NOLINT: a fixed command.
}

// Every file below with its size, without the folder `without`.
std::map<std::string, std::uintmax_t> FilesBelow(const std::string& folder,
                                                 const std::string& without) {
  std::map<std::string, std::uintmax_t> files;
  for (auto entry = fs::recursive_directory_iterator(folder);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->path() == without) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      files[entry->path().string()] = entry->file_size();
    }
  }
  return files;
}

// The first path of the failure or document: the bomb that it is of.
std::string BombOf(const std::string& path, const std::string& folder) {
  const std::string rest =
      path.substr(std::min(folder.size() + 1, path.size()));
  return rest.substr(0, rest.find_first_of("/:"));
}

class Bombs : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(MakeBombs(bombs_)) << "make_bombs.py failed";
    fs::create_directories(folder_.At("work"));
  }

  TestFolder folder_;
  const std::string bombs_ = folder_.At("bombs");

  // Ingests all bombs; those that were refused, in part at least. Checks that
  // each reason blames the file.
  std::set<std::string> IngestBombs(const Cairn& cairn) const {
    const RunResult result = cairn.Run({"ingest", "--report", "-", bombs_},
                                       {.limit = std::chrono::seconds(540)});
    EXPECT_EQ(result.exit_code, 1) << result;
    std::set<std::string> refused;
    for (const Json& row : result.lines()) {
      if (row["outcome"] != "failed") continue;
      refused.insert(BombOf(row["path"], bombs_));
      EXPECT_FALSE(kOurFault.contains(row["reason"])) << row;
      EXPECT_FALSE(std::string(row["message"]).empty()) << row;
    }
    return refused;
  }

  // A document as anybody has: the model is loaded and has room to work.
  void WarmUp(const Cairn& cairn) const {
    std::string text = "# Varne\n";
    for (int i = 0; i < 200; ++i) {
      text += "\nTower " + std::to_string(i) + ". ";
      for (int j = 0; j < 8; ++j) text += kGood;
    }
    const std::string before = folder_.Write("before.md", text);
    EXPECT_EQ(cairn.Run({"ingest", before}).exit_code, 0);
  }
};

// What was taken in fills the store's buffers; nothing else of a bomb may stay.
void ExpectSmall(const Server& server, std::uint64_t memory_before) {
  if (!MemoryIsMeaningful()) return;
  EXPECT_LT(server.ResidentBytes(), memory_before + 64 * kMiB);
}

TEST_F(Bombs, EachIsRefusedWithAReasonOrCutAndTheServerStaysSmallAndWell) {
  Server server(folder_.At("data"));
  const Cairn cairn = Cairn::At(server);
  WarmUp(cairn);
  const auto files_before = FilesBelow(folder_.path(), folder_.At("data"));
  const std::uint64_t memory_before = server.ResidentBytes();
  ASSERT_GT(memory_before, 0U);
  const auto refused = IngestBombs(cairn);
  for (const char* bomb : kRefused) {
    EXPECT_TRUE(refused.contains(bomb)) << bomb << " did not fail";
  }
  ExpectSmall(server, memory_before);
  EXPECT_EQ(IngestBombs(cairn), refused);
  ExpectSmall(server, memory_before);
  EXPECT_EQ(FilesBelow(folder_.path(), folder_.At("data")), files_before);
  EXPECT_FALSE(fs::exists("/tmp/cairn_bomb_escaped.txt"));

  const std::string good = folder_.Write("good.txt", kGood);
  EXPECT_EQ(cairn.Run({"ingest", good}).exit_code, 0);
  EXPECT_EQ(cairn.TextOf("good.txt"), kGood);
  // Nothing of this machine came into a document.
  const RunResult secret = cairn.Run({"search", "--json", "root:x:0:0"});
  EXPECT_EQ(secret.exit_code, 0) << secret;
  EXPECT_THAT(secret.out, ::testing::Not(::testing::HasSubstr("/bin/bash")));
  EXPECT_EQ(server.Stop().exit_code, 0);
}

}  // namespace
}  // namespace cairn
