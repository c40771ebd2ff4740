#include "documents/formats/office97/legacy_text.h"

#include <optional>

#include "documents/charset.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/rtf/rtf_text.h"
#include "text/utf8.h"

namespace cairn {

std::string CodePageToUtf8(std::string_view bytes, int code_page) {
  if (code_page == kUtf16CodePage) return Utf16ToUtf8(bytes);
  std::string_view charset = CharsetOfCodePage(code_page & 0xffff);
  if (charset.empty()) charset = CharsetOfCodePage(kWesternCodePage);
  std::optional<std::string> text = ConvertFrom(bytes, charset);
  if (!text || !IsValidUtf8(*text)) return LatinToUtf8(bytes);
  return *std::move(text);
}

std::string LatinToUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char sign : bytes) {
    AppendUtf8(out, static_cast<unsigned char>(sign));
  }
  return out;
}

std::string WithoutControls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto sign = static_cast<unsigned char>(text[i]);
    if (sign == '\r' || sign == '\v') {
      if (i + 1 >= text.size() || text[i + 1] != '\n') out.push_back('\n');
    } else if (sign >= 0x20 ? sign != 127 : sign == '\t' || sign == '\n') {
      out.push_back(text[i]);
    }
  }
  return out;
}

void PrepareCodePagesForJail() { PrepareCharsetsForJail(); }

Status ProtectedByPassword() {
  return InvalidArgumentError(
      "the Office file is protected with a password; save a copy without one",
      "ENCRYPTED_PACKAGE");
}

}  // namespace cairn
