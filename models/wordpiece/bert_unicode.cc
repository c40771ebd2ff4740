#include "models/wordpiece/bert_unicode.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace cairn {
namespace {

struct CodeRange {
  char32_t first = 0;
  char32_t last = 0;
};

struct Mapping {
  char32_t from = 0;
  char32_t to[3] = {};
};

#include "models/wordpiece/bert_unicode.inc"

// As the reference has them, with its gap at U+2B820..U+2B91F.
constexpr CodeRange kIdeographRanges[] = {
    {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xf900, 0xfaff},
    {0x20000, 0x2a6df}, {0x2a700, 0x2b81f}, {0x2b920, 0x2ceaf},
    {0x2f800, 0x2fa1f},
};

// Hangul syllables decompose by arithmetic (Unicode, chapter 3.12).
constexpr char32_t kHangulFirst = 0xac00;
constexpr char32_t kHangulLast = 0xd7a3;
constexpr char32_t kVowels = 21;
constexpr char32_t kTails = 28;

bool Contains(std::span<const CodeRange> ranges, char32_t sign) {
  const auto after = std::upper_bound(
      ranges.begin(), ranges.end(), sign,
      [](char32_t value, const CodeRange& r) { return value < r.first; });
  return after != ranges.begin() && sign <= std::prev(after)->last;
}

bool IsHangul(char32_t sign) {
  return sign >= kHangulFirst && sign <= kHangulLast;
}

const Mapping* FindMapping(char32_t sign) {
  const auto* found = std::lower_bound(
      std::begin(kMappings), std::end(kMappings), sign,
      [](const Mapping& m, char32_t value) { return m.from < value; });
  return found != std::end(kMappings) && found->from == sign ? found : nullptr;
}

MappedSigns DecomposeHangul(char32_t sign) {
  const char32_t index = sign - kHangulFirst;
  const char32_t tail = index % kTails;
  MappedSigns out;
  out.signs = {0x1100 + index / (kVowels * kTails),
               0x1161 + index / kTails % kVowels, 0x11a7 + tail};
  out.size = tail == 0 ? 2 : 3;
  return out;
}

}  // namespace

const BertUnicode& BertUnicode::Get() {
  static const BertUnicode table;
  return table;
}

BertUnicode::BertUnicode() : kinds_(kTableSize, SignKind::kLetter) {
  const auto mark = [this](char32_t first, char32_t last, SignKind kind) {
    for (char32_t sign = first; sign <= last && sign < kTableSize; ++sign) {
      kinds_[sign] = kind;
    }
  };
  // Later marks win, in the order in which the reference works backwards.
  for (const CodeRange& range : kPunctuationRanges) {
    mark(range.first, range.last, SignKind::kPunctuation);
  }
  for (const Mapping& mapping : kMappings) {
    mark(mapping.from, mapping.from, SignKind::kMapped);
  }
  mark(kHangulFirst, kHangulLast, SignKind::kMapped);
  for (const CodeRange& range : kIdeographRanges) {
    mark(range.first, range.last, SignKind::kIdeograph);
  }
  for (const CodeRange& range : kRemovedRanges) {
    mark(range.first, range.last, SignKind::kRemoved);
  }
  for (const CodeRange& range : kSpaceRanges) {
    mark(range.first, range.last, SignKind::kSpace);
  }
}

SignKind BertUnicode::KindOfRare(char32_t sign) {
  if (Contains(kRemovedRanges, sign)) return SignKind::kRemoved;
  if (Contains(kIdeographRanges, sign)) return SignKind::kIdeograph;
  if (FindMapping(sign) != nullptr) return SignKind::kMapped;
  if (Contains(kPunctuationRanges, sign)) return SignKind::kPunctuation;
  return SignKind::kLetter;
}

MappedSigns BertUnicode::Map(char32_t sign) const {
  if (IsHangul(sign)) return DecomposeHangul(sign);
  MappedSigns out;
  out.signs[0] = sign;
  out.size = 1;
  const Mapping* mapping = FindMapping(sign);
  if (mapping == nullptr) return out;
  std::copy(std::begin(mapping->to), std::end(mapping->to), out.signs.begin());
  while (out.size < out.signs.size() && out.signs[out.size] != 0) ++out.size;
  return out;
}

}  // namespace cairn
