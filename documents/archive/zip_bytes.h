// OpenZipBytes: a ZIP file in memory by libzip.
// Threads: safe; an archive belongs to one thread. The bytes outlive it.
#pragma once

#include <zip.h>

#include <memory>
#include <string>
#include <string_view>

namespace cairn {

struct DiscardZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using ZipOwner = std::unique_ptr<zip_t, DiscardZip>;

// Null, and why in libzip's words, for what is none.
inline ZipOwner OpenZipBytes(std::string_view bytes, std::string& why) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source =
      zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  ZipOwner archive(source == nullptr
                       ? nullptr
                       : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (archive == nullptr) {
    why = zip_error_strerror(&error);
    if (source != nullptr) zip_source_free(source);
  }
  zip_error_fini(&error);
  return archive;
}

}  // namespace cairn
