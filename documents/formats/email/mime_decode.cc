#include "documents/formats/email/mime_decode.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/coding.h"
#include "documents/charset.h"
#include "documents/document_builder.h"

namespace cairn {
namespace {

int Base64Of(char sign) {
  if (sign >= 'A' && sign <= 'Z') return sign - 'A';
  if (sign >= 'a' && sign <= 'z') return sign - 'a' + 26;
  if (sign >= '0' && sign <= '9') return sign - '0' + 52;
  if (sign == '+' || sign == '-') return 62;
  if (sign == '/' || sign == '_') return 63;
  return -1;
}

// The byte that `escape` and two digits at `at` stand for; -1: none.
int HexByteAt(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = HexValue(text[at + 1]);
  const int low = HexValue(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

struct EncodedWord {
  std::string_view charset;
  char encoding = 0;
  std::string_view text;
  std::size_t size = 0;  // Of all of it; 0: no encoded word.
};

// "=?charset*language?encoding?text?=" at the beginning of `text`.
EncodedWord ReadEncodedWord(std::string_view text) {
  // RFC 2047 allows 75; real ones are longer.
  constexpr std::size_t kWordBytesMax = 2000;
  EncodedWord word;
  if (!text.starts_with("=?")) return word;
  text = text.substr(0, kWordBytesMax);
  const std::size_t first = text.find('?', 2);
  if (first == std::string_view::npos || first + 2 >= text.size() ||
      text[first + 2] != '?') {
    return word;
  }
  const std::size_t end = text.find("?=", first + 3);
  if (end == std::string_view::npos) return word;
  word.charset = text.substr(2, first - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));
  word.encoding = static_cast<char>(text[first + 1] | 0x20);
  word.text = text.substr(first + 3, end - first - 3);
  if (word.encoding == 'q' || word.encoding == 'b') word.size = end + 2;
  return word;
}

std::string BytesOf(const EncodedWord& word) {
  if (word.encoding == 'b') return DecodeBase64(word.text);
  std::string text(word.text);
  for (char& sign : text) {
    if (sign == '_') sign = ' ';
  }
  return DecodeQuotedPrintable(text);
}

// Of a flowed line: how deep it is quoted, and what is left of it.
std::size_t TakeQuotes(std::string_view& line) {
  std::size_t depth = 0;
  while (line.starts_with('>')) {
    line.remove_prefix(1);
    ++depth;
  }
  if (line.starts_with(' ')) line.remove_prefix(1);
  return depth;
}

// Raw bytes of a header; the standard wants ASCII, programs send anything.
void AppendRaw(std::string& out, const std::string& bytes) {
  out += IsValidUtf8(bytes) ? bytes : DecodeCharset(bytes, {});
}

}  // namespace

std::string DecodeQuotedPrintable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out.push_back(text[i]);
      continue;
    }
    if (const int byte = HexByteAt(text, i); byte >= 0) {
      out.push_back(static_cast<char>(byte));
      i += 2;
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() &&
           (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) {
      ++end;
    }
    if (end >= text.size() || text[end] == '\n') {
      i = end;  // A soft line break.
    } else {
      out.push_back('=');
    }
  }
  return out;
}

std::string DecodeBase64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char sign : text) {
    if (sign == '=') {
      bits = 0;
      count = 0;
      continue;
    }
    const int value = Base64Of(sign);
    if (value < 0) continue;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<char>(bits >> count & 0xff));
    }
  }
  return out;
}

std::string DecodePercent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? HexByteAt(text, i) : -1;
    out.push_back(byte >= 0 ? static_cast<char>(byte) : text[i]);
    if (byte >= 0) i += 2;
  }
  return out;
}

std::string DecodeCharset(std::string_view bytes, std::string_view charset) {
  StatusOr<DecodedText> decoded = DecodeText(bytes, charset, Limits());
  return decoded.ok() ? std::move(decoded->text) : std::string();
}

std::string DecodeHeader(std::string_view value) {
  // Of a list of many receivers the first thousands do; bounds the search for
  // the ends of encoded words.
  constexpr std::size_t kHeaderBytesMax = 64 << 10;
  value = value.substr(0, kHeaderBytesMax);
  std::string out;
  std::string bytes;  // Of neighbours in one charset: a character may be split.
  std::string_view charset;
  const auto flush = [&] {
    if (!bytes.empty()) out += DecodeCharset(bytes, charset);
    bytes.clear();
  };
  std::string plain;
  for (std::size_t i = 0; i < value.size();) {
    const EncodedWord word = ReadEncodedWord(value.substr(i));
    if (word.size == 0) {
      plain.push_back(value[i++]);
      continue;
    }
    // White space between two encoded words is not part of the text.
    const bool between = !bytes.empty() && TrimWhiteSpace(plain).empty();
    if (!between || word.charset != charset) flush();
    if (!between) AppendRaw(out, plain);
    plain.clear();
    charset = word.charset;
    bytes += BytesOf(word);
    i += word.size;
  }
  flush();
  AppendRaw(out, plain);
  return CollapseWhiteSpace(out);
}

std::string JoinFlowedLines(std::string_view text, bool delsp) {
  std::string out;
  bool open = false;  // The line before ends in a soft break.
  std::size_t open_depth = 0;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t depth = TakeQuotes(line);
    const bool signature = line == "-- ";
    const bool joined = open && depth == open_depth && !signature;
    if (!joined) {
      if (!out.empty() || open) out.push_back('\n');
      out.append(depth, '>');
      if (depth > 0) out.push_back(' ');
    }
    open = !signature && line.ends_with(' ');
    open_depth = depth;
    if (open && delsp) line.remove_suffix(1);
    out += line;
  }
  return out;
}

}  // namespace cairn
