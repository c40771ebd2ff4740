#include "storage/rocks_status.h"

#include <string>

namespace cairn {
namespace {

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

Status FromRocks(const rocksdb::Status& status, std::string_view folder) {
  if (status.ok()) return OkStatus();
  const std::string text = status.ToString();
  const std::string where = "data folder " + std::string(folder);
  // A file that the manifest names and that is gone is damage as well.
  if (status.IsCorruption() || status.IsPathNotFound()) {
    return DataLossError(
        where + " is damaged: " + text + "; restore it from a backup",
        "CORRUPTION");
  }
  if (status.IsNoSpace() || Contains(text, "No space left")) {
    return ResourceExhaustedError(
        where + ": the disk is full; free some space, then start again",
        "DISK_FULL");
  }
  // Before the lock: a read-only folder cannot be locked either.
  if (Contains(text, "Read-only file system") ||
      Contains(text, "Permission denied")) {
    return PermissionDeniedError(
        where + " cannot be written (" + text +
            "); choose another with --data or change its permissions",
        "DATA_FOLDER_READ_ONLY");
  }
  if (Contains(text, "While lock file") || Contains(text, "lock hold by")) {
    return UnavailableError(
        where +
            " is in use by another process; stop it, or talk to it with "
            "--server HOST:PORT",
        "DATA_FOLDER_IN_USE");
  }
  if (Contains(text, "create_if_missing is false")) {
    return NotFoundError(where +
                             " holds no data yet; ingest something first, or "
                             "choose another with --data",
                         "DATA_FOLDER_NOT_FOUND");
  }
  if (status.IsNotFound()) return NotFoundError(where + ": " + text);
  return InternalError(where + ": " + text);
}

}  // namespace cairn
