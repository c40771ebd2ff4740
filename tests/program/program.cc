#include "tests/program/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace cairn {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kShown = 4000;
constexpr int kPipeBytes = 1 << 20;

// A descriptor from which the bytes can be read.
int InputOf(const std::string& bytes) {
  const int file = ::memfd_create("stdin", MFD_CLOEXEC);
  std::size_t done = 0;
  while (file >= 0 && done < bytes.size()) {
    const ssize_t now = ::write(file, bytes.data() + done, bytes.size() - done);
    if (now <= 0) break;
    done += static_cast<std::size_t>(now);
  }
  if (file >= 0) ::lseek(file, 0, SEEK_SET);
  return file;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> EnvironmentWith(
    const std::vector<std::string>& variables) {
  std::vector<std::string> all = variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    all.emplace_back(*entry);
  }
  return all;
}

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe MakePipe() {
  std::array<int, 2> ends = {-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  ::fcntl(ends[1], F_SETPIPE_SZ, kPipeBytes);
  return {.read = ends[0], .write = ends[1]};
}

// Appends what is there; closes the descriptor at its end.
void ReadSome(int& descriptor, std::string& to) {
  std::array<char, 1 << 16> buffer;
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0) {
    to.append(buffer.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || errno != EINTR) {
    ::close(std::exchange(descriptor, -1));
  }
}

}  // namespace

std::string ProgramPath() { return std::string(CAIRN_BINARY_DIR) + "/cairn"; }

bool MemoryIsMeaningful() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#else
  return true;
#endif
}

bool LongTests() { return std::getenv("CAIRN_LONG_TESTS") != nullptr; }

TestFolder::TestFolder() {
  std::string name = ::testing::TempDir() + "cairn_test_XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    ADD_FAILURE() << "cannot make " << name;
  }
  path_ = name;
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TestFolder::At(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

std::string TestFolder::Write(std::string_view name,
                              std::string_view bytes) const {
  const std::string path = At(name);
  std::filesystem::create_directories(
      std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

Json RunResult::json() const {
  Json value = Json::parse(out, nullptr, false);
  EXPECT_FALSE(value.is_discarded()) << "not JSON: " << *this;
  return value;
}

std::vector<Json> RunResult::lines() const {
  std::vector<Json> values;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) {
    values.push_back(Json::parse(line, nullptr, false));
    EXPECT_FALSE(values.back().is_discarded()) << "not JSON: " << line;
  }
  return values;
}

std::ostream& operator<<(std::ostream& out, const RunResult& result) {
  return out << "exit code " << result.exit_code << ", signal " << result.signal
             << "\nstdout: " << result.out.substr(0, kShown)
             << "\nstderr: " << result.err.substr(0, kShown);
}

Process::Process(const Arguments& arguments, const RunOptions& options)
    : deadline_(steady_clock::now() + options.limit) {
  std::vector<std::string> words = {ProgramPath()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = EnvironmentWith(options.variables);
  const std::vector<char*> word_pointers = Pointers(words);
  const std::vector<char*> variable_pointers = Pointers(variables);
  const int in = InputOf(options.input);
  const Pipe out = MakePipe();
  const Pipe err = MakePipe();
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(in, STDIN_FILENO);
    ::dup2(out.write, STDOUT_FILENO);
    ::dup2(err.write, STDERR_FILENO);
    const bool user_set = options.user == 0 || (::setgid(options.user) == 0 &&
                                                ::setuid(options.user) == 0);
    if (user_set) {
      ::execve(word_pointers[0], word_pointers.data(),
               variable_pointers.data());
    }
    ::_exit(127);
  }
  EXPECT_GT(child_, 0) << "cannot fork";
  ::close(in);
  ::close(out.write);
  ::close(err.write);
  out_end_ = out.read;
  err_end_ = err.read;
}

Process::~Process() {
  if (out_end_ >= 0) ::close(out_end_);
  if (err_end_ >= 0) ::close(err_end_);
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

void Process::Signal(int signal) const {
  if (child_ > 0) ::kill(child_, signal);
}

bool Process::ReadUntil(const std::function<bool()>& enough) {
  while (!enough() && (out_end_ >= 0 || err_end_ >= 0)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline_ - steady_clock::now());
    if (left.count() <= 0) return false;
    // poll ignores negative descriptors.
    std::array<pollfd, 2> ends = {
        {{out_end_, POLLIN, 0}, {err_end_, POLLIN, 0}}};
    if (::poll(ends.data(), ends.size(), static_cast<int>(left.count())) < 0) {
      continue;
    }
    if (ends[0].revents != 0) ReadSome(out_end_, out_);
    if (ends[1].revents != 0) ReadSome(err_end_, err_);
  }
  return true;
}

bool Process::WaitForError(std::string_view text) {
  const auto there = [&] { return err_.find(text) != std::string::npos; };
  (void)ReadUntil(there);
  return there();
}

RunResult Process::Finish() {
  RunResult result;
  if (!ReadUntil([] { return false; })) {
    ADD_FAILURE() << "the program outlived its limit; stderr so far: "
                  << err_.substr(0, kShown);
    Signal(SIGKILL);
  }
  Reap(result);
  result.out = std::move(out_);
  result.err = std::move(err_);
  return result;
}

std::uint64_t Process::ResidentBytes() const {
  std::ifstream file("/proc/" + std::to_string(child_) + "/statm");
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  file >> pages >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void Process::Reap(RunResult& result) {
  if (child_ <= 0) return;
  int state = 0;
  rusage usage = {};
  ::wait4(std::exchange(child_, -1), &state, 0, &usage);
  if (WIFEXITED(state)) result.exit_code = WEXITSTATUS(state);
  if (WIFSIGNALED(state)) result.signal = WTERMSIG(state);
  result.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
}

RunResult RunProgram(const Arguments& arguments, const RunOptions& options) {
  return Process(arguments, options).Finish();
}

namespace {

Arguments ServeArguments(const std::string& data_folder,
                         const Arguments& more) {
  Arguments all = {"--data", data_folder, "serve", "--grpc", "127.0.0.1:0"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

Server::Server(const std::string& data_folder, const Arguments& more)
    : process_(ServeArguments(data_folder, more),
               {.limit = std::chrono::seconds(600)}) {
  constexpr std::string_view kKey = "grpc=";
  if (!process_.WaitForError("listening") || !process_.WaitForError("\n")) {
    ADD_FAILURE() << "the server did not start: " << process_.err();
    return;
  }
  const std::string& log = process_.err();
  const std::size_t at = log.find(kKey, log.find("listening"));
  if (at == std::string::npos) return;
  const std::size_t begin = at + kKey.size();
  address_ = log.substr(begin, log.find_first_of(" \n", begin) - begin);
}

RunResult Server::Stop() {
  process_.Signal(SIGTERM);
  return process_.Finish();
}

RunResult Server::Kill() {
  process_.Signal(SIGKILL);
  return process_.Finish();
}

RunResult Cairn::Run(const Arguments& arguments,
                     const RunOptions& options) const {
  Arguments all = place_;
  all.insert(all.end(), arguments.begin(), arguments.end());
  return RunProgram(all, options);
}

std::string Cairn::TextOf(const std::string& document,
                          const std::string& collection) const {
  const RunResult result =
      Run({"document", "get", "-c", collection, "--text", "--", document});
  EXPECT_EQ(result.exit_code, 0) << document << ": " << result;
  return result.out;
}

}  // namespace cairn
