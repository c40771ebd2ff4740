// Archives: whether it is one, and the files inside. The name of the file,
// which counts, is what stands before the first zero byte.
#include <algorithm>

#include "documents/archive/archive_walker.h"
#include "documents/archive/sniff_archive.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  std::string_view bytes = fuzz::TextOf(data, size);
  const std::string_view name = bytes.substr(0, bytes.find('\0'));
  bytes.remove_prefix(std::min(bytes.size(), name.size() + 1));
  (void)SniffArchive(bytes, name);
  ArchiveLimits limits;
  limits.bytes_max = 16 << 20;
  limits.entry_bytes_max = 1 << 20;
  std::uint64_t entries = 0;
  std::uint64_t unpacked = 0;
  const Status status =
      WalkArchive(bytes, name, limits, [&](const ArchiveItem& item) {
        ++entries;
        unpacked += item.bytes.size();
        fuzz::Require(item.bytes.size() <= limits.entry_bytes_max,
                      "an entry keeps its limit");
        if (item.status.ok() && item.note.empty()) {
          fuzz::Require(CleanEntryPath(item.path) == item.path,
                        "the name of a file is a clean one");
        }
        return true;
      });
  fuzz::Require(entries <= limits.entries_max, "entries keep their limit");
  fuzz::Require(unpacked <= limits.bytes_max, "bytes keep their limit");
  fuzz::Require(status.ok() || !ReasonOf(status).empty(),
                "an error has a reason");
  return 0;
}
