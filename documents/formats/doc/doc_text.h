// DocText: the characters of a Word file in their order.
//
// The text is kept in pieces of one or two bytes a character, anywhere in the
// stream [MS-DOC 2.4.1]. Formatting is told by the place in the stream, hence
// PlaceOf.
// Life cycle: Read once. Threads: safe after that; immutable.
// Limits: at most as many characters as the stream has bytes; what pieces claim
// beyond that is cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/doc/fib.h"

namespace cairn {

class DocText {
 public:
  // `stream`: WordDocument; `table`: the stream that the block names.
  static DocText Read(std::string_view stream, std::string_view table,
                      const Fib& fib);

  std::uint32_t size() const {
    return static_cast<std::uint32_t>(units_.size());
  }
  // A UTF-16 unit; `at` < size().
  char16_t operator[](std::uint32_t at) const { return units_[at]; }
  // Where a character stands in the stream, and for how many of those after it
  // the same holds.
  struct Place {
    std::uint32_t offset = 0;
    std::uint32_t width = 1;  // Bytes of a character.
    std::uint32_t end = 0;    // Of the piece, in characters.
  };
  Place PlaceOf(std::uint32_t at) const;
  // Changes to the paragraphs of the piece that were saved in haste; empty:
  // none.
  std::string_view ChangesAt(std::uint32_t at) const;
  bool cut() const { return cut_; }

 private:
  struct Piece {
    std::uint32_t begin = 0;   // First character.
    std::uint32_t offset = 0;  // In the stream.
    bool wide = false;
    std::string_view changes;
  };

  void ReadPieces(std::string_view stream, std::string_view part);
  void AddPiece(std::string_view stream, Piece piece, std::uint32_t count);
  // The index of the first piece after the one that holds the character.
  std::size_t PieceAfter(std::uint32_t at) const;

  std::u16string units_;
  std::vector<Piece> pieces_;
  bool cut_ = false;
  bool word6_ = false;
  std::u16string narrow_;  // The 256 characters of one byte.
};

}  // namespace cairn
