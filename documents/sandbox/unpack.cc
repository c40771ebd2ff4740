#include "documents/sandbox/unpack.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <exception>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "base/coding.h"
#include "documents/archive/entry_source.h"
#include "documents/sandbox/child_process.h"
#include "documents/sandbox/child_status.h"
#include "documents/sandbox/codec.h"
#include "documents/sandbox/jail.h"

namespace cairn {
namespace {

// Beside the bytes of a frame: path, note or error.
constexpr std::size_t kFrameHeadBytesMax = 64 << 10;
constexpr std::size_t kNoteBytesMax = 1024;

enum class FrameKind : std::uint8_t {
  kFile = 0,
  kFailed = 1,
  kNote = 2,
  kEnd = 3,
  kEndFailed = 4,
};

// The limits in the order of the process's arguments, after the file name.
std::array<std::uint64_t*, 6> ValuesOf(ArchiveLimits& limits) {
  return {&limits.entries_max, &limits.bytes_max,
          &limits.ratio_max,   &limits.ratio_free_bytes,
          &limits.nesting_max, &limits.entry_bytes_max};
}

std::string HeadOfFrame(FrameKind kind, std::string_view path,
                        std::string_view text) {
  std::string head;
  AppendVarint(head, static_cast<std::uint64_t>(kind));
  AppendString(head, path);
  AppendString(head, text);
  return head;
}

// ---- The child.

bool WriteAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// Head and bytes apart: a file is not copied once more.
bool WriteFrame(std::string_view head, std::string_view bytes) {
  std::string start = Framed({});
  start.resize(kFrameHeaderBytes - sizeof(std::uint64_t));
  AppendBigEndian64(start, head.size() + bytes.size());
  return WriteAll(start) && WriteAll(head) && WriteAll(bytes);
}

bool SendItem(const ArchiveItem& item) {
  if (!item.status.ok()) {
    return WriteFrame(
        HeadOfFrame(FrameKind::kFailed, item.path, EncodeReply(item.status)),
        {});
  }
  if (!item.note.empty()) {
    return WriteFrame(HeadOfFrame(FrameKind::kNote, item.path, item.note), {});
  }
  return WriteFrame(HeadOfFrame(FrameKind::kFile, item.path, {}), item.bytes);
}

int SendEnd(const Status& status) {
  const std::string head =
      status.ok() ? HeadOfFrame(FrameKind::kEnd, {}, {})
                  : HeadOfFrame(FrameKind::kEndFailed, {}, EncodeReply(status));
  return WriteFrame(head, {}) ? 0 : 1;
}

// The archive on stdin, mapped before the jail closes; nothing when it is empty
// or no file.
std::string_view MapInput() {
  struct stat file = {};
  if (::fstat(STDIN_FILENO, &file) != 0 || file.st_size <= 0) return {};
  const auto size = static_cast<std::size_t>(file.st_size);
  void* const at =
      ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  if (at == MAP_FAILED) return {};
  return {static_cast<const char*>(at), size};
}

Status Walk(std::string_view bytes, std::string_view file_name,
            const ArchiveLimits& limits) {
  try {
    return WalkArchive(bytes, file_name, limits, &SendItem);
  } catch (const std::bad_alloc&) {
    ::_exit(kExitOutOfMemory);
  } catch (const std::exception& error) {
    return InternalError(std::string("unpacking failed: ") + error.what());
  }
}

// ---- The parent.

Status Unsound() {
  return InvalidArgumentError("the unpacking process gave a damaged reply",
                              "PARSER_CRASHED");
}

// A path as the walker gives it: such a name does no harm in an id.
bool IsSoundPath(std::string_view path, const ArchiveItem& item) {
  if (path.empty() || path.size() > 2 * kArchivePathBytesMax) return false;
  // What was refused or left out may be called anything.
  if (!item.status.ok() || !item.note.empty()) return true;
  return CleanEntryPath(path) == path;
}

// Takes one frame to pieces; gives the end's status when it is the end.
StatusOr<std::optional<Status>> ReadFrame(std::string_view body,
                                          const UnpackOptions& options,
                                          ArchiveItem& item) {
  Decoder in(body);
  const std::uint64_t kind = in.Varint();
  item = {
      .path = std::string(in.String()), .bytes = {}, .status = {}, .note = {}};
  const std::string_view text = in.String();
  if (!in.ok() || kind > static_cast<std::uint64_t>(FrameKind::kEndFailed)) {
    return Unsound();
  }
  Status status;
  switch (static_cast<FrameKind>(kind)) {
    case FrameKind::kEnd:
      return std::optional<Status>(OkStatus());
    case FrameKind::kFailed:
    case FrameKind::kEndFailed:
      status = DecodeReply(text, options.limits).status();
      if (status.ok()) return Unsound();
      if (kind == static_cast<std::uint64_t>(FrameKind::kEndFailed)) {
        return std::optional<Status>(status);
      }
      item.status = status;
      break;
    case FrameKind::kNote:
      if (text.empty() || text.size() > kNoteBytesMax) return Unsound();
      item.note = std::string(text);
      break;
    case FrameKind::kFile:
      if (in.rest().size() > options.archive.entry_bytes_max) return Unsound();
      item.bytes = std::string(in.rest());
      break;
  }
  if (!IsSoundPath(item.path, item)) return Unsound();
  return std::optional<Status>();
}

std::vector<std::string> ArgumentsOf(std::string_view file_name,
                                     ArchiveLimits limits) {
  std::vector<std::string> arguments = {
      std::string(file_name.substr(0, file_name.find('\0')))};
  for (const std::uint64_t* value : ValuesOf(limits)) {
    arguments.push_back(std::to_string(*value));
  }
  return arguments;
}

}  // namespace

Status UnpackArchive(int archive, std::string_view file_name,
                     const UnpackOptions& options,
                     const OnArchiveItem& on_item) {
  Status end;
  std::uint64_t items = 0;
  const auto on_frame = [&](std::string body) {
    ArchiveItem item;
    const auto ended = ReadFrame(body, options, item);
    std::string().swap(body);  // One copy of a file is enough.
    if (!ended.ok()) {
      end = ended.status();
    } else if (ended->has_value()) {
      end = **ended;
    } else if (++items > options.archive.entries_max) {
      end = Unsound();
    } else {
      return on_item(std::move(item));
    }
    return false;
  };
  CAIRN_ASSIGN_OR_RETURN(
      const ChildOutcome outcome,
      RunChildFrames({.program = options.program.empty() ? "/proc/self/exe"
                                                         : options.program,
                      .argument = "unpack-process",
                      .more_arguments = ArgumentsOf(file_name, options.archive),
                      .request = {},
                      .wall_max = std::chrono::seconds(
                          options.limits.parser_wall_seconds_max),
                      .reply_bytes_max =
                          options.archive.entry_bytes_max + kFrameHeadBytesMax},
                     archive, on_frame));
  if (outcome.complete) return end;
  return StatusOfChild(outcome, options.limits, "unpacking this archive");
}

Status UnpackArchiveBytes(std::string_view bytes, std::string_view file_name,
                          const UnpackOptions& options,
                          const OnArchiveItem& on_item) {
  CAIRN_ASSIGN_OR_RETURN(const int file, MakeMemoryFile({&bytes, 1}));
  const Status status = UnpackArchive(file, file_name, options, on_item);
  ::close(file);
  return status;
}

int UnpackProcessMain(int argc, char** argv) {
  // The command that asked is gone: so is the reason to go on.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  ::signal(SIGPIPE, SIG_IGN);
  ::setenv("TZ", "UTC0", 1);
  ::tzset();
  ArchiveLimits limits;
  const auto values = ValuesOf(limits);
  if (argc != static_cast<int>(values.size()) + 1) return 1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string_view text(argv[i + 1]);
    if (std::from_chars(text.data(), text.data() + text.size(), *values[i])
            .ec != std::errc()) {
      return 1;
    }
  }
  const std::string_view bytes = MapInput();
  PrepareArchivesForJail();
  if (const Status jailed = EnterJail(Limits()); !jailed.ok()) {
    return SendEnd(jailed);
  }
  ::_exit(SendEnd(Walk(bytes, argv[0], limits)));
}

}  // namespace cairn
