#include "text/utf8.h"

namespace cairn {

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& sign : lower) sign = AsciiLower(sign);
  return lower;
}

}  // namespace cairn
