// The real unpacking process in its jail.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "documents/formats/package/package_for_test.h"
#include "documents/sandbox/child_process.h"
#include "documents/sandbox/unpack.h"

namespace cairn {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

UnpackOptions Options(const std::string& program = CAIRN_PARSER_PROCESS) {
  return {.program = program, .archive = {}, .limits = {}};
}

std::vector<std::string> Unpack(std::string_view bytes, std::string_view name,
                                const UnpackOptions& options) {
  std::vector<std::string> items;
  const Status status =
      UnpackArchiveBytes(bytes, name, options, [&](const ArchiveItem& item) {
        items.push_back(item.path + (item.status.ok()
                                         ? "=" + item.bytes
                                         : "!" + ReasonOf(item.status)));
        return true;
      });
  if (!status.ok()) items.push_back("!" + ReasonOf(status));
  return items;
}

TEST(Unpack, TheJailedProcessGivesEveryFile) {
  const std::string inner = MakePackage({{"b.txt", "beta"}});
  const std::string large(std::size_t{3} << 20, 'x');
  UnpackOptions options = Options();
  options.archive.ratio_max = 100'000;
  EXPECT_THAT(Unpack(MakePackage({{"caf\xc3\xa9.txt", "alpha"},
                                  {"in.zip", inner},
                                  {"../up.txt", "x"},
                                  {"large.txt", large}}),
                     "x.zip", options),
              ElementsAre("caf\xc3\xa9.txt=alpha", "in.zip/b.txt=beta",
                          "../up.txt!BAD_ENTRY_NAME", "large.txt=" + large));
}

TEST(Unpack, LimitsReachTheProcess) {
  UnpackOptions options = Options();
  options.archive.entries_max = 1;
  EXPECT_THAT(Unpack(MakePackage({{"a", "1"}, {"b", "2"}}), "x.zip", options),
              ElementsAre("a=1", "!TOO_MANY_ENTRIES"));
}

TEST(Unpack, WhatIsNoArchiveIsAnError) {
  EXPECT_THAT(Unpack("text", "x.zip", Options()),
              ElementsAre("!UNKNOWN_FORMAT"));
  EXPECT_THAT(Unpack("", "x.zip", Options()), ElementsAre("!UNKNOWN_FORMAT"));
}

TEST(Unpack, AProcessThatAnswersNonsenseIsAFailure) {
  EXPECT_THAT(Unpack("text", "x.zip", Options("/bin/echo")),
              ElementsAre("!PARSER_CRASHED"));
  EXPECT_THAT(Unpack("text", "x.zip", Options("/nowhere")),
              ElementsAre("!NO_SANDBOX"));
}

TEST(Unpack, TheProcessEndsWhenTheReaderHasEnough) {
  const std::string zip = MakePackage({{"a", "1"}, {"b", "2"}});
  std::vector<std::string> paths;
  const Status status =
      UnpackArchiveBytes(zip, "x.zip", Options(), [&](const ArchiveItem& item) {
        paths.push_back(item.path);
        return false;
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(paths, ElementsAre("a"));
}

}  // namespace
}  // namespace cairn
