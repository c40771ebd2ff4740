#include "cli/sources.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace cairn::cli {
namespace {

std::string FolderWith(const std::vector<std::string>& files) {
  const std::string folder =
      ::testing::TempDir() + "/sources_" +
      ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const std::string& file : files) {
    std::ofstream(folder + "/" + file) << "x";
  }
  return folder;
}

// "id<file|" of what would be uploaded.
std::string Listed(const std::vector<std::string>& paths) {
  Sources sources({.paths = paths, .id = {}, .title = {}, .limits = {}});
  EXPECT_TRUE(sources.List().ok());
  std::string out;
  sources.Visit({.on_item =
                     [&](UploadItem item) {
                       out +=
                           item.source.id + "<" + item.source.file_name + "|";
                       return true;
                     },
                 .on_failure =
                     [](const std::string& origin, const Status& status) {
                       ADD_FAILURE() << origin << ": " << status;
                     }});
  return out;
}

TEST(Sources, SubtitlesBesideARecordingAreItsText) {
  const std::string folder = FolderWith({"talk.MP4", "talk.srt", "alone.vtt",
                                         "song.mp3", "paper.pdf", "paper.vtt"});
  EXPECT_EQ(Listed({folder}),
            "alone.vtt<alone.vtt|paper.pdf<paper.pdf|paper.vtt<paper.vtt|"
            "song.mp3<song.mp3|talk.MP4<talk.srt|");
  EXPECT_EQ(Listed({folder + "/talk.MP4"}), "talk.MP4<talk.srt|");
}

}  // namespace
}  // namespace cairn::cli
