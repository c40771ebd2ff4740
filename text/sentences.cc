// Sentence borders by rules: a full stop, question or exclamation mark ends a
// sentence unless it belongs to an abbreviation, an initial or a number; an
// empty line always ends one. Ideographic stops end one without a space.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::array<std::string_view, 62> kAbbreviations{
    "al",  "approx", "apr", "art", "aug",  "ave", "bros", "ca",   "capt",
    "cf",  "ch",     "co",  "col", "corp", "dec", "dept", "dr",   "ed",
    "eds", "eq",     "esq", "est", "etc",  "feb", "fig",  "figs", "gen",
    "gov", "hon",    "inc", "jan", "jr",   "jul", "jun",  "lt",   "ltd",
    "maj", "mar",    "mr",  "mrs", "ms",   "mt",  "no",   "nos",  "nov",
    "oct", "op",     "p",   "pp",  "prof", "rep", "rev",  "sec",  "sen",
    "sep", "sept",   "sgt", "sr",  "st",   "vol", "vs",   "viz"};
static_assert(kAbbreviations.size() == 62);

bool IsAbbreviation(std::string_view word) {
  std::string lower;
  for (const char sign : word) lower.push_back(AsciiLower(sign));
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), lower) !=
         kAbbreviations.end();
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
    if (!IsAscii(sign)) {
      const CodePoint point = DecodeAt(text_, at);
      if (point.value == 0x3002 || point.value == 0xff01 ||
          point.value == 0xff1f || point.value == 0x0964) {
        return AfterClosers(at + point.size);
      }
    }
    return 0;
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
      const char sign = text_[at];
      if (sign == '"' || sign == '\'' || sign == ')' || sign == ']' ||
          sign == '.' || sign == '!' || sign == '?') {
        ++at;
        continue;
      }
      if (IsAscii(sign)) break;
      const CodePoint point = DecodeAt(text_, at);
      if (point.value != 0x201d && point.value != 0x2019 &&
          point.value != 0x00bb && point.value != 0x300d) {
        break;
      }
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
    if (IsAsciiLower(text_[after])) return false;
    if (text_[stop] != '.' || end > stop + 1) return true;
    if (word.size() == 1 && IsAsciiUpper(word[0])) return InitialEnds(stop);
    if (stop > 1 && text_[stop - 2] == '.') return false;  // "e.g. X", "U.S. A"
    return !IsAbbreviation(word);
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
