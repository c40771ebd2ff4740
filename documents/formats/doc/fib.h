// Fib: the File Information Block [MS-DOC 2.5], which says where everything in
// a Word file stands.
//
// Threads: values. Errors: INVALID_ARGUMENT: DAMAGED_OLE_FILE,
// ENCRYPTED_PACKAGE, UNSUPPORTED_VERSION (before Word 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/status.h"

namespace cairn {

// Bytes of the table stream.
struct DocPart {
  std::uint32_t at = 0, size = 0;
};

// Indexes of pairs of place and size in the block of Word 97 and later.
enum class DocPartIndex : std::uint8_t {
  kStyles = 1,
  kFootnoteRefs = 2,
  kFootnotes = 3,
  kCommentRefs = 4,
  kComments = 5,
  kHeaders = 11,
  kCharacterPages = 12,
  kParagraphPages = 13,
  kFonts = 15,
  kPieces = 33,
  kCommentAuthors = 36,
  kShapes = 40,
  kEndnoteRefs = 46,
  kEndnotes = 47,
  kDrawings = 50,
  kBoxes = 56,
  kHeaderBoxes = 58,
  kLists = 73,
  kListUses = 74,
  kCommentDates = 112,
};

struct Fib {
  bool word6 = false;  // Word 6 or 95: only the text is read.
  bool pieces = true;  // False: the text is one piece from text_at on.
  int language = 0;    // A Windows locale.
  std::string_view table_stream;  // Its name.
  std::uint32_t text_at = 0;
  // Characters of each part of the text, in this order.
  std::uint32_t body = 0, footnotes = 0, headers = 0, macros = 0, comments = 0,
                endnotes = 0, boxes = 0, header_boxes = 0;
  std::string_view pairs;  // Of places and sizes.
  DocPart old_pieces;      // Of Word 6.

  DocPart Part(DocPartIndex index) const;
};

// The streams WordDocument, the table stream that the block names, and Data
// (may be empty).
struct DocStreams {
  std::string_view main, table, data;
};

// `stream`: WordDocument, which must outlive the result.
StatusOr<Fib> ReadFib(std::string_view stream);

}  // namespace cairn
