#include "cli/sources.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "cli/archives.h"
#include "cli/jsonl_items.h"
#include "cli/output.h"
#include "documents/archive/sniff_archive.h"
#include "documents/sniff.h"

namespace cairn::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 1 << 20;
// A stream is looked at this far to tell JSON Lines from one document.
constexpr std::size_t kLookBytes = 1 << 20;
// No file system has longer ones.
constexpr std::size_t kFileNameBytesMax = 1024;

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

bool IsJsonl(const std::string& path) {
  constexpr std::string_view kEnd = ".jsonl";
  return path.size() >= kEnd.size() &&
         path.compare(path.size() - kEnd.size(), kEnd.size(), kEnd) == 0;
}

Status PathError(const std::string& path, int error) {
  if (error == ENOENT) {
    return NotFoundError("there is no file or folder " + path,
                         "PATH_NOT_FOUND");
  }
  return PermissionDeniedError(path + ": " + std::strerror(error),
                               "PATH_NOT_READABLE");
}

// Reads a file or a stream in pieces.
class PieceReader {
 public:
  explicit PieceReader(const std::string& path)
      : path_(path),
        descriptor_(path == "-" ? STDIN_FILENO
                                : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) status_ = PathError(path, errno);
  }
  ~PieceReader() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  }
  PieceReader(const PieceReader&) = delete;
  PieceReader& operator=(const PieceReader&) = delete;

  // Empty at the end.
  StatusOr<std::string_view> Next() {
    CAIRN_RETURN_IF_ERROR(status_);
    buffer_.resize(kPieceBytes);
    ssize_t got = 0;
    do {
      got = ::read(descriptor_, buffer_.data(), buffer_.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) return PathError(path_, errno);
    return std::string_view(buffer_.data(), static_cast<std::size_t>(got));
  }

 private:
  const std::string path_;
  const int descriptor_;
  Status status_;
  std::string buffer_;
};

// Feeds JSON Lines; `head` are bytes that were read before.
void VisitJsonl(PieceReader& pieces, const std::string& name,
                std::string_view head, const Limits& limits,
                const SourceEvents& events) {
  JsonlItems items(name, limits, events);
  bool going = head.empty() || items.Feed(head);
  while (going) {
    const auto piece = pieces.Next();
    if (!piece.ok()) {
      events.on_failure(name, piece.status());
      return;
    }
    if (piece->empty()) break;
    going = items.Feed(*piece);
  }
  if (going) items.Finish();
}

// True when the first line is an object with a text.
bool LooksLikeJsonl(std::string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || head[start] != '{') return false;
  const std::string_view line =
      head.substr(start, head.find('\n', start) - start);
  const auto value =
      nlohmann::json::parse(line.begin(), line.end(), nullptr, false);
  return value.is_object() && value.contains("text");
}

// A pipe: JSON Lines when it looks so, else one document.
void VisitStream(PieceReader& pieces, const DocumentSource& named,
                 const std::string& name, const Limits& limits,
                 const SourceEvents& events) {
  std::string bytes;
  for (;;) {
    const auto piece = pieces.Next();
    if (!piece.ok()) {
      events.on_failure(name, piece.status());
      return;
    }
    bytes += *piece;
    const bool line = piece->empty() || bytes.size() >= kLookBytes ||
                      bytes.find('\n') != std::string::npos;
    if (line && LooksLikeJsonl(bytes)) {
      VisitJsonl(pieces, name, bytes, limits, events);
      return;
    }
    if (line) break;
  }
  for (;;) {
    const auto piece = pieces.Next();
    if (!piece.ok()) {
      events.on_failure(name, piece.status());
      return;
    }
    if (piece->empty()) break;
    bytes += *piece;
    if (bytes.size() > limits.document_bytes_max) {
      events.on_failure(
          name,
          InvalidArgumentError("is larger than " +
                                   std::to_string(limits.document_bytes_max) +
                                   " bytes; split it",
                               "DOCUMENT_TOO_LARGE"));
      return;
    }
  }
  if (SniffArchive(bytes, {}) != ArchiveKind::kNone) {
    VisitArchiveBytes(bytes, {},
                      {.id = named.id,
                       .origin = name,
                       .title = named.title,
                       .limits = limits},
                      events);
    return;
  }
  UploadItem item{.source = named, .path = {}, .origin = name};
  item.source.bytes = std::move(bytes);
  (void)events.on_item(std::move(item));
}

// The subtitles beside a recording or a film; empty: none.
std::string SubtitlesOf(const fs::path& path) {
  std::vector<std::string_view> endings = EndingsOf("recording");
  const std::vector<std::string_view> films = EndingsOf("film");
  endings.insert(endings.end(), films.begin(), films.end());
  std::string ending = path.extension().string();
  for (char& sign : ending) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign + 32);
  }
  if (ending.size() < 2 || std::find(endings.begin(), endings.end(),
                                     ending.substr(1)) == endings.end()) {
    return {};
  }
  for (const char* subtitles : {".vtt", ".srt"}) {
    fs::path beside = path;
    beside.replace_extension(subtitles);
    std::error_code ignored;
    if (fs::is_regular_file(beside, ignored)) return beside.string();
  }
  return {};
}

bool IsHidden(const fs::path& path) {
  return path.filename().string().front() == '.';
}

}  // namespace

std::string DocumentIdOf(std::string_view relative_path) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string id;
  for (const char sign : relative_path) {
    if (sign == '/') {
      id += '~';
    } else if (IsPlain(sign)) {
      id += sign;
    } else {
      id += '%';
      id += kDigits[static_cast<unsigned char>(sign) >> 4];
      id += kDigits[static_cast<unsigned char>(sign) & 15];
    }
  }
  return id;
}

Sources::Sources(SourceOptions options) : options_(std::move(options)) {}

Status Sources::List() {
  for (const std::string& path : options_.paths) ListPath(path);
  if (entries_.empty() && !problems_.empty()) return problems_.front().status;
  const bool named = !options_.id.empty() || !options_.title.empty();
  if (named && (entries_.size() != 1 || entries_[0].kind == Kind::kJsonl)) {
    return InvalidArgumentError("--id and --title go with a single document",
                                "BAD_ARGUMENT");
  }
  if (!options_.id.empty()) entries_[0].id = options_.id;
  // Two files of one id: the later would silently take the other's place.
  std::unordered_map<std::string, std::string> seen;
  std::erase_if(entries_, [&](const Entry& entry) {
    if (entry.kind == Kind::kJsonl) return false;
    const auto [other, is_new] = seen.emplace(entry.id, entry.path);
    if (!is_new && other->second != entry.path) {
      problems_.push_back(
          {entry.path,
           InvalidArgumentError(
               "has the document id " + entry.id + " of " + other->second +
                   "; give the folder above both, or use two collections",
               "DUPLICATE_DOCUMENT_ID")});
    }
    return !is_new;
  });
  return OkStatus();
}

void Sources::ListPath(const std::string& path) {
  if (path == "-") {
    entries_.push_back({.kind = Kind::kStream, .path = path, .id = "stdin"});
    count_known_ = false;
    return;
  }
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    problems_.push_back(
        {path, PathError(path, error ? error.value() : ENOENT)});
  } else if (fs::is_directory(status)) {
    ListFolder(path);
  } else if (fs::is_regular_file(status)) {
    AddFile(path, DocumentIdOf(fs::path(path).filename().string()));
  } else {
    entries_.push_back(
        {.kind = Kind::kStream,
         .path = path,
         .id = DocumentIdOf(fs::path(path).filename().string())});
    count_known_ = false;
  }
}

void Sources::AddFile(const std::string& path, std::string id) {
  if (IsJsonl(path)) {
    entries_.push_back({.kind = Kind::kJsonl, .path = path, .id = {}});
    count_known_ = false;
  } else {
    Entry entry{.kind = Kind::kFile, .path = path, .id = std::move(id)};
    if (std::string subtitles = SubtitlesOf(path); !subtitles.empty()) {
      entry.recording = path;
      entry.path = std::move(subtitles);
    }
    entries_.push_back(std::move(entry));
    if (IsNamedLikeArchive(path)) count_known_ = false;
  }
}

void Sources::ListFolder(const std::string& folder) {
  std::vector<std::pair<std::string, std::string>> files;  // Relative, path.
  std::vector<std::string> folders = {folder};
  const fs::path root = folder;
  while (!folders.empty()) {
    const std::string here = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    fs::directory_iterator entry(here, error);
    for (; !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      if (IsHidden(entry->path())) continue;
      std::error_code ignored;
      if (entry->is_directory(ignored)) {
        if (!entry->is_symlink(ignored)) {
          folders.push_back(entry->path().string());
        }
      } else if (entry->is_regular_file(ignored)) {
        files.emplace_back(entry->path().lexically_relative(root).string(),
                           entry->path().string());
      }
    }
    if (error) problems_.push_back({here, PathError(here, error.value())});
  }
  std::sort(files.begin(), files.end());
  std::set<std::string> taken;  // Subtitles of recordings.
  for (const auto& [relative, path] : files) {
    if (std::string subtitles = SubtitlesOf(path); !subtitles.empty()) {
      taken.insert(std::move(subtitles));
    }
  }
  for (const auto& [relative, path] : files) {
    if (!taken.contains(path)) AddFile(path, DocumentIdOf(relative));
  }
}

void Sources::VisitFile(const Entry& entry, const SourceEvents& events) const {
  if (IsArchiveFile(entry.path, options_.limits)) {
    VisitArchiveFile(entry.path,
                     {.id = entry.id,
                      .origin = Cleaned(entry.path),
                      .title = options_.title,
                      .limits = options_.limits},
                     events);
    return;
  }
  UploadItem item{.source = {}, .path = entry.path, .origin = entry.path};
  item.source.id = entry.id;
  item.source.title = options_.title;
  // The bytes of a path are any; on the wire text is UTF-8.
  item.source.file_name =
      Shortened(fs::path(entry.path).filename().string(), kFileNameBytesMax);
  item.source.source_uri =
      Cleaned(entry.recording.empty() ? entry.path : entry.recording);
  (void)events.on_item(std::move(item));
}

void Sources::Visit(const SourceEvents& events) const {
  for (const Problem& problem : problems_) {
    events.on_failure(problem.origin, problem.status);
  }
  bool going = true;
  SourceEvents stopping = events;
  stopping.on_item = [&](UploadItem item) {
    going = events.on_item(std::move(item));
    return going;
  };
  for (const Entry& entry : entries_) {
    if (!going) return;
    if (entry.kind == Kind::kFile) {
      VisitFile(entry, stopping);
      continue;
    }
    PieceReader pieces(entry.path);
    if (entry.kind == Kind::kJsonl) {
      VisitJsonl(pieces, entry.path, {}, options_.limits, stopping);
    } else {
      DocumentSource named;
      named.id = entry.id;
      named.title = options_.title;
      const bool standard_input = entry.path == "-";
      VisitStream(pieces, named, standard_input ? "stdin" : entry.path,
                  options_.limits, stopping);
    }
  }
}

}  // namespace cairn::cli
