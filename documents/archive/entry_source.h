// EntrySource: the entries of one archive in its order.
//
// Place: under the walker; ZipSource and StreamSource implement it.
// Threads: none. Memory: no entry is held. Errors: DAMAGED_ARCHIVE,
// ENCRYPTED_ARCHIVE, UNKNOWN_PACKING.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"

namespace cairn {

enum class EntryType { kFile, kFolder, kLink, kOther };

struct EntryHead {
  std::string path;  // As the archive spells it, in any bytes.
  EntryType type = EntryType::kFile;
};

class EntrySource {
 public:
  virtual ~EntrySource() = default;
  // False at the end. An error ends the archive.
  virtual StatusOr<bool> Next(EntryHead& head) = 0;
  // More bytes of the entry; 0 at its end. An error ends the entry.
  virtual StatusOr<std::size_t> Read(char* to, std::size_t size) = 0;
  // True: entries that are not read must be, since their bytes are unpacked on
  // the way to the next one in any case.
  virtual bool in_one_stream() const = 0;
};

// `bytes` outlives the source.
StatusOr<std::unique_ptr<EntrySource>> OpenZip(std::string_view bytes);
// `only_packed`: it holds one file, whatever that looks like; else what is no
// tar or 7z is one too, called as `file_name` without its packing.
StatusOr<std::unique_ptr<EntrySource>> OpenStream(std::string_view bytes,
                                                  std::string_view file_name,
                                                  bool only_packed);

// Loads what libraries load when they are first used.
void PrepareArchivesForJail();

Status DamagedArchive(std::string_view what);

}  // namespace cairn
