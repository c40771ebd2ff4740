// WalkArchive: the files of an archive and of the archives within it.
//
// Place: runs in the jailed process (documents/sandbox/unpack.h) and in tests.
// Pure: nothing is written anywhere.
// Names: '/' between steps, without "." steps. Absolute names, "..", a drive,
// control characters and names above path_bytes_max are failures of their
// entry. Steps that begin with '.' and the folder __MACOSX are left out, as
// hidden files of a folder are. Links, devices and pipes are left out with a
// note. Of two entries of one name the first counts, the other fails.
// Limits: ArchiveLimits, over all nested archives together. Memory: the entry
// at hand, and one for every archive around it.
// Threads: none. Errors: DAMAGED_ARCHIVE, EMPTY_ARCHIVE (hidden files do not
// count), TOO_MANY_ENTRIES,
// ARCHIVE_TOO_LARGE, ARCHIVE_EXPANDS_TOO_MUCH; what was given before counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"

namespace cairn {

struct ArchiveLimits {
  std::uint64_t entries_max = 10'000;
  std::uint64_t bytes_max = std::uint64_t{2} << 30;  // Unpacked, all together.
  // Unpacked bytes to bytes of the outermost archive, above ratio_free_bytes.
  std::uint64_t ratio_max = 100;
  std::uint64_t ratio_free_bytes = 1 << 20;
  std::uint64_t nesting_max = 8;  // Archives around a file.
  std::uint64_t entry_bytes_max = Limits().document_bytes_max;
};
inline constexpr std::size_t kArchivePathBytesMax = 1024;

struct ArchiveItem {
  std::string path;   // "2023/report.pdf", "inner.zip/a.txt".
  std::string bytes;  // Of a file.
  Status status;      // Not OK: it cannot be read.
  std::string note;   // Not empty: it was left out on purpose, and why.
};
// False: stop.
using OnArchiveItem = std::function<bool(ArchiveItem item)>;

Status WalkArchive(std::string_view bytes, std::string_view file_name,
                   const ArchiveLimits& limits, const OnArchiveItem& on_item);

// `path` with the steps above made; empty: it is refused.
std::string CleanEntryPath(std::string_view path);
bool IsHiddenEntry(std::string_view clean_path);

}  // namespace cairn
