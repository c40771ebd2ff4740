#include "documents/superscript.h"

#include <array>

#include "documents/document_builder.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kBytesMax = 12;
constexpr std::array<std::string_view, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                      "⁵", "⁶", "⁷", "⁸", "⁹"};

}  // namespace

std::string Superscript(std::string_view text) {
  text = TrimWhiteSpace(text);
  if (text.size() > kBytesMax) return {};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint sign = DecodeAt(text, i);
    i += sign.size;
    if (sign.value >= '0' && sign.value <= '9') {
      out += kDigits[sign.value - '0'];
    } else if (sign.value == '-' || sign.value == 0x2212) {
      out += "⁻";
    } else if (sign.value == '+') {
      out += "⁺";
    } else if (sign.value == 'n' && text.size() == 1) {
      out += "ⁿ";
    } else {
      return {};
    }
  }
  return out;
}

}  // namespace cairn
