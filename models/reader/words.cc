#include "models/reader/words.h"

namespace cairn::reader {
namespace {

struct Letter {
  std::uint32_t code = 0;
  std::size_t size = 1;  // In bytes.
};

// A byte that is no UTF-8 is a letter of its own.
Letter LetterAt(std::string_view text, std::size_t at) {
  const auto byte = [&text](std::size_t where) {
    return where < text.size() ? static_cast<unsigned char>(text[where]) : 0U;
  };
  const std::uint32_t first = byte(at);
  std::size_t size = 1;
  if (first >= 0xf0) {
    size = 4;
  } else if (first >= 0xe0) {
    size = 3;
  } else if (first >= 0xc0) {
    size = 2;
  } else {
    return {.code = first < 0x80 ? first : 0xfffd};
  }
  std::uint32_t code = first & (0xffU >> (size + 1));
  for (std::size_t next = 1; next < size; ++next) {
    if ((byte(at + next) & 0xc0U) != 0x80U) return {.code = 0xfffd};
    code = code << 6 | (byte(at + next) & 0x3fU);
  }
  return {.code = code, .size = size};
}

bool In(std::uint32_t code, std::uint32_t first, std::uint32_t last) {
  return code >= first && code <= last;
}

bool IsBlankCode(std::uint32_t code) {
  return code <= 0x20 || code == 0x7f || code == 0xa0 ||
         In(code, 0x2000, 0x200b) || In(code, 0x2028, 0x202f) ||
         code == 0x205f || code == 0x3000 || code == 0xfeff;
}

bool IsSignCode(std::uint32_t code) {
  return In(code, 0x21, 0x2f) || In(code, 0x3a, 0x40) || In(code, 0x5b, 0x60) ||
         In(code, 0x7b, 0x7e) || code == 0xa1 || code == 0xab || code == 0xb7 ||
         code == 0xbb || code == 0xbf || In(code, 0x2010, 0x2027) ||
         In(code, 0x2030, 0x205e);
}

}  // namespace

std::vector<ByteSpan> SplitWords(std::string_view text) {
  std::vector<ByteSpan> words;
  std::size_t begin = std::string_view::npos;
  const auto add = [&words](std::size_t from, std::size_t to) {
    words.push_back(
        {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const Letter letter = LetterAt(text, at);
    const bool sign = IsSignCode(letter.code);
    if (sign || IsBlankCode(letter.code)) {
      if (begin != std::string_view::npos) add(begin, at);
      begin = std::string_view::npos;
      if (sign) add(at, at + letter.size);
    } else if (begin == std::string_view::npos) {
      begin = at;
    }
    at += letter.size;
  }
  if (begin != std::string_view::npos) add(begin, text.size());
  return words;
}

CutText Cut(std::string_view text, const Tokenizer& tokenizer,
            std::size_t pieces_max) {
  CutText cut;
  for (const ByteSpan& word : SplitWords(text)) {
    const std::vector<std::int32_t> ids = tokenizer.Encode(word.Of(text));
    if (ids.empty()) continue;
    if (cut.ids.size() + ids.size() > pieces_max) break;
    cut.words.push_back(word);
    cut.ids.insert(cut.ids.end(), ids.begin(), ids.end());
    cut.pieces.push_back(static_cast<std::uint32_t>(ids.size()));
  }
  return cut;
}

bool IsSign(std::string_view word) {
  if (word.empty()) return false;
  const Letter letter = LetterAt(word, 0);
  return letter.size == word.size() && IsSignCode(letter.code);
}

}  // namespace cairn::reader
