#include "documents/formats/doc/doc_text.h"

#include <algorithm>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"
#include "text/utf8.h"

namespace cairn {
namespace {

// Of the changes of one piece, in bytes; many pieces may share them.
constexpr std::size_t kChangesMax = 512;

// The code page of Word 6 follows from the language; later versions pack
// Western texts only.
int CodePageOf(int language) {
  switch (language & 0x3ff) {
    case 0x19:  // Russian, Ukrainian, Bulgarian, Belarusian.
    case 0x22:
    case 0x02:
    case 0x23:
      return 1251;
    case 0x15:  // Polish, Czech, Hungarian, Romanian, Slovak, Slovenian.
    case 0x05:
    case 0x0e:
    case 0x18:
    case 0x1b:
    case 0x24:
      return 1250;
    case 0x08:
      return 1253;
    case 0x1f:
      return 1254;
    case 0x0d:
      return 1255;
    case 0x01:
      return 1256;
    default:
      return kWesternCodePage;
  }
}

std::u16string NarrowCharacters(int code_page) {
  std::u16string out;
  for (int byte = 0; byte < 256; ++byte) {
    const char sign = static_cast<char>(byte);
    if (byte < 0x80) {
      out.push_back(static_cast<char16_t>(byte));
      continue;
    }
    const std::string text =
        CodePageToUtf8(std::string_view(&sign, 1), code_page);
    const char32_t value =
        text.empty() ? kReplacement : DecodeAt(text, 0).value;
    out.push_back(static_cast<char16_t>(value));
  }
  return out;
}

}  // namespace

DocText DocText::Read(std::string_view stream, std::string_view table,
                      const Fib& fib) {
  DocText text;
  text.word6_ = fib.word6;
  text.narrow_ =
      NarrowCharacters(fib.word6 ? CodePageOf(fib.language) : kWesternCodePage);
  if (fib.pieces) {
    const DocPart part =
        fib.word6 ? fib.old_pieces : fib.Part(DocPartIndex::kPieces);
    text.ReadPieces(stream, Slice(table, part.at, part.size));
  }
  if (text.pieces_.empty()) {
    text.AddPiece(stream, {.offset = fib.text_at}, fib.body);
  }
  return text;
}

void DocText::AddPiece(std::string_view stream, Piece piece,
                       std::uint32_t count) {
  piece.begin = size();
  std::size_t room =
      stream.size() - std::min<std::size_t>(piece.offset, stream.size());
  if (piece.wide) room /= 2;
  room = std::min(room, stream.size() - units_.size());
  const std::size_t taken = std::min<std::size_t>(count, room);
  cut_ = cut_ || taken < count;
  if (taken == 0) return;
  for (std::size_t i = 0; i < taken; ++i) {
    units_.push_back(
        piece.wide ? static_cast<char16_t>(U16At(stream, piece.offset + 2 * i))
                   : narrow_[ByteAt(stream, piece.offset + i)]);
  }
  pieces_.push_back(piece);
}

// Groups of changes, each after the sign 1, then the table of pieces after the
// sign 2 [MS-DOC 2.9.38].
void DocText::ReadPieces(std::string_view stream, std::string_view part) {
  std::vector<std::string_view> changes;
  std::size_t at = 0;
  while (ByteAt(part, at) == 1) {
    const std::size_t size = U16At(part, at + 1);
    changes.push_back(Slice(part, at + 3, std::min(size, kChangesMax)));
    at += 3 + size;
  }
  if (ByteAt(part, at) != 2) return;
  const std::string_view table = Slice(part, at + 5, U32At(part, at + 1));
  if (table.size() < 4) return;
  const std::size_t count = (table.size() - 4) / 12;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t begin = U32At(table, 4 * i);
    const std::uint32_t end = U32At(table, 4 * i + 4);
    const std::size_t entry = 4 * (count + 1) + 8 * i;
    if (end <= begin) continue;
    const std::uint32_t place = U32At(table, entry + 2);
    const std::uint16_t change = U16At(table, entry + 6);
    Piece piece;
    piece.wide = !word6_ && (place & 0x40000000) == 0;
    piece.offset = word6_       ? place
                   : piece.wide ? place & 0x3fffffff
                                : (place & 0x3fffffff) / 2;
    if ((change & 1) != 0 && change / 2U < changes.size()) {
      piece.changes = changes[change / 2U];
    }
    AddPiece(stream, piece, end - begin);
  }
}

std::size_t DocText::PieceAfter(std::uint32_t at) const {
  return static_cast<std::size_t>(
      std::upper_bound(pieces_.begin(), pieces_.end(), at,
                       [](std::uint32_t value, const Piece& piece) {
                         return value < piece.begin;
                       }) -
      pieces_.begin());
}

DocText::Place DocText::PlaceOf(std::uint32_t at) const {
  const std::size_t after = PieceAfter(at);
  if (after == 0) return {.end = at + 1};
  const Piece& piece = pieces_[after - 1];
  const std::uint32_t width = piece.wide ? 2 : 1;
  return {.offset = piece.offset + (at - piece.begin) * width,
          .width = width,
          .end = after < pieces_.size() ? pieces_[after].begin : size()};
}

std::string_view DocText::ChangesAt(std::uint32_t at) const {
  const std::size_t after = PieceAfter(at);
  return after == 0 ? std::string_view() : pieces_[after - 1].changes;
}

}  // namespace cairn
