#include "documents/formats/xls/biff.h"

#include <algorithm>
#include <cstring>

#include "documents/formats/ole/little_endian.h"

namespace cairn {

bool BiffReader::Next(BiffRecord& record) {
  record.more.clear();
  if (at_ >= stream_.size() || stream_.size() - at_ < 4) return false;
  record.type = static_cast<Biff>(U16At(stream_, at_));
  const std::size_t size = U16At(stream_, at_ + 2);
  record.data = Slice(stream_, at_ + 4, size);
  at_ += 4 + size;
  while (U16At(stream_, at_) == static_cast<std::uint16_t>(Biff::kContinue)) {
    const std::size_t more = U16At(stream_, at_ + 2);
    record.more.push_back(Slice(stream_, at_ + 4, more));
    at_ += 4 + more;
  }
  return true;
}

bool BiffPieces::NextPiece() {
  if (next_ >= record_.more.size()) {
    at_ = piece_.size();
    return false;
  }
  piece_ = record_.more[next_++];
  at_ = 0;
  return true;
}

bool BiffPieces::at_end() {
  while (at_ >= piece_.size()) {
    if (!NextPiece()) return true;
  }
  return false;
}

std::uint8_t BiffPieces::U8() { return at_end() ? 0 : ByteAt(piece_, at_++); }

std::uint16_t BiffPieces::U16() {
  const unsigned low = U8();
  return static_cast<std::uint16_t>(low | static_cast<unsigned>(U8()) << 8);
}

std::uint32_t BiffPieces::U32() {
  const std::uint32_t low = U16();
  return low | static_cast<std::uint32_t>(U16()) << 16;
}

void BiffPieces::Skip(std::size_t bytes) {
  while (bytes > 0 && !at_end()) {
    const std::size_t step = std::min(bytes, left());
    at_ += step;
    bytes -= step;
  }
}

std::string BiffPieces::Characters(std::size_t count, bool wide) {
  std::string out;
  Utf16Decoder decoder(out);
  while (count > 0) {
    if (at_ >= piece_.size()) {
      // The string goes on, with a flag of its own.
      if (!NextPiece()) break;
      wide = (ByteAt(piece_, at_++) & 1) != 0;
      continue;
    }
    const std::size_t step = std::min(count, wide ? left() / 2 : left());
    if (step == 0) {
      at_ = piece_.size();  // Half a character.
      continue;
    }
    for (std::size_t i = 0; i < step; ++i) {
      decoder.Add(wide ? U16At(piece_, at_ + 2 * i) : ByteAt(piece_, at_ + i));
    }
    at_ += wide ? 2 * step : step;
    count -= step;
  }
  decoder.Finish();
  return out;
}

std::string BiffPieces::TextWithoutCount(std::size_t count) {
  const unsigned flags = U8();
  const std::size_t runs = (flags & 8) != 0 ? U16() : 0;
  const std::size_t phonetic = (flags & 4) != 0 ? U32() : 0;
  std::string text = Characters(count, (flags & 1) != 0);
  Skip(4 * runs);
  Skip(phonetic);
  return text;
}

std::string BiffPieces::Text(bool short_count) {
  const std::size_t count = short_count ? U8() : U16();
  return TextWithoutCount(count);
}

void AppendPieces(const BiffRecord& record, std::string& out) {
  out += record.data;
  for (const std::string_view piece : record.more) out += piece;
}

double NumberOfRk(std::uint32_t rk) {
  double value = 0;
  if ((rk & 2) != 0) {
    value = static_cast<double>(static_cast<std::int32_t>(rk) >> 2);
  } else {
    const std::uint64_t bits = std::uint64_t{rk & ~3U} << 32;
    std::memcpy(&value, &bits, sizeof(value));
  }
  return (rk & 1) != 0 ? value / 100 : value;
}

std::string_view NameOfError(std::uint8_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0f:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1d:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    default:
      return "#N/A";
  }
}

}  // namespace cairn
