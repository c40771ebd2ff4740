// A bit that changed on disk is found and told, in whichever file it lies; a
// disk that is full is told, and costs nothing that was acknowledged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "tests/end_to_end/articles.h"
#include "tests/program/program.h"

namespace cairn {
namespace {

namespace fs = std::filesystem;

// Enough text for files of blobs, which hold what is above 1 KiB.
std::string Lines(std::mt19937& random) {
  const std::vector<std::string> words = {"river",   "stone", "keeper", "lamp",
                                          "harbour", "tide",  "Varne",  "oil"};
  std::string lines;
  for (int i = 0; i < 30; ++i) {
    std::string text;
    for (int word = 0; word < 400; ++word) {
      text += words[random() % words.size()] + (word % 12 == 11 ? ". " : " ");
    }
    lines +=
        Json{{"id", "d" + std::to_string(i)}, {"text", text}}.dump() + "\n";
  }
  return lines;
}

void FlipABit(const std::string& path, std::mt19937& random) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto at = static_cast<std::streamoff>(random() % fs::file_size(path));
  file.seekg(at);
  const auto byte = static_cast<char>(file.get() ^ (1 << (random() % 8)));
  file.seekp(at);
  file.put(byte);
}

// By the ends of names: which kinds of files there are.
std::vector<std::string> FilesEndingWith(const std::string& folder,
                                         const std::string& end) {
  std::set<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string path = entry.path().string();
    if (path.ends_with(end) && fs::file_size(path) > 0) found.insert(path);
  }
  return {found.begin(), found.end()};
}

class Damage : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string lines = folder_.Write("lines.jsonl", Lines(random_));
    ASSERT_EQ(On(sound_).Run({"ingest", lines}).exit_code, 0);
  }
  static Cairn On(const std::string& data) { return Cairn::On(data); }
  std::string Copy() const {
    const std::string copy = folder_.At("copy");
    fs::remove_all(copy);
    fs::copy(sound_, copy, fs::copy_options::recursive);
    return copy;
  }
  // Flips bits in files of this kind, one at a time.
  void ExpectFound(const std::string& end, int times) {
    for (int i = 0; i < times; ++i) {
      const std::string copy = Copy();
      const std::vector<std::string> files = FilesEndingWith(copy, end);
      ASSERT_FALSE(files.empty()) << "no file *" << end;
      const std::string victim = files[random_() % files.size()];
      FlipABit(victim, random_);
      const RunResult result = On(copy).Run({"verify"});
      EXPECT_EQ(result.exit_code, 5) << victim << ": " << result;
      EXPECT_THAT(result.out + result.err, ::testing::HasSubstr("damaged"));
    }
  }

  static constexpr unsigned kSeed = 20240611;
  const ::testing::ScopedTrace trace_{__FILE__, __LINE__,
                                      "seed " + std::to_string(kSeed)};
  std::mt19937 random_{kSeed};
  const TestFolder folder_;
  const std::string sound_ = folder_.At("data");
};

TEST_F(Damage, IsFoundInEveryKindOfFile) {
  // A young folder keeps its records in the log.
  const RunResult sound = On(sound_).Run({"verify", "--json"});
  ASSERT_EQ(sound.exit_code, 0) << sound;
  EXPECT_EQ(sound.json()["documents"], 30);
  EXPECT_TRUE(sound.json()["problems"].empty());
  // Opening it has moved them to tables and blobs.
  ASSERT_EQ(On(sound_).Run({"verify"}).exit_code, 0);
  ExpectFound(".sst", 10);
  ExpectFound(".blob", 4);
}

TEST_F(Damage, IsFoundInTheLog) { ExpectFound(".log", 4); }

TEST_F(Damage, AFileThatIsGoneIsToldAsLoss) {
  ASSERT_EQ(On(sound_).Run({"verify"}).exit_code, 0);
  for (const char* end : {".sst", ".blob", "CURRENT"}) {
    const std::string copy = Copy();
    const std::vector<std::string> files = FilesEndingWith(copy, end);
    ASSERT_FALSE(files.empty()) << end;
    fs::remove(files.front());
    const auto count = std::distance(fs::directory_iterator(copy), {});
    // The last would begin anew where a folder seems empty; documents that are
    // there already need no blob.
    std::vector<Arguments> commands = {{"verify"}, {"search", "harbour"}};
    if (end != std::string(".blob")) {
      commands.push_back({"ingest", folder_.At("lines.jsonl")});
    }
    for (const Arguments& command : commands) {
      const RunResult result = On(copy).Run(command);
      EXPECT_EQ(result.exit_code, 5) << end << ": " << result;
      EXPECT_THAT(result.out + result.err, ::testing::HasSubstr("damaged"));
    }
    // What is left may be of use to whoever repairs it.
    EXPECT_GE(std::distance(fs::directory_iterator(copy), {}), count) << end;
  }
}

// A small file system of its own, seen by this process and its children only.
bool MountSmall(const std::string& folder) {
  fs::create_directories(folder);
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=500k") == 0;
}

TEST(FullDisk, IsToldAndLosesNothingThatWasAcknowledged) {
  const TestFolder folder;
  const std::string small = folder.At("small");
  if (!MountSmall(small)) {
    GTEST_SKIP() << "this user cannot mount a small file system";
  }
  const std::string path =
      folder.Write("many.jsonl", AsJsonLines(InventArticles(1000, 5)));
  const RunResult full =
      Cairn::On(small + "/data").Run({"ingest", "--json", path});
  EXPECT_EQ(full.exit_code, 4) << full;
  EXPECT_THAT(full.err, ::testing::AllOf(::testing::HasSubstr("DISK_FULL"),
                                         ::testing::HasSubstr("free some")));
  // With room again everything that was acknowledged is there, and whole.
  const std::string roomy = folder.At("roomy");
  fs::copy(small + "/data", roomy, fs::copy_options::recursive);
  ASSERT_EQ(::umount(small.c_str()), 0);
  const RunResult sound = Cairn::On(roomy).Run({"verify", "--json"});
  EXPECT_EQ(sound.exit_code, 0) << sound;
  EXPECT_GE(sound.json()["documents"], full.json()["created"]);
  EXPECT_GT(full.json()["created"], 0);
}

}  // namespace
}  // namespace cairn
