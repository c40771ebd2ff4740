// Sources: files, folders, archives, JSON Lines and stdin as documents to
// upload.
//
// Ids: a file's id is its path inside the given folder (its name, for a file
// given by itself), '/' written '~', other signs than ASCII letters, digits,
// '.', '_' and '-' percent-encoded. A line of JSON Lines brings its own.
// Archives (cli/archives.h) are told by name and content, and are folders.
// Memory: files are not read here; of JSON Lines one piece and one line at a
// time. Folders are listed whole.
// Recordings: subtitles of the same name beside one (talk.mp4, talk.vtt) are
// taken as its text, under its id, and not once more under their own.
// Order: files by their path inside the folder, byte by byte. Hidden files and
// folders are left out, links to folders are not followed.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"

namespace cairn::cli {

// One document to be uploaded.
struct UploadItem {
  DocumentSource source;  // Its bytes, unless they stand in a file.
  std::string path;       // Read from there; empty: source.bytes.
  std::string origin;     // For messages: "a.txt", "b.jsonl:17".
};

struct SourceOptions {
  std::vector<std::string> paths;  // "-": stdin.
  std::string id;                  // For a single file or stdin; empty: made.
  std::string title;               // Likewise.
  Limits limits;
};

struct SourceEvents {
  // False: stop.
  std::function<bool(UploadItem item)> on_item;
  // Something that cannot be taken in; the rest goes on.
  std::function<void(const std::string& origin, const Status& status)>
      on_failure;
  // Something that is left out on purpose.
  std::function<void(const std::string& origin, const std::string& note)>
      on_note;
};

class Sources {
 public:
  explicit Sources(SourceOptions options);

  // Lists the folders. A path that is not there or cannot be read is told by
  // Visit, unless there is nothing else: then NOT_FOUND (PATH_NOT_FOUND) or
  // PERMISSION_DENIED (PATH_NOT_READABLE). INVALID_ARGUMENT when an id is given
  // for more than one document.
  Status List();
  // Documents that will come; 0: not known, since JSON Lines, stdin or an
  // archive is among them. After List.
  std::size_t count() const { return count_known_ ? entries_.size() : 0; }
  // Visits them all. After List.
  void Visit(const SourceEvents& events) const;

 private:
  enum class Kind { kFile, kJsonl, kStream };
  struct Entry {
    Kind kind = Kind::kFile;
    std::string path;
    std::string id;
    std::string recording;  // `path` are its subtitles; empty: it is none.
  };
  struct Problem {
    std::string origin;
    Status status;
  };

  void ListPath(const std::string& path);
  void ListFolder(const std::string& folder);
  void AddFile(const std::string& path, std::string id);
  void VisitFile(const Entry& entry, const SourceEvents& events) const;

  const SourceOptions options_;
  std::vector<Entry> entries_;
  std::vector<Problem> problems_;  // Found while listing.
  bool count_known_ = true;
};

// "reports/2023 final.pdf" to "reports~2023%20final.pdf".
std::string DocumentIdOf(std::string_view relative_path);

}  // namespace cairn::cli
