#include "documents/formats/ole/little_endian.h"

#include "text/utf8.h"

namespace cairn {

void Utf16Decoder::Add(std::uint16_t unit) {
  if (unit >= 0xdc00 && unit < 0xe000 && high_ != 0) {
    AppendUtf8(out_, 0x10000U + ((high_ - 0xd800U) << 10) + (unit - 0xdc00U));
    high_ = 0;
    return;
  }
  Finish();
  if (unit >= 0xd800 && unit < 0xdc00) {
    high_ = unit;
  } else {
    AppendUtf8(out_,
               unit >= 0xdc00 && unit < 0xe000 ? kReplacement : char32_t{unit});
  }
}

void Utf16Decoder::Finish() {
  if (high_ != 0) AppendUtf8(out_, kReplacement);
  high_ = 0;
}

std::string Utf16ToUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() / 2);
  Utf16Decoder decoder(out);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    decoder.Add(U16At(bytes, at));
  }
  decoder.Finish();
  return out;
}

}  // namespace cairn
