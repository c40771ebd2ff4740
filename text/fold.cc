// Folded tokens: the form in which names are compared.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string>

#include "text/signs.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

bool IsWordSign(char32_t sign) {
  if (sign < 0x80) return IsAsciiAlnum(static_cast<char>(sign));
  const auto point = static_cast<UChar32>(sign);
  const int category = u_charType(point);
  return u_isalnum(point) != 0 || category == U_NON_SPACING_MARK ||
         category == U_COMBINING_SPACING_MARK;
}

// NFKD, marks stripped, lower case. Some letters decompose into more than
// letters (U+037A into a space and a mark, U+0140 into l and a middle dot);
// what would end a token is dropped, so that folding again changes nothing.
std::string Fold(std::string_view surface) {
  std::string folded;
  bool plain = true;
  for (const char sign : surface) {
    if (!IsAscii(sign)) {
      plain = false;
      break;
    }
    if (sign != '\'') folded.push_back(AsciiLower(sign));
  }
  if (plain) return folded;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return std::string(surface);
  const icu::UnicodeString parts = decompose->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(
          surface.data(), static_cast<std::int32_t>(surface.size()))),
      error);
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 sign = parts.char32At(i);
    if (u_charType(sign) == U_NON_SPACING_MARK) continue;
    if (!IsWordSign(static_cast<char32_t>(sign))) continue;
    kept.append(u_tolower(sign));
  }
  folded.clear();
  kept.toUTF8String(folded);
  return folded;
}

// Cuts a possessive "'s" off the end of a surface.
std::size_t WithoutPossessive(std::string_view surface) {
  for (const std::string_view ending : {"'s", "'S", "\u2019s", "\u2019S"}) {
    if (surface.size() > ending.size() &&
        surface.substr(surface.size() - ending.size()) == ending) {
      return surface.size() - ending.size();
    }
  }
  return surface.size();
}

// End of the token that starts at `begin`. Where no space parts words, each
// sign is a token: a name is then found inside a sentence.
std::size_t TokenEnd(std::string_view text, std::size_t begin) {
  const CodePoint first = DecodeAt(text, begin);
  if (IsUnspaced(first.value)) return begin + first.size;
  std::size_t at = begin;
  while (at < text.size()) {
    const CodePoint point = DecodeAt(text, at);
    if (IsUnspaced(point.value)) break;
    if (IsApostrophe(point.value)) {
      const std::size_t next = at + point.size;
      if (at == begin || next >= text.size() ||
          !IsWordSign(DecodeAt(text, next).value)) {
        break;
      }
    } else if (!IsWordSign(point.value)) {
      break;
    }
    at += point.size;
  }
  return at;
}

// A compatibility form ("\u3300") may fold into several signs that are tokens.
void AddTokens(std::string folded, ByteSpan span, std::vector<Word>& words) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = DecodeAt(folded, at);
    if (IsUnspaced(point.value) && point.size < folded.size()) {
      if (begin < at) words.push_back({folded.substr(begin, at - begin), span});
      words.push_back({folded.substr(at, point.size), span});
      begin = at + point.size;
    }
    at += point.size;
  }
  if (begin == 0 && !folded.empty()) {
    words.push_back({std::move(folded), span});
  } else if (begin < folded.size()) {
    words.push_back({folded.substr(begin), span});
  }
}

}  // namespace

std::vector<Word> FoldWords(std::string_view text) {
  std::vector<Word> words;
  words.reserve(text.size() / 6);
  std::size_t at = 0;
  while (at < text.size()) {
    const CodePoint point = DecodeAt(text, at);
    if (!IsWordSign(point.value)) {
      at += point.size;
      continue;
    }
    const std::size_t end = TokenEnd(text, at);
    const std::string_view surface = text.substr(at, end - at);
    const std::size_t size = WithoutPossessive(surface);
    AddTokens(
        Fold(surface.substr(0, size)),
        {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)},
        words);
    at = end;
  }
  return words;
}

std::string NormalizeName(std::string_view name) {
  std::string normalized;
  for (const Word& word : FoldWords(name)) {
    if (!normalized.empty()) normalized.push_back(' ');
    normalized += word.term;
  }
  return normalized;
}

}  // namespace cairn
