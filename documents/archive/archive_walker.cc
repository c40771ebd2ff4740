#include "documents/archive/archive_walker.h"

#include <algorithm>
#include <memory>
#include <unordered_set>
#include <utility>
#include <vector>

#include "documents/archive/entry_source.h"
#include "documents/archive/sniff_archive.h"

namespace cairn {
namespace {

constexpr std::size_t kPieceBytes = 1 << 18;
constexpr std::size_t kNameShown = 200;

Status Stopped(const std::string& what, std::string_view reason) {
  return InvalidArgumentError(
      what +
          "; the rest was not read. If it is meant so, unpack it and ingest "
          "the folder",
      reason);
}

// "a.txt" with what would harm a message as '?'.
std::string Shown(std::string_view name) {
  std::string out(name.substr(0, kNameShown));
  for (char& sign : out) {
    if (static_cast<unsigned char>(sign) < 0x20 ||
        static_cast<unsigned char>(sign) >= 0x7f) {
      sign = '?';
    }
  }
  return out;
}

class Walker {
 public:
  Walker(std::uint64_t archive_bytes, const ArchiveLimits& limits,
         const OnArchiveItem& on_item)
      : archive_bytes_(archive_bytes),
        limits_(limits),
        on_item_(on_item),
        piece_(kPieceBytes, '\0') {}

  // An error that ends only this archive is told by its caller; one that ends
  // all is in `ended` too.
  Status Walk(std::string_view bytes, std::string_view file_name,
              const std::string& prefix, std::uint64_t depth);

 private:
  Status Visit(EntrySource& source, const EntryHead& head,
               const std::string& prefix, std::uint64_t depth);
  Status VisitFile(EntrySource& source, std::string path, std::uint64_t depth);
  StatusOr<std::string> ReadAll(EntrySource& source);
  Status Drain(EntrySource& source);
  Status Count(std::uint64_t bytes);
  void Emit(ArchiveItem item) {
    ++given_;
    if (!stopped_ && !on_item_(std::move(item))) stopped_ = true;
  }
  void Fail(std::string path, Status status) {
    Emit({.path = std::move(path), .bytes = {}, .status = status, .note = {}});
  }

  const std::uint64_t archive_bytes_;
  const ArchiveLimits& limits_;
  const OnArchiveItem& on_item_;
  std::string piece_;
  std::unordered_set<std::string> seen_;
  std::uint64_t entries_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t given_ = 0;  // Items.
  Status ended_;             // A limit over everything was passed.
  bool stopped_ = false;     // on_item asked for it.
};

Status Walker::Count(std::uint64_t bytes) {
  bytes_ += bytes;
  if (bytes_ > limits_.bytes_max) {
    ended_ = Stopped("the archive unpacks to more than " +
                         std::to_string(limits_.bytes_max) + " bytes",
                     "ARCHIVE_TOO_LARGE");
  } else if (bytes_ > limits_.ratio_free_bytes &&
             bytes_ / limits_.ratio_max > archive_bytes_) {
    ended_ = Stopped("the archive unpacks to more than " +
                         std::to_string(limits_.ratio_max) +
                         " times its size, as bombs do",
                     "ARCHIVE_EXPANDS_TOO_MUCH");
  }
  return ended_;
}

Status Walker::Drain(EntrySource& source) {
  for (;;) {
    CAIRN_ASSIGN_OR_RETURN(const std::size_t got,
                           source.Read(piece_.data(), piece_.size()));
    if (got == 0) return OkStatus();
    CAIRN_RETURN_IF_ERROR(Count(got));
  }
}

StatusOr<std::string> Walker::ReadAll(EntrySource& source) {
  std::string bytes;
  for (;;) {
    CAIRN_ASSIGN_OR_RETURN(const std::size_t got,
                           source.Read(piece_.data(), piece_.size()));
    if (got == 0) return bytes;
    CAIRN_RETURN_IF_ERROR(Count(got));
    if (bytes.size() + got > limits_.entry_bytes_max) {
      if (source.in_one_stream()) CAIRN_RETURN_IF_ERROR(Drain(source));
      return InvalidArgumentError("is larger than " +
                                      std::to_string(limits_.entry_bytes_max) +
                                      " bytes; split it",
                                  "DOCUMENT_TOO_LARGE");
    }
    bytes.append(piece_, 0, got);
  }
}

Status Walker::VisitFile(EntrySource& source, std::string path,
                         std::uint64_t depth) {
  StatusOr<std::string> bytes = ReadAll(source);
  CAIRN_RETURN_IF_ERROR(ended_);
  if (!bytes.ok()) {
    Fail(std::move(path), bytes.status());
    return OkStatus();
  }
  const std::size_t slash = path.rfind('/');
  const std::string name =
      slash == std::string::npos ? path : path.substr(slash + 1);
  if (SniffArchive(*bytes, name) == ArchiveKind::kNone) {
    Emit({.path = std::move(path),
          .bytes = *std::move(bytes),
          .status = {},
          .note = {}});
    return OkStatus();
  }
  if (depth >= limits_.nesting_max) {
    Fail(std::move(path),
         InvalidArgumentError("is an archive within more than " +
                                  std::to_string(limits_.nesting_max) +
                                  " archives; unpack it and ingest the folder",
                              "ARCHIVE_TOO_DEEP"));
    return OkStatus();
  }
  const Status walked = Walk(*bytes, name, path + "/", depth + 1);
  CAIRN_RETURN_IF_ERROR(ended_);
  if (!walked.ok()) Fail(std::move(path), walked);
  return OkStatus();
}

Status Walker::Visit(EntrySource& source, const EntryHead& head,
                     const std::string& prefix, std::uint64_t depth) {
  const std::string clean = CleanEntryPath(head.path);
  const std::string path = prefix + clean;
  const bool wanted = head.type == EntryType::kFile && !clean.empty() &&
                      !IsHiddenEntry(clean) &&
                      path.size() <= kArchivePathBytesMax;
  if (wanted) {
    if (seen_.insert(path).second) return VisitFile(source, path, depth);
    Fail(path, InvalidArgumentError(
                   "stands twice in the archive; only the first was taken",
                   "DUPLICATE_ENTRY"));
  } else if (head.type == EntryType::kLink || head.type == EntryType::kOther) {
    Emit({.path = prefix + Shown(head.path),
          .bytes = {},
          .status = {},
          .note = head.type == EntryType::kLink
                      ? "is a link; links in archives are not followed"
                      : "is a device or a pipe and was left out"});
  } else if (head.type == EntryType::kFile &&
             (clean.empty() || path.size() > kArchivePathBytesMax)) {
    Fail(prefix + Shown(head.path),
         InvalidArgumentError(
             "has a name that points outside of the archive, is above " +
                 std::to_string(kArchivePathBytesMax) +
                 " bytes or holds control characters: rename it",
             "BAD_ENTRY_NAME"));
  }
  if (!source.in_one_stream() || head.type != EntryType::kFile) {
    return OkStatus();
  }
  // A damaged entry that nobody wants ends nothing yet.
  Drain(source).IgnoreError();
  return ended_;
}

Status Walker::Walk(std::string_view bytes, std::string_view file_name,
                    const std::string& prefix, std::uint64_t depth) {
  const ArchiveKind kind = SniffArchive(bytes, file_name);
  if (kind == ArchiveKind::kNone) {
    return InvalidArgumentError("is no archive", "UNKNOWN_FORMAT");
  }
  CAIRN_ASSIGN_OR_RETURN(
      const std::unique_ptr<EntrySource> source,
      kind == ArchiveKind::kZip
          ? OpenZip(bytes)
          : OpenStream(bytes, file_name, kind == ArchiveKind::kPacked));
  const std::uint64_t given_before = given_;
  EntryHead head;
  while (!stopped_) {
    CAIRN_ASSIGN_OR_RETURN(const bool more, source->Next(head));
    if (!more && given_ == given_before) {
      return InvalidArgumentError("holds no files: was it written to the end?",
                                  "EMPTY_ARCHIVE");
    }
    if (!more) return OkStatus();
    if (++entries_ > limits_.entries_max) {
      ended_ = Stopped("the archive has more than " +
                           std::to_string(limits_.entries_max) + " entries",
                       "TOO_MANY_ENTRIES");
      return ended_;
    }
    CAIRN_RETURN_IF_ERROR(Visit(*source, head, prefix, depth));
  }
  return OkStatus();
}

}  // namespace

Status DamagedArchive(std::string_view what) {
  return InvalidArgumentError(
      "is damaged (" + Shown(what) +
          "): was the archive copied or downloaded to its end?",
      "DAMAGED_ARCHIVE");
}

std::string CleanEntryPath(std::string_view path) {
  std::string slashed(path);
  std::replace(slashed.begin(), slashed.end(), '\\', '/');
  const bool control = std::any_of(slashed.begin(), slashed.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  const bool drive = slashed.size() > 1 && slashed[1] == ':';
  if (control || drive || slashed.starts_with('/')) return {};
  std::string clean;
  std::string_view rest = slashed;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    if (step == "..") return {};
    if (step.empty() || step == ".") continue;
    if (!clean.empty()) clean.push_back('/');
    clean += step;
  }
  return clean;
}

bool IsHiddenEntry(std::string_view clean_path) {
  return clean_path.starts_with('.') ||
         clean_path.find("/.") != std::string_view::npos ||
         clean_path.starts_with("__MACOSX/");
}

Status WalkArchive(std::string_view bytes, std::string_view file_name,
                   const ArchiveLimits& limits, const OnArchiveItem& on_item) {
  return Walker(bytes.size(), limits, on_item).Walk(bytes, file_name, "", 1);
}

}  // namespace cairn
