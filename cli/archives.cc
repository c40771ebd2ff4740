#include "cli/archives.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <utility>

#include "cli/jsonl_items.h"
#include "cli/output.h"
#include "documents/archive/sniff_archive.h"
#include "documents/sandbox/unpack.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

// A file that is open for reading; closed with the object.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int get() const { return descriptor_; }

  // At most `bytes_max` bytes from the begin; the place of reading stays.
  std::string Head(std::size_t bytes_max) const {
    std::string bytes;
    while (bytes.size() < bytes_max) {
      const std::size_t have = bytes.size();
      bytes.resize(std::min(bytes_max, have + kPieceBytes));
      const ssize_t got =
          ::pread(descriptor_, bytes.data() + have, bytes.size() - have,
                  static_cast<off_t>(have));
      bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got <= 0) break;
    }
    return bytes;
  }

 private:
  const int descriptor_;
};

std::string FileNameOf(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

// Makes documents of what comes out of one archive.
class EntryVisitor {
 public:
  EntryVisitor(const ArchiveVisit& visit, const SourceEvents& events)
      : visit_(visit), events_(events) {}

  bool Take(ArchiveItem item) {
    const std::string origin = visit_.origin + "/" + Cleaned(item.path);
    if (!item.note.empty()) {
      events_.on_note(origin, item.note);
    } else if (!item.status.ok()) {
      events_.on_failure(origin, item.status);
    } else if (item.path.ends_with(".jsonl")) {
      return TakeLines(item.bytes, origin);
    } else {
      UploadItem upload{.source = {}, .path = {}, .origin = origin};
      upload.source.id = visit_.id + "~" + DocumentIdOf(item.path);
      upload.source.file_name = Shortened(FileNameOf(item.path), 1024);
      upload.source.source_uri = origin;
      upload.source.bytes = std::move(item.bytes);
      return events_.on_item(std::move(upload));
    }
    return true;
  }

 private:
  bool TakeLines(std::string_view bytes, const std::string& origin) {
    JsonlItems items(origin, visit_.limits, events_);
    return items.Feed(bytes) && items.Finish();
  }

  const ArchiveVisit& visit_;
  const SourceEvents& events_;
};

void Visit(const ArchiveVisit& visit, const SourceEvents& events,
           const std::function<Status(const OnArchiveItem&)>& unpack) {
  if (!visit.title.empty()) {
    events.on_failure(
        visit.origin,
        InvalidArgumentError("--title goes with a single document, and an "
                             "archive holds many: leave it out",
                             "BAD_ARGUMENT"));
    return;
  }
  EntryVisitor visitor(visit, events);
  const Status status =
      unpack([&](ArchiveItem item) { return visitor.Take(std::move(item)); });
  if (!status.ok()) events.on_failure(visit.origin, status);
}

}  // namespace

bool IsNamedLikeArchive(std::string_view path) {
  return HasArchiveEnding(path);
}

bool IsArchiveFile(const std::string& path, const Limits& limits) {
  if (!IsNamedLikeArchive(path)) return false;
  const OpenFile file(path);
  if (file.get() < 0) return false;
  const std::string name = FileNameOf(path);
  const std::string head = file.Head(kArchiveHeadBytes);
  const ArchiveKind kind = SniffArchiveHead(head, name);
  if (kind != ArchiveKind::kZip) return kind != ArchiveKind::kNone;
  // Larger than any document: not a package that can be read.
  std::error_code error;
  if (std::filesystem::file_size(path, error) > limits.document_bytes_max) {
    return true;
  }
  return SniffArchive(file.Head(limits.document_bytes_max), name) !=
         ArchiveKind::kNone;
}

void VisitArchiveFile(const std::string& path, const ArchiveVisit& visit,
                      const SourceEvents& events) {
  const OpenFile file(path);
  if (file.get() < 0) {
    events.on_failure(visit.origin,
                      PermissionDeniedError(path + ": " + std::strerror(errno),
                                            "PATH_NOT_READABLE"));
    return;
  }
  Visit(visit, events, [&](const OnArchiveItem& on_item) {
    return UnpackArchive(file.get(), FileNameOf(path), {}, on_item);
  });
}

void VisitArchiveBytes(std::string_view bytes, std::string_view file_name,
                       const ArchiveVisit& visit, const SourceEvents& events) {
  Visit(visit, events, [&](const OnArchiveItem& on_item) {
    return UnpackArchiveBytes(bytes, file_name, {}, on_item);
  });
}

}  // namespace cairn::cli
