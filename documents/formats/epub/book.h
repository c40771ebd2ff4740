// Book: the package document of an EPUB: what it says of the book, and its
// chapters in reading order.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/package/zip_package.h"

namespace cairn {

struct Book {
  std::string title, language;
  std::string authors, published, subjects;  // Empty: unknown.
  std::vector<std::string> chapters;         // Names of parts.
  std::size_t unreadable = 0;  // Of the reading order: absent, no text.
  std::string damage;          // Of the package document; empty: none.
};

// INVALID_ARGUMENT: DAMAGED_PACKAGE, ENCRYPTED_PACKAGE (a chapter is locked),
// and those of ZipPackage and LoadXml.
StatusOr<Book> ReadBook(ZipPackage& package, const Limits& limits);

}  // namespace cairn
