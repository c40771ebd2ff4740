// Program: runs the built program `cairn` as a user would and looks at all it
// leaves behind: both outputs, exit code, memory.
//
// Place: tests/end_to_end, tests/crash and tests/cases. Knows processes and
// files, nothing of documents.
// Life cycle: a process that still runs is killed with its object.
// Threads: none; one object, one thread.
// Errors: a program that cannot be started or outlives its limit fails the
// test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

using Json = nlohmann::json;
using Arguments = std::vector<std::string>;

// The program under test, in the folder of this build.
std::string ProgramPath();

// False under a sanitizer, whose own memory drowns the program's.
bool MemoryIsMeaningful();

// True when CAIRN_LONG_TESTS is set, as in .ci/run: sizes of the promise, not
// of the daily loop.
bool LongTests();

// A folder that goes with the object.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::string& path() const { return path_; }
  // Of a file inside; it need not be there.
  std::string At(std::string_view name) const;
  // Makes the folders above; returns the whole path.
  std::string Write(std::string_view name, std::string_view bytes) const;

 private:
  std::string path_;
};

std::string ReadWholeFile(const std::string& path);

struct RunOptions {
  std::string input;                   // What stands on stdin.
  std::chrono::seconds limit{120};     // Longer is a failure.
  std::vector<std::string> variables;  // "NAME=VALUE", besides the test's own.
  uid_t user = 0;                      // Run as; 0: as the test.
};

struct RunResult {
  int exit_code = -1;  // -1: a signal ended it.
  int signal = 0;
  std::string out;
  std::string err;
  std::uint64_t peak_bytes = 0;  // Largest resident set, parser included.

  // stdout as one JSON value, or as one a line.
  Json json() const;
  std::vector<Json> lines() const;
};
// For messages of assertions.
std::ostream& operator<<(std::ostream& out, const RunResult& result);

// A program that runs.
class Process {
 public:
  explicit Process(const Arguments& arguments, const RunOptions& options = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Sends the signal; the process may be gone already.
  void Signal(int signal) const;
  // Until stderr holds `text`; false: it ended before, or the limit passed.
  bool WaitForError(std::string_view text);
  // Until it has ended.
  RunResult Finish();
  // Of the process alone, now; 0 when it is gone.
  std::uint64_t ResidentBytes() const;
  const std::string& err() const { return err_; }

 private:
  // Reads the outputs until `enough` or the end; false: the limit passed.
  bool ReadUntil(const std::function<bool()>& enough);
  void Reap(RunResult& result);

  pid_t child_ = -1;
  int out_end_ = -1;  // -1: closed.
  int err_end_ = -1;
  std::chrono::steady_clock::time_point deadline_;
  std::string out_;
  std::string err_;
};

RunResult RunProgram(const Arguments& arguments,
                     const RunOptions& options = {});

// `cairn serve` on a free port of the loopback address.
class Server {
 public:
  explicit Server(const std::string& data_folder, const Arguments& more = {});

  // "127.0.0.1:PORT"; empty when it did not start.
  const std::string& address() const { return address_; }
  void Signal(int signal) const { process_.Signal(signal); }
  std::uint64_t ResidentBytes() const { return process_.ResidentBytes(); }
  // Waits until it has ended.
  RunResult Finish() { return process_.Finish(); }
  // SIGTERM, then waits.
  RunResult Stop();
  // SIGKILL, then waits.
  RunResult Kill();

 private:
  Process process_;
  std::string address_;
};

// Runs commands against one place: a data folder or a server.
class Cairn {
 public:
  static Cairn On(const std::string& data_folder) {
    return Cairn({"--data", data_folder});
  }
  static Cairn At(const Server& server) {
    return Cairn({"--server", server.address()});
  }
  RunResult Run(const Arguments& arguments,
                const RunOptions& options = {}) const;
  // The canonical text, byte for byte.
  std::string TextOf(const std::string& document,
                     const std::string& collection = "default") const;

 private:
  explicit Cairn(Arguments place) : place_(std::move(place)) {}

  Arguments place_;
};

}  // namespace cairn
