// RtfLexer: RTF bytes to tokens (RTF 1.9.1, "Contents of an RTF file").
//
// Place: under RtfReader. Threads: none. Errors: none; any bytes are tokens.
#pragma once

#include <cstddef>
#include <string_view>

namespace cairn {

struct RtfToken {
  enum class Kind { kEnd, kOpen, kClose, kWord, kSymbol, kByte, kText };
  Kind kind = Kind::kEnd;
  std::string_view text;  // Of a word its name, of a symbol the sign, or text.
  int number = 0;         // A word's parameter, or the byte of \'hh.
  bool has_number = false;
  std::string_view data;  // Of \binN.
};

class RtfLexer {
 public:
  explicit RtfLexer(std::string_view bytes) : bytes_(bytes) {}

  // Line breaks of the file are no text and are left out.
  RtfToken Next();
  std::size_t binary_bytes() const { return binary_bytes_; }

 private:
  RtfToken Control();

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t binary_bytes_ = 0;
};

}  // namespace cairn
