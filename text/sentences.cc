// Sentence borders by rules: a full stop, question or exclamation mark ends a
// sentence unless it belongs to an abbreviation, an initial or a number; an
// empty line always ends one. The stops of scripts without spaces end one
// without a space.
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"al", "approx", "apr", "art", "aug", "ave", "bros", "ca", "capt", "cf",
     "ch", "co", "col", "corp", "dec", "dept", "dr", "ed", "eds", "eq", "esq",
     "est", "etc", "feb", "fig", "figs", "gen", "gov", "hon", "inc", "jan",
     "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "mr", "mrs", "ms", "mt",
     "no", "nos", "nov", "oct", "op", "p", "pp", "prof", "rep", "rev", "sec",
     "sen", "sep", "sept", "sgt", "sr", "st", "vol", "vs", "viz",
     // German, French, Spanish, Russian.
     "nr", "bzw", "hrsg", "mio", "mrd", "ggf", "evtl", "inkl", "zzgl", "mme",
     "mlle", "env", "sra", "srta", "dra", "n\u00fam", "p\u00e1g",
     "\u0433\u0433", "\u0443\u043b", "\u0441\u0442\u0440", "\u0440\u0438\u0441",
     "\u0441\u043c"});

// What follows an ordinal in languages that write "3." for "third".
constexpr auto kAfterOrdinal = std::to_array<std::string_view>(
    {"januar",     "februar",     "m\u00e4rz",   "april",        "mai",
     "juni",       "juli",        "august",      "september",    "oktober",
     "november",   "dezember",    "jahrhundert", "jahrhunderts", "jahrtausend",
     "geburtstag", "platz",       "auflage",     "klasse",       "weltkrieg",
     "kapitel",    "j\u00e4nner", "marts",       "maj",          "augusti",
     "jahrestag",  "liga",        "runde",       "lebensjahr",   "bezirk",
     "etage"});

template <typename Words>
bool Holds(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsUpper(char32_t sign) {
  return u_isupper(static_cast<UChar32>(sign)) != 0;
}
bool IsLower(char32_t sign) {
  return u_islower(static_cast<UChar32>(sign)) != 0;
}

// Full stops that need no space behind them, and those of other scripts.
bool IsForeignStop(char32_t sign) {
  return sign == 0x3002 || sign == 0xff01 || sign == 0xff1f || sign == 0xff61 ||
         sign == 0x0964 || sign == 0x061f || sign == 0x06d4 || sign == 0x0589;
}

// What may stand between a full stop and the space behind it. A quotation that
// German ends with U+201C English begins with it, behind a space.
bool IsCloser(char32_t sign) {
  return sign == '"' || sign == '\'' || sign == ')' || sign == ']' ||
         sign == '.' || sign == '!' || sign == '?' || sign == 0x201d ||
         sign == 0x201c || sign == 0x2019 || sign == 0x00bb || sign == 0x300d ||
         sign == 0x300f || sign == 0x300b || sign == 0x3011 || sign == 0xff09 ||
         IsForeignStop(sign);
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<ByteSpan> Run() {
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t end = SentenceEndAt(at);
      if (end == 0) {
        ++at;
        continue;
      }
      Add(begin, end);
      begin = at = end;
    }
    Add(begin, text_.size());
    return std::move(spans_);
  }

 private:
  // Where a sentence that ends at the sign at `at` ends; 0: it goes on.
  std::size_t SentenceEndAt(std::size_t at) const {
    const char sign = text_[at];
    if (sign == '\n') return EmptyLineAt(at) ? at + 1 : 0;
    if (sign == '.' || sign == '!' || sign == '?') {
      const std::size_t end = AfterClosers(at + 1);
      return EndsHere(at, end) ? end : 0;
    }
    if (IsAscii(sign)) return 0;
    const CodePoint point = DecodeAt(text_, at);
    return IsForeignStop(point.value) ? AfterClosers(at + point.size) : 0;
  }

  bool EmptyLineAt(std::size_t at) const {
    std::size_t next = at + 1;
    while (next < text_.size() && (text_[next] == ' ' || text_[next] == '\t')) {
      ++next;
    }
    return next < text_.size() && text_[next] == '\n';
  }

  // Past closing quotes, brackets and further stops.
  std::size_t AfterClosers(std::size_t at) const {
    while (at < text_.size()) {
      const CodePoint point = DecodeAt(text_, at);
      if (!IsCloser(point.value)) break;
      at += point.size;
    }
    return at;
  }

  std::string_view WordBefore(std::size_t at) const {
    std::size_t begin = at;
    while (begin > 0 &&
           (IsAsciiAlnum(text_[begin - 1]) || !IsAscii(text_[begin - 1]))) {
      --begin;
    }
    return text_.substr(begin, at - begin);
  }

  std::string_view WordAt(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() &&
           (IsAsciiAlnum(text_[end]) || !IsAscii(text_[end]))) {
      ++end;
    }
    return text_.substr(at, end - at);
  }

  bool EndsHere(std::size_t stop, std::size_t end) const {
    if (end >= text_.size()) return true;
    const char next = text_[end];
    const std::string_view word = WordBefore(stop);
    if (!IsAsciiSpace(next)) {
      // "Francis.The": the space is missing.
      return text_[stop] == '.' && end == stop + 1 && word.size() > 1 &&
             IsAsciiLower(word.back()) && IsAsciiUpper(next) &&
             end + 1 < text_.size() && IsAsciiLower(text_[end + 1]);
    }
    std::size_t after = end;
    while (after < text_.size() && IsAsciiSpace(text_[after])) ++after;
    if (after >= text_.size()) return true;
    if (IsLower(DecodeAt(text_, after).value)) return false;
    if (text_[stop] != '.' || end > stop + 1) return true;
    if (IsLetter(word)) return LetterEnds(stop, word, after);
    if (stop > 1 && text_[stop - 2] == '.') return false;  // "e.g. X", "U.S. A"
    if (IsOrdinal(word) && Holds(kAfterOrdinal, LowerLetters(WordAt(after)))) {
      return false;
    }
    return !Holds(kAbbreviations, LowerLetters(word));
  }

  // "3. Oktober": one or two digits.
  static bool IsOrdinal(std::string_view word) {
    return !word.empty() && word.size() <= 2 &&
           std::all_of(word.begin(), word.end(), IsAsciiDigit);
  }

  static bool IsLetter(std::string_view word) {
    if (word.empty()) return false;
    const CodePoint point = DecodeAt(word, 0);
    return point.size == word.size() &&
           (IsUpper(point.value) || IsLower(point.value));
  }

  // Whether the one letter before `stop` ends a sentence. It does not in
  // "z. B.", "M. Dupont", and in Cyrillic, where it is an initial or "year".
  bool LetterEnds(std::size_t stop, std::string_view letter,
                  std::size_t after) const {
    if (!IsAscii(letter[0]) || letter == "M") return false;
    if (IsAsciiUpper(letter[0])) return InitialEnds(stop);
    const bool pair = after + 1 < text_.size() && text_[after + 1] == '.';
    return !pair && !Holds(kAbbreviations, letter);
  }

  // "J. Smith" goes on; "vitamin C. It" cannot be told apart: a lone capital
  // after a lower-case word ends the sentence.
  bool InitialEnds(std::size_t stop) const {
    if (stop < 3 || text_[stop - 2] != ' ') return false;
    return IsAsciiLower(text_[stop - 3]);
  }

  void Add(std::size_t begin, std::size_t end) {
    while (begin < end && IsAsciiSpace(text_[begin])) ++begin;
    while (end > begin && IsAsciiSpace(text_[end - 1])) --end;
    if (begin < end) {
      spans_.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
  }

  const std::string_view text_;
  std::vector<ByteSpan> spans_;
};

}  // namespace

std::vector<ByteSpan> SplitSentences(std::string_view text) {
  return Splitter(text).Run();
}

}  // namespace cairn
