#include "text/labels.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kPartsMax = 6;   // "1.2.3.4.5.6".
constexpr std::size_t kDigitsMax = 3;  // Four are a year.
constexpr std::size_t kCaptionBytesMax = 400;
constexpr std::string_view kSectionSign = "\xc2\xa7";
constexpr std::string_view kNoBreakSpace = "\xc2\xa0";

struct LabelWord {
  std::string_view word;
  std::string_view kind;
};

constexpr std::array kSectionWords = {
    LabelWord{"section", "section"},    LabelWord{"sections", "section"},
    LabelWord{"sect", "section"},       LabelWord{"sec", "section"},
    LabelWord{"subsection", "section"}, LabelWord{"chapter", "section"},
    LabelWord{"chapters", "section"},   LabelWord{"appendix", "section"},
    LabelWord{"appendices", "section"}, LabelWord{"annex", "section"},
    LabelWord{"clause", "section"},     LabelWord{"clauses", "section"},
    LabelWord{"article", "section"},    LabelWord{"articles", "section"},
};
constexpr std::array kCaptionWords = {
    LabelWord{"table", "table"},      LabelWord{"tables", "table"},
    LabelWord{"tabelle", "table"},    LabelWord{"tableau", "table"},
    LabelWord{"tabla", "table"},      LabelWord{"tabella", "table"},
    LabelWord{"tabela", "table"},     LabelWord{"abbildung", "figure"},
    LabelWord{"tab", "table"},        LabelWord{"figure", "figure"},
    LabelWord{"figures", "figure"},   LabelWord{"fig", "figure"},
    LabelWord{"figs", "figure"},      LabelWord{"example", "example"},
    LabelWord{"examples", "example"}, LabelWord{"listing", "listing"},
    LabelWord{"listings", "listing"}, LabelWord{"exhibit", "exhibit"},
    LabelWord{"box", "box"},
};

template <std::size_t kSize>
std::string_view KindOf(const std::array<LabelWord, kSize>& words,
                        std::string_view word) {
  const std::string lower = LowerAscii(word);
  const auto found =
      std::find_if(words.begin(), words.end(),
                   [&](const LabelWord& one) { return one.word == lower; });
  return found == words.end() ? std::string_view() : found->kind;
}

bool IsWordSign(char sign) { return IsAsciiAlnum(sign) || !IsAscii(sign); }

std::size_t SkipSpace(std::string_view text, std::size_t at) {
  for (;;) {
    if (at < text.size() && IsAsciiSpace(text[at])) {
      ++at;
    } else if (text.substr(at).starts_with(kNoBreakSpace)) {
      at += kNoBreakSpace.size();
    } else {
      return at;
    }
  }
}

std::size_t LettersEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && IsAsciiLetter(text[at])) ++at;
  return at;
}

// "4", "4.2.6", "B", "B.3", "7-26", "A1".
struct Number {
  std::string value;  // Lower case, parts joined by full stops.
  std::size_t parts = 0;
  std::size_t end = 0;
  bool letter = false;  // Begins with one.
};

// Digits, at most so many; a letter counts only in front of a number.
std::size_t DigitsEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && IsAsciiDigit(text[end])) ++end;
  return end - at <= kDigitsMax ? end : at;
}

std::optional<Number> NumberAt(std::string_view text, std::size_t at) {
  Number number;
  number.end = at;
  if (at < text.size() && IsAsciiUpper(text[at])) {
    number.letter = true;
    number.value.push_back(AsciiLower(text[at]));
    number.end = DigitsEnd(text, at + 1);
    number.value += text.substr(at + 1, number.end - at - 1);
  } else {
    number.end = DigitsEnd(text, at);
    number.value = text.substr(at, number.end - at);
  }
  if (number.value.empty()) return std::nullopt;
  number.parts = 1;
  while (number.end + 1 < text.size() &&
         (text[number.end] == '.' || text[number.end] == '-')) {
    const std::size_t next = DigitsEnd(text, number.end + 1);
    if (next == number.end + 1) break;
    number.value += '.';
    number.value += text.substr(number.end + 1, next - number.end - 1);
    number.end = next;
    if (++number.parts > kPartsMax) return std::nullopt;
  }
  if (number.end < text.size() && IsWordSign(text[number.end]) &&
      !text.substr(number.end).starts_with(kNoBreakSpace)) {
    // "3D", "4.2b" and the "a" of "a word".
    const bool dash = text.substr(number.end).starts_with("\xe2\x80");
    if (!dash) return std::nullopt;
  }
  return number;
}

// Behind "4.2", ".", ":", ")", "|" or a dash; where the words begin.
std::size_t WordsBegin(std::string_view line, std::size_t at) {
  for (;;) {
    at = SkipSpace(line, at);
    if (at < line.size() &&
        std::string_view(".:)|-").find(line[at]) != std::string_view::npos) {
      ++at;
    } else if (line.substr(at).starts_with("\xe2\x80\x93") ||
               line.substr(at).starts_with("\xe2\x80\x94")) {
      at += 3;
    } else {
      return at;
    }
  }
}

ByteSpan SpanOf(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

LabeledLine Unlabeled(std::string_view line) {
  return {.label = {}, .words = SpanOf(0, line.size())};
}

LabeledLine Labeled(std::string_view line, std::string_view kind,
                    std::size_t begin, const Number& number) {
  return {.label = {.key = std::string(kind) + " " + number.value,
                    .span = SpanOf(begin, number.end)},
          .words = SpanOf(WordsBegin(line, number.end), line.size())};
}

// "Chapter 4", "Table 3"; nothing for words that are none of `words`.
template <std::size_t kSize>
std::optional<LabeledLine> ReadWordAndNumber(
    std::string_view line, const std::array<LabelWord, kSize>& words) {
  const std::size_t begin = SkipSpace(line, 0);
  const std::size_t end = LettersEnd(line, begin);
  const std::string_view kind = KindOf(words, line.substr(begin, end - begin));
  if (kind.empty()) return std::nullopt;
  const bool stop = end < line.size() && line[end] == '.';
  const std::size_t at = SkipSpace(line, end + (stop ? 1 : 0));
  if (at == end) return std::nullopt;
  const std::optional<Number> number = NumberAt(line, at);
  if (!number) return std::nullopt;
  return Labeled(line, kind, begin, *number);
}

// "section 3 of the Act" is not a part of this text.
bool BelongsElsewhere(std::string_view text, std::size_t at) {
  at = SkipSpace(text, at);
  if (LowerAscii(text.substr(at, 3)) != "of ") return false;
  const std::string next = LowerAscii(text.substr(SkipSpace(text, at + 3), 5));
  return !next.starts_with("this ") && !next.starts_with("our ");
}

class ReferenceFinder {
 public:
  explicit ReferenceFinder(std::string_view text) : text_(text) {}

  std::vector<Label> Find() {
    for (std::size_t at = 0; at < text_.size();) {
      if (text_.substr(at).starts_with(kSectionSign)) {
        at = ReadNumbers("section", at, at + kSectionSign.size());
      } else if (IsAsciiLetter(text_[at])) {
        at = ReadWord(at);
      } else {
        ++at;
      }
    }
    return std::move(found_);
  }

 private:
  std::size_t ReadWord(std::size_t begin) {
    const std::size_t end = LettersEnd(text_, begin);
    const bool inside =
        begin > 0 &&
        (IsWordSign(text_[begin - 1]) || text_[begin - 1] == '-') &&
        !text_.substr(0, begin).ends_with(kNoBreakSpace);
    const std::string_view word = text_.substr(begin, end - begin);
    std::string_view kind = KindOf(kSectionWords, word);
    if (kind.empty()) kind = KindOf(kCaptionWords, word);
    if (kind.empty() || inside) return end;
    const bool stop = end < text_.size() && text_[end] == '.';
    const std::size_t at = SkipSpace(text_, end + (stop ? 1 : 0));
    return at == end ? end : ReadNumbers(kind, begin, at);
  }

  // One number, or several: "4.2, 4.3 and 4.5". Where to look on.
  std::size_t ReadNumbers(std::string_view kind, std::size_t begin,
                          std::size_t at) {
    const std::size_t first = found_.size();
    const std::size_t word_end = LettersEnd(text_, begin);
    const bool plural =
        word_end > begin && AsciiLower(text_[word_end - 1]) == 's';
    bool letters = false;  // "Appendices A and B".
    std::size_t end = at;
    for (at = SkipSpace(text_, at);;) {
      const std::optional<Number> number = NumberAt(text_, at);
      if (!number) break;
      const bool next = found_.size() > first;
      if (next && number->letter && !(plural && letters)) break;
      // "See section 4.2, 3 boxes were full."
      if (next && !plural && number->parts < 2) break;
      letters = number->letter;
      end = number->end;
      found_.push_back({.key = std::string(kind) + " " + number->value,
                        .span = SpanOf(begin, end)});
      at = NextOfList(end);
      if (at == end) break;
      begin = at;
    }
    const bool of_other = BelongsElsewhere(text_, end);
    for (std::size_t i = first; i < found_.size(); ++i) {
      found_[i].of_other = of_other;
    }
    return end;
  }

  // Behind "," or "and" or both; `at`: the list ends.
  std::size_t NextOfList(std::size_t at) const {
    std::size_t next = at;
    if (next < text_.size() && text_[next] == ',') ++next;
    next = SkipSpace(text_, next);
    for (const std::string_view word : {"and ", "or "}) {
      if (text_.substr(next).starts_with(word)) {
        return SkipSpace(text_, next + word.size());
      }
    }
    return at < text_.size() && text_[at] == ',' ? next : at;
  }

  std::string_view text_;
  std::vector<Label> found_;
};

}  // namespace

LabeledLine ReadHeading(std::string_view heading) {
  if (const auto line = ReadWordAndNumber(heading, kSectionWords)) {
    return *line;
  }
  std::size_t begin = SkipSpace(heading, 0);
  if (heading.substr(begin).starts_with(kSectionSign)) {
    begin = SkipSpace(heading, begin + kSectionSign.size());
  }
  const std::optional<Number> number = NumberAt(heading, begin);
  if (!number) return Unlabeled(heading);
  const char behind =
      number->end < heading.size() ? heading[number->end] : '\0';
  const bool stop = behind == '.' || behind == ')' || behind == ':';
  // "A. Limits" is a label, "J. Smith" might be; two parts are beyond doubt.
  if (number->parts < 2 && (!stop || number->letter)) return Unlabeled(heading);
  LabeledLine line = Labeled(heading, "section", begin, *number);
  return line.words.empty() ? Unlabeled(heading) : line;
}

LabeledLine ReadCaption(std::string_view caption) {
  const auto line = ReadWordAndNumber(caption, kCaptionWords);
  return line ? *line : Unlabeled(caption);
}

std::optional<LabeledLine> FindCaption(std::string_view paragraph) {
  if (paragraph.size() > kCaptionBytesMax) return std::nullopt;
  const auto line = ReadWordAndNumber(paragraph, kCaptionWords);
  if (!line) return std::nullopt;
  const std::size_t end = line->label.span.end;
  return WordsBegin(paragraph, end) > SkipSpace(paragraph, end) ? line
                                                                : std::nullopt;
}

std::vector<Label> FindReferences(std::string_view text) {
  return ReferenceFinder(text).Find();
}

}  // namespace cairn
