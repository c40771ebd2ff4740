#include "documents/formats/rtf/rtf_lexer.h"

#include <algorithm>

#include "base/coding.h"
#include "text/utf8.h"

namespace cairn {
namespace {

bool IsDigit(char sign) { return sign >= '0' && sign <= '9'; }

}  // namespace

RtfToken RtfLexer::Next() {
  while (at_ < bytes_.size() &&
         (bytes_[at_] == '\n' || bytes_[at_] == '\r' || bytes_[at_] == '\0')) {
    ++at_;
  }
  if (at_ >= bytes_.size()) return {};
  const char sign = bytes_[at_];
  if (sign == '{' || sign == '}') {
    ++at_;
    RtfToken token;
    token.kind = sign == '{' ? RtfToken::Kind::kOpen : RtfToken::Kind::kClose;
    return token;
  }
  if (sign == '\\') return Control();
  std::size_t end = at_;
  while (end < bytes_.size() && bytes_[end] != '\\' && bytes_[end] != '{' &&
         bytes_[end] != '}' && bytes_[end] != '\n' && bytes_[end] != '\r' &&
         bytes_[end] != '\0') {
    ++end;
  }
  RtfToken token;
  token.kind = RtfToken::Kind::kText;
  token.text = bytes_.substr(at_, end - at_);
  at_ = end;
  return token;
}

RtfToken RtfLexer::Control() {
  RtfToken token;
  token.kind = RtfToken::Kind::kSymbol;
  if (++at_ >= bytes_.size()) return {};
  if (!IsAsciiLetter(bytes_[at_])) {
    token.text = bytes_.substr(at_++, 1);
    if (token.text != "'" || at_ + 1 >= bytes_.size()) return token;
    const int high = HexValue(bytes_[at_]);
    const int low = HexValue(bytes_[at_ + 1]);
    if (high < 0 || low < 0) return token;
    at_ += 2;
    token.kind = RtfToken::Kind::kByte;
    token.number = high * 16 + low;
    return token;
  }
  constexpr std::size_t kWordBytesMax = 32;
  const std::size_t begin = at_;
  while (at_ < bytes_.size() && IsAsciiLetter(bytes_[at_]) &&
         at_ - begin < kWordBytesMax) {
    ++at_;
  }
  token.kind = RtfToken::Kind::kWord;
  token.text = bytes_.substr(begin, at_ - begin);
  std::size_t digits = at_;
  const bool negative = digits < bytes_.size() && bytes_[digits] == '-';
  if (negative) ++digits;
  if (digits < bytes_.size() && IsDigit(bytes_[digits])) {
    token.has_number = true;
    constexpr int kNumberMax = 100'000'000;
    while (digits < bytes_.size() && IsDigit(bytes_[digits])) {
      token.number =
          std::min(token.number * 10 + (bytes_[digits] - '0'), kNumberMax);
      ++digits;
    }
    if (negative) token.number = -token.number;
    at_ = digits;
  }
  if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
  if (token.text == "bin" && token.number > 0) {
    const std::size_t skipped = std::min<std::size_t>(
        static_cast<std::size_t>(token.number), bytes_.size() - at_);
    token.data = bytes_.substr(at_, skipped);
    at_ += skipped;
    binary_bytes_ += skipped;
  }
  return token;
}

}  // namespace cairn
