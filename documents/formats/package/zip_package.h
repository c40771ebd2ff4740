// ZipPackage: the parts of a ZIP package in memory, read within limits.
//
// Place: under every format that is a ZIP of parts (OOXML, ODF, EPUB). Names
// are only keys to look parts up: nothing is ever written under them, so
// "../" and absolute names do no harm. Of equal names the first one counts.
// Packages inside packages are parts like others and are not opened.
// Limits: parts, the bytes of one part, the bytes of all parts read, and how
// much more than its packed size a part may become.
// Threads: none; one parse owns it. Memory: one part at a time.
// Errors: INVALID_ARGUMENT with DAMAGED_PACKAGE, ENCRYPTED_PACKAGE,
// TOO_MANY_PARTS, PACKAGE_TOO_LARGE, PART_MISSING, DOCUMENT_TOO_LARGE.
// Library: libzip, here and in documents/archive only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/limits.h"
#include "base/status.h"

struct zip;
struct zip_stat;

namespace cairn {

// The beginning of a part, and what the directory says of all of it.
struct PartHead {
  std::string bytes;
  std::uint64_t size = 0;
  std::uint32_t checksum = 0;
};

class ZipPackage {
 public:
  // `bytes` must outlive the package.
  static StatusOr<ZipPackage> Open(std::string_view bytes,
                                   const Limits& limits);

  // Names are compared without case, as the packages' standards ask.
  bool Has(std::string_view name) const;
  // As the package spells them, in its order.
  const std::vector<std::string>& names() const { return names_; }
  std::size_t duplicates() const { return duplicates_; }

  StatusOr<std::string> Read(std::string_view name);
  // At most `bytes_max` of a part, which do not count among the bytes read.
  StatusOr<PartHead> ReadHead(std::string_view name, std::size_t bytes_max);

 private:
  struct Close {
    void operator()(struct zip* archive) const;
  };
  explicit ZipPackage(std::unique_ptr<struct zip, Close> archive)
      : archive_(std::move(archive)) {}
  StatusOr<struct zip_stat> Find(std::string_view name) const;
  StatusOr<std::string> ReadEntry(const struct zip_stat& stat,
                                  std::size_t bytes_max);

  std::unique_ptr<struct zip, Close> archive_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint64_t> index_;
  std::size_t duplicates_ = 0;
  std::size_t read_ = 0;  // Bytes of all parts so far.
};

// "word/../x.xml" under "word/a.xml" or with a leading slash, as a plain name
// from the root; steps above the root are dropped. %41 is undone.
std::string ResolvePartName(std::string_view base_part,
                            std::string_view target);

}  // namespace cairn
