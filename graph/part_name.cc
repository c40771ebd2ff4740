#include "graph/part_name.h"

#include <cstddef>

#include "base/hash.h"

namespace cairn {

std::string PartName(DocumentKey document, std::string_view key) {
  return "#" + std::to_string(document.value()) + " " + std::string(key);
}

// Books get numbers like those of documents; a book is no document.
std::string PartName(std::string_view book, std::string_view key) {
  return "#" + std::to_string(Fingerprint64(book)) + " " + std::string(key);
}

std::string_view BookOf(std::string_view document_id) {
  const std::size_t end = document_id.find_last_of("~/");
  return end == std::string_view::npos ? std::string_view()
                                       : document_id.substr(0, end + 1);
}

}  // namespace cairn
