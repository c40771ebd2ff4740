// CompoundFile: the storages and streams of a Compound File Binary file
// [MS-CFB]: old Office files, Outlook messages, encrypted new Office files.
//
// Place: under the readers of .doc, .xls, .ppt and .msg, and under the sniffer,
// which asks for names only. It knows nothing of what streams mean.
// Life cycle: Open reads the directory; the bytes must outlive the object.
// Threads: none; one parse owns it.
// Errors: INVALID_ARGUMENT with DAMAGED_OLE_FILE when there is no directory to
// be read. Damage behind that costs only the streams it is in: they are given
// as far as they go, and damages() counts them.
// Limits: every chain of sectors is at most as long as the file, so that loops
// end; all calls of Read together give at most kReadTimesMax times the size of
// the file, so that streams which share their sectors do not multiply it. Cost:
// linear in the file for Open, in the stream for Read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace cairn {

inline constexpr std::string_view kCompoundFileMagic =
    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

struct CompoundEntry {
  std::string name;          // UTF-8; control characters of the name are kept.
  bool storage = false;      // Else a stream.
  std::uint32_t parent = 0;  // Index of the storage that holds it.
  std::uint64_t size = 0;    // Of a stream, as the directory claims.
  std::uint32_t first_sector = 0;
};

class CompoundFile {
 public:
  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::size_t kReadTimesMax = 8;

  static StatusOr<CompoundFile> Open(std::string_view bytes);

  // The first is the root storage; those behind it are in the order in which
  // the directory's tree gives them, storages before what they hold.
  const std::vector<CompoundEntry>& entries() const { return entries_; }
  // Indexes of what a storage holds, in the order of entries().
  const std::vector<std::uint32_t>& ChildrenOf(std::uint32_t storage) const {
    return children_[storage];
  }
  // By name, in any case of ASCII letters.
  std::optional<std::uint32_t> Find(std::string_view name,
                                    std::uint32_t storage = kRoot) const;

  // The bytes of a stream; fewer than it claims when it is damaged.
  std::string Read(std::uint32_t stream);
  // Of the stream with that name; empty when there is none.
  std::string ReadNamed(std::string_view name, std::uint32_t storage = kRoot);

  // Streams read so far that were cut off by damage.
  std::size_t damages() const { return damages_; }

 private:
  explicit CompoundFile(std::string_view bytes) : bytes_(bytes) {}

  Status ReadHeader();
  void ReadFat();
  void AddFatSector(std::uint32_t sector);
  Status ReadDirectory();
  // At the first small stream: telling what a file is needs none.
  void ReadMiniStream();
  std::size_t SectorCount() const;
  std::string_view Sector(std::uint32_t sector) const;
  std::uint32_t NextOf(std::uint32_t sector) const;
  // Up to `size` bytes of a chain of sectors.
  std::string ReadChain(std::uint32_t first, std::uint64_t size) const;
  std::string ReadMiniChain(std::uint32_t first, std::uint64_t size) const;

  std::string_view bytes_;
  std::size_t sector_bytes_ = 512, mini_bytes_ = 64, mini_cutoff_ = 4096;
  std::vector<std::uint32_t> fat_, mini_fat_;
  std::string mini_stream_;
  std::uint32_t mini_first_ = 0, mini_size_ = 0;  // Its chain of sectors.
  bool mini_read_ = false;
  std::vector<CompoundEntry> entries_;
  std::vector<std::vector<std::uint32_t>> children_;
  std::size_t bytes_read_ = 0, damages_ = 0;
};

}  // namespace cairn
