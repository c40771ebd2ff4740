#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/clock_text.h"
#include "base/coding.h"
#include "base/executor.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/status.h"

namespace cairn {
namespace {

TEST(Status, KeepsReasonThroughAnnotation) {
  const Status status =
      Annotate(InvalidArgumentError("too long", "TITLE_TOO_LONG"), "doc a");
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(MessageOf(status), "doc a: too long");
  EXPECT_EQ(ReasonOf(status), "TITLE_TOO_LONG");
  EXPECT_TRUE(Annotate(OkStatus(), "x").ok());
}

TEST(Coding, HexValuesAreOfDigitsInEitherCase) {
  EXPECT_EQ(HexValue('0'), 0);
  EXPECT_EQ(HexValue('9'), 9);
  EXPECT_EQ(HexValue('a'), 10);
  EXPECT_EQ(HexValue('F'), 15);
  for (const char none : {'g', 'G', '/', ':', '@', '`', ' ', '\0'}) {
    EXPECT_EQ(HexValue(none), -1) << none;
  }
}

TEST(Coding, HexHasTwoDigitsAByte) {
  EXPECT_EQ(ToHex(std::string_view("\x00\x7f\xff", 3)), "007fff");
  EXPECT_EQ(ToHex64(0xab), "00000000000000ab");
  EXPECT_EQ(ToHex64(UINT64_MAX), "ffffffffffffffff");
  EXPECT_EQ(ToHex(""), "");
}

TEST(Coding, RoundTripsEveryKind) {
  std::string bytes;
  AppendBigEndian32(bytes, 0xdeadbeef);
  AppendBigEndian64(bytes, 0x0123456789abcdefULL);
  AppendVarint(bytes, UINT64_MAX);
  AppendSignedVarint(bytes, INT64_MIN);
  AppendSignedVarint(bytes, -1);
  AppendString(bytes, "stone");
  AppendFloat(bytes, 1.5F);
  AppendDouble(bytes, -2.25);
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.BigEndian32(), 0xdeadbeef);
  EXPECT_EQ(decoder.BigEndian64(), 0x0123456789abcdefULL);
  EXPECT_EQ(decoder.Varint(), UINT64_MAX);
  EXPECT_EQ(decoder.SignedVarint(), INT64_MIN);
  EXPECT_EQ(decoder.SignedVarint(), -1);
  EXPECT_EQ(decoder.String(), "stone");
  EXPECT_EQ(decoder.Float(), 1.5F);
  EXPECT_EQ(decoder.Double(), -2.25);
  EXPECT_TRUE(decoder.done());
}

TEST(Coding, TurnsBadInsteadOfReadingPastTheEnd) {
  std::string bytes;
  AppendVarint(bytes, 1000);  // A length with nothing behind it.
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.String(), "");
  EXPECT_FALSE(decoder.ok());
  Decoder endless(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
  EXPECT_EQ(endless.Varint(), 0U);
  EXPECT_FALSE(endless.ok());
  std::string count;
  AppendVarint(count, 1U << 30);
  Decoder counted(count);
  EXPECT_EQ(counted.Count(), 0U);
  EXPECT_FALSE(counted.ok());
}

TEST(Hash, GivesKnownDigests) {
  EXPECT_EQ(Sha256Hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Fingerprint64(""), 0x2d06800538d394c2ULL);
}

TEST(Executor, RunsWhatIsQueuedBeforeItStops) {
  std::atomic<int> done = 0;
  {
    Executor executor({.threads = 2, .queued_max = 100});
    for (int i = 0; i < 50; ++i) {
      ASSERT_TRUE(executor.Submit([&done] { ++done; }).ok());
    }
    executor.Shutdown();
    EXPECT_EQ(executor.Submit([] {}).code(), StatusCode::kUnavailable);
  }
  EXPECT_EQ(done, 50);
}

TEST(Executor, RefusesWhenFull) {
  std::mutex gate;
  gate.lock();
  Executor executor({.threads = 1, .queued_max = 1});
  std::atomic<bool> running = false;
  ASSERT_TRUE(executor
                  .Submit([&] {
                    running = true;
                    const std::lock_guard lock(gate);
                  })
                  .ok());
  while (!running) std::this_thread::yield();
  EXPECT_TRUE(executor.Submit([] {}).ok());
  const Status full = executor.Submit([] {});
  EXPECT_EQ(full.code(), StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(full), "QUEUE_FULL");
  gate.unlock();
}

TEST(Status, AFieldErrorKeepsItsFieldWhenAnnotated) {
  const Status bad = InvalidFieldError("limit", "must be 1 to 10");
  EXPECT_EQ(bad.code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(MessageOf(bad), "limit: must be 1 to 10");
  EXPECT_EQ(FieldOf(Annotate(bad, "request 3")), "limit");
  EXPECT_EQ(FieldOf(InternalError("x")), "");
}

TEST(File, WritesWholeFilesAndNamesWhatIsMissing) {
  const std::string path =
      ::testing::TempDir() + "/cairn_file_" + std::to_string(::getpid());
  ASSERT_TRUE(WriteFileAtomically(path, "one").ok());
  ASSERT_TRUE(WriteFileAtomically(path, "two").ok());
  EXPECT_EQ(ReadFile(path, 10).value(), "two");
  EXPECT_EQ(ReasonOf(ReadFile(path, 2).status()), "FILE_TOO_LARGE");
  EXPECT_EQ(ReasonOf(ReadFile(::testing::TempDir(), 2).status()), "NOT_A_FILE");
  std::filesystem::remove(path);
  const Status missing = ReadFile(path, 10).status();
  EXPECT_EQ(missing.code(), StatusCode::kNotFound);
  EXPECT_NE(MessageOf(missing).find(path), std::string::npos);
}

TEST(File, AFailedWriteLeavesNothingBeside) {
  const std::string folder =
      ::testing::TempDir() + "/cairn_folder_" + std::to_string(::getpid());
  std::filesystem::create_directories(folder + "/inside");
  EXPECT_FALSE(WriteFileAtomically(folder, "one").ok());
  EXPECT_FALSE(std::filesystem::exists(folder + ".tmp"));
  std::filesystem::remove_all(folder);
  EXPECT_FALSE(WriteFileAtomically(folder + "/none", "one").ok());
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
TEST(Memory, FreedHolesGoBackToTheSystem) {
  const auto resident_bytes = [] {
    std::ifstream file("/proc/self/statm");
    std::size_t pages = 0;
    std::size_t resident = 0;
    file >> pages >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  };
  // Small enough to come from the heap; the last one keeps it from shrinking.
  std::vector<std::unique_ptr<std::string>> blocks;
  for (int i = 0; i < 1024; ++i) {
    blocks.push_back(std::make_unique<std::string>(64 << 10, 'x'));
  }
  blocks.erase(blocks.begin(), blocks.end() - 1);
  const std::size_t before = resident_bytes();
  ReturnFreeMemory();
  EXPECT_LT(resident_bytes() + (std::size_t{48} << 20), before);
}
#endif

TEST(ClockText, HasHoursMinutesAndSeconds) {
  EXPECT_EQ(ClockText(4), "0:00:04");
  EXPECT_EQ(ClockText(3723), "1:02:03");
  EXPECT_EQ(ClockText(-5), "0:00:00");
  EXPECT_EQ(ClockText(400 * 3600), "400:00:00");
}

}  // namespace
}  // namespace cairn
