#include "documents/formats/doc/fib.h"

#include <string>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::uint16_t kWord = 0xa5ec;  // Word 6 and 95: 0xa5dc.
constexpr std::uint16_t kOldWord = 0xa5dc;
constexpr std::uint16_t kWord6 = 101;
constexpr std::uint16_t kWord97 = 106;  // The first number of its betas.

constexpr std::size_t kPairsAt = 154;
constexpr std::size_t kCountsAt = 76;
constexpr std::size_t kOldCountsAt = 52;
constexpr std::size_t kOldPiecesAt = 0x160;

void ReadCounts(std::string_view stream, std::size_t at, Fib& fib) {
  fib.body = U32At(stream, at);
  fib.footnotes = U32At(stream, at + 4);
  fib.headers = U32At(stream, at + 8);
  fib.macros = U32At(stream, at + 12);
  fib.comments = U32At(stream, at + 16);
  fib.endnotes = U32At(stream, at + 20);
  fib.boxes = U32At(stream, at + 24);
  fib.header_boxes = U32At(stream, at + 28);
}

}  // namespace

DocPart Fib::Part(DocPartIndex index) const {
  const std::size_t at = std::size_t{8} * static_cast<std::size_t>(index);
  return {U32At(pairs, at), U32At(pairs, at + 4)};
}

StatusOr<Fib> ReadFib(std::string_view stream) {
  const std::uint16_t sign = U16At(stream, 0);
  const std::uint16_t version = U16At(stream, 2);
  if ((sign != kWord && sign != kOldWord) || stream.size() < 512) {
    return InvalidArgumentError(
        "the text inside the Office file is damaged: it does not begin as a "
        "Word document; open it in Word or LibreOffice and save it again",
        "DAMAGED_OLE_FILE");
  }
  if (version < kWord6) {
    return InvalidArgumentError(
        "the document is of Word 2 or older, which Cairn does not read: save "
        "it as .docx",
        "UNSUPPORTED_VERSION");
  }
  const unsigned flags = U16At(stream, 10);
  if ((flags & 0x100) != 0) return ProtectedByPassword();
  Fib fib;
  fib.language = U16At(stream, 6);
  fib.text_at = U32At(stream, 24);
  fib.word6 = version < kWord97;
  if (fib.word6) {
    fib.pieces = (flags & 4) != 0;
    fib.table_stream = "WordDocument";
    ReadCounts(stream, kOldCountsAt, fib);
    fib.old_pieces = {U32At(stream, kOldPiecesAt),
                      U32At(stream, kOldPiecesAt + 4)};
    return fib;
  }
  fib.table_stream = (flags & 0x200) != 0 ? "1Table" : "0Table";
  ReadCounts(stream, kCountsAt, fib);
  // Later versions have more pairs; what they lack reads as nothing.
  fib.pairs = Slice(stream, kPairsAt, std::size_t{8} * U16At(stream, 152));
  return fib;
}

}  // namespace cairn
