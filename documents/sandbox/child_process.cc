#include "documents/sandbox/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "documents/sandbox/codec.h"

namespace cairn {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { Reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }
  void Reset(int fd = -1) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_;
};

Status SystemError(std::string_view what, int error) {
  return ResourceExhaustedError(
      "cannot start the parser process: " + std::string(what) + ": " +
          std::strerror(error),
      "PARSER_NOT_STARTED");
}

Status FillRequest(std::span<const std::string_view> parts, Descriptor& file) {
  file.Reset(::memfd_create("cairn-request", MFD_CLOEXEC));
  if (file.get() < 0) return SystemError("memfd_create", errno);
  for (std::string_view part : parts) {
    while (!part.empty()) {
      const ssize_t written = ::write(file.get(), part.data(), part.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return SystemError("write", errno);
      part.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return SystemError("seek", errno);
  return OkStatus();
}

// What the child needs to find its libraries; one thread is enough for them.
std::vector<std::string> ChildEnvironment() {
  std::vector<std::string> environment = {
      "CAIRN_PARSER_PROCESS=1", "OMP_NUM_THREADS=1", "OMP_THREAD_LIMIT=1",
      "OPENBLAS_NUM_THREADS=1"};
  for (const char* name :
       {"CAIRN_PDFIUM", "CAIRN_TESSERACT", "CAIRN_AVCODEC", "CAIRN_SWSCALE",
        "CAIRN_OCR_ENGINE", "CAIRN_OCR_LANGUAGES", "CAIRN_MODELS",
        "TESSDATA_PREFIX", "LD_LIBRARY_PATH"}) {
    const char* value = std::getenv(name);
    if (value != nullptr) {
      environment.push_back(std::string(name) + "=" + value);
    }
  }
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

// posix_spawn's two descriptions, released together.
struct SpawnPlan {
  SpawnPlan() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

StatusOr<pid_t> Spawn(const ChildRun& run, int request_fd, int reply_fd) {
  SpawnPlan plan;
  ::posix_spawn_file_actions_adddup2(&plan.actions, request_fd, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&plan.actions, reply_fd, STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&plan.actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
  // Ours are closed on exec; a library's may not be.
  ::posix_spawn_file_actions_addclosefrom_np(&plan.actions, STDERR_FILENO + 1);
  sigset_t signals;
  ::sigemptyset(&signals);
  ::posix_spawnattr_setsigmask(&plan.attributes, &signals);
  ::sigfillset(&signals);
  ::posix_spawnattr_setsigdefault(&plan.attributes, &signals);
  ::posix_spawnattr_setpgroup(&plan.attributes, 0);
  ::posix_spawnattr_setflags(&plan.attributes, POSIX_SPAWN_SETSIGMASK |
                                                   POSIX_SPAWN_SETSIGDEF |
                                                   POSIX_SPAWN_SETPGROUP);
  std::vector<std::string> arguments = {run.program, std::string(run.argument)};
  arguments.insert(arguments.end(), run.more_arguments.begin(),
                   run.more_arguments.end());
  std::vector<std::string> environment = ChildEnvironment();
  pid_t child = -1;
  const int error = ::posix_spawn(&child, run.program.c_str(), &plan.actions,
                                  &plan.attributes, Pointers(arguments).data(),
                                  Pointers(environment).data());
  if (error == 0) return child;
  if (error == EAGAIN || error == ENOMEM) return SystemError("spawn", error);
  return FailedPreconditionError("cannot start the parser process " +
                                     run.program + ": " + std::strerror(error),
                                 "NO_SANDBOX");
}

// Milliseconds for poll, rounded up so that it never spins.
int PollMs(const Deadline& deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline.remaining());
  return static_cast<int>(std::min<std::int64_t>(left.count(), 1 << 30));
}

// Reads until the frame is whole, the child closes its end, a limit or the
// deadline is passed.
void CollectReply(const ChildRun& run, int fd, const Deadline& deadline,
                  ChildOutcome& outcome) {
  std::string& bytes = outcome.reply;
  std::size_t wanted = kFrameHeaderBytes;
  bool header_read = false;
  std::vector<char> buffer(std::size_t{1} << 16);
  for (;;) {
    if (bytes.size() >= wanted) {
      if (header_read) {
        bytes.erase(0, kFrameHeaderBytes);
        outcome.complete = true;
        return;
      }
      const StatusOr<std::size_t> body =
          FramedBodyBytes(std::string_view(bytes).substr(0, kFrameHeaderBytes),
                          run.reply_bytes_max);
      outcome.oversized = !body.ok();
      if (!body.ok()) return;
      header_read = true;
      wanted = kFrameHeaderBytes + *body;
      // Else the string would be copied whenever it grows; pages that stay
      // empty cost nothing.
      bytes.reserve(wanted);
      continue;
    }
    struct pollfd ready = {fd, POLLIN, 0};
    const int events = ::poll(&ready, 1, PollMs(deadline));
    if (events < 0 && errno == EINTR) continue;
    if (events == 0 && deadline.expired()) outcome.timed_out = true;
    if (events < 0 || outcome.timed_out) return;
    if (events == 0) continue;
    const ssize_t got = ::read(fd, buffer.data(),
                               std::min(buffer.size(), wanted - bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

// A child that closed its end without a whole reply is about to die and tells
// why by how it dies, unless it only feigns.
bool WaitUntilDead(pid_t child, const Deadline& deadline, int& wait_status) {
  for (;;) {
    const pid_t done = ::waitpid(child, &wait_status, WNOHANG);
    if (done == child) return true;
    if (done < 0 && errno != EINTR) return true;
    if (deadline.expired()) return false;
    ::poll(nullptr, 0, 1);
  }
}

}  // namespace

StatusOr<int> MakeMemoryFile(std::span<const std::string_view> parts) {
  Descriptor file;
  CAIRN_RETURN_IF_ERROR(FillRequest(parts, file));
  return file.Release();
}

StatusOr<ChildOutcome> RunChild(const ChildRun& run) {
  Descriptor request;
  CAIRN_RETURN_IF_ERROR(FillRequest(run.request, request));
  std::string reply;
  const auto take = [&reply](std::string body) {
    reply = std::move(body);
    return false;
  };
  StatusOr<ChildOutcome> outcome = RunChildFrames(run, request.get(), take);
  if (outcome.ok()) outcome->reply = std::move(reply);
  return outcome;
}

StatusOr<ChildOutcome> RunChildFrames(
    const ChildRun& run, int input,
    const std::function<bool(std::string body)>& on_frame) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return SystemError("pipe", errno);
  const Descriptor reply(ends[0]);
  Descriptor child_end(ends[1]);
  Deadline deadline = Deadline::After(run.wall_max);
  CAIRN_ASSIGN_OR_RETURN(const pid_t child, Spawn(run, input, child_end.get()));
  child_end.Reset();

  ChildOutcome outcome;
  for (;;) {
    outcome = {};
    CollectReply(run, reply.get(), deadline, outcome);
    if (!outcome.complete || !on_frame(std::move(outcome.reply))) break;
    deadline = Deadline::After(run.wall_max);
  }
  const bool decided =
      outcome.complete || outcome.timed_out || outcome.oversized;
  if (!decided) {
    if (WaitUntilDead(child, deadline, outcome.wait_status)) return outcome;
    outcome.timed_out = true;
  }
  ::kill(child, SIGKILL);
  while (::waitpid(child, &outcome.wait_status, 0) < 0 && errno == EINTR) {
  }
  return outcome;
}

}  // namespace cairn
