// Words for the lexical index. Plain ASCII words, nearly all of an English
// text, take a fast path; a stretch that holds other signs goes through ICU's
// word borders and NFKC case folding. Han, kana and Hangul are not cut into
// words at all: a dictionary cuts a name here and leaves it whole there, pairs
// of signs are the same in the question and in the text.
#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "text/signs.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kWordBytesMax = 128;  // Longer ones are no words.

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerCloser>;

// Snowball's name of a language's algorithm; English uses the classic Porter
// stemmer, on which BM25 figures of the literature rest.
const char* AlgorithmOf(std::string_view language) {
  static const std::map<std::string_view, const char*> names = {
      {"", "porter"},       {"en", "porter"},    {"de", "german"},
      {"fr", "french"},     {"es", "spanish"},   {"it", "italian"},
      {"pt", "portuguese"}, {"nl", "dutch"},     {"sv", "swedish"},
      {"da", "danish"},     {"no", "norwegian"}, {"nb", "norwegian"},
      {"fi", "finnish"},    {"ru", "russian"},   {"ro", "romanian"},
      {"hu", "hungarian"},  {"tr", "turkish"},   {"ar", "arabic"},
      {"el", "greek"},      {"ca", "catalan"},   {"ga", "irish"},
  };
  const auto found = names.find(language);
  return found == names.end() ? nullptr : found->second;
}

// English has the last word on Latin letters where a language has others.
bool WritesLatin(std::string_view language) {
  return language != "ru" && language != "el" && language != "ar";
}

// Null when the language has no stemmer. Stemmers hold a buffer, so each
// thread has its own.
sb_stemmer* StemmerOf(std::string_view language) {
  thread_local std::map<std::string, Stemmer, std::less<>> stemmers;
  const char* algorithm = AlgorithmOf(language);
  if (algorithm == nullptr) return nullptr;
  auto found = stemmers.find(std::string_view(algorithm));
  if (found == stemmers.end()) {
    found =
        stemmers.emplace(algorithm, Stemmer(sb_stemmer_new(algorithm, "UTF_8")))
            .first;
  }
  return found->second.get();
}

// Words that the Porter stemmer gives to the wrong family: who founded a thing
// did not find it.
struct StemOverride {
  std::string_view word;
  std::string_view stem;
};
constexpr std::array<StemOverride, 2> kEnglishOverrides = {
    {{"founded", "founder"}, {"founding", "founder"}}};

const StemOverride* OverrideOf(std::string_view word) {
  for (const StemOverride& one : kEnglishOverrides) {
    if (one.word == word) return &one;
  }
  return nullptr;
}

// Languages that drop a vowel before an apostrophe: "l'eau" is two words.
bool Elides(std::string_view language) {
  return language == "fr" || language == "it" || language == "ca";
}

// Signs of scripts that are read in pairs. Hangul has spaces, but its particles
// grow onto the word.
bool IsPaired(char32_t sign) { return IsUnspaced(sign) || IsHangul(sign); }

// Letters with a stroke or a ligature, which do not decompose.
constexpr std::array<std::pair<UChar32, std::string_view>, 6> kPlainLetters = {
    {{0xe6, "ae"},
     {0xf8, "o"},
     {0x111, "d"},
     {0x131, "i"},
     {0x142, "l"},
     {0x153, "oe"}}};

// Latin and Greek letters without their marks, so that "malmo" finds "Malmö".
// The marks of other scripts tell letters apart and stay.
std::string WithoutAccents(const std::string& word) {
  if (std::all_of(word.begin(), word.end(), IsAscii)) return word;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(error);
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return word;
  const icu::UnicodeString parts =
      decompose->normalize(icu::UnicodeString::fromUTF8(word), error);
  icu::UnicodeString kept;
  constexpr UChar32 kCyrillic = 0x400;
  UChar32 base = 0;
  for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 sign = parts.char32At(i);
    if (u_charType(sign) == U_NON_SPACING_MARK) {
      if (base >= kCyrillic) kept.append(sign);
      continue;
    }
    base = sign;
    const auto* const plain =
        std::find_if(kPlainLetters.begin(), kPlainLetters.end(),
                     [sign](const auto& pair) { return pair.first == sign; });
    if (plain == kPlainLetters.end()) {
      kept.append(sign);
    } else {
      kept.append(icu::UnicodeString::fromUTF8(plain->second));
    }
  }
  std::string folded;
  compose->normalize(kept, error).toUTF8String(folded);
  return folded;
}

class Analyzer {
 public:
  Analyzer(std::string_view text, std::string_view language)
      : text_(text),
        stemmer_(StemmerOf(language)),
        english_(StemmerOf("en")),
        ascii_stemmer_(stemmer_ != nullptr && WritesLatin(language) ? stemmer_
                                                                    : english_),
        elides_(Elides(language)) {
    words_.reserve(text.size() / 6);
  }

  std::vector<Word> Run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      if (!IsAscii(text_[at])) {
        at = TakeForeign(at);
      } else if (IsAsciiAlnum(text_[at])) {
        at = TakeAscii(at);
      } else {
        ++at;
      }
    }
    return std::move(words_);
  }

 private:
  // True for signs that stand inside a word: the apostrophe of "don't", the
  // full stop and comma of "3.14" and "1,000" (as UAX 29 has it).
  bool Joins(std::size_t at) const {
    const char sign = text_[at];
    if (at + 1 >= text_.size() || at == 0) return false;
    const char before = text_[at - 1];
    const char after = text_[at + 1];
    if (sign == '\'') {
      return !elides_ && IsAsciiLetter(before) && IsAsciiLetter(after);
    }
    if (sign == '.' || sign == ',') {
      return IsAsciiDigit(before) && IsAsciiDigit(after);
    }
    return sign == '_' && IsAsciiAlnum(before) && IsAsciiAlnum(after);
  }

  std::size_t TakeAscii(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size() && (IsAsciiAlnum(text_[end]) || Joins(end))) {
      ++end;
    }
    // A foreign letter goes on with the word: "naïve" is one word.
    if (end < text_.size() && !IsAscii(text_[end])) return TakeForeign(begin);
    std::string folded;
    folded.reserve(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      folded.push_back(AsciiLower(text_[i]));
    }
    CutPossessive(folded);
    Add(std::move(folded), begin, end, ascii_stemmer_);
    return end;
  }

  static void CutPossessive(std::string& word) {
    if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
  }

  // A stretch that holds a foreign sign: up to white space, to an apostrophe
  // that parts words, or to where signs begin or cease to be read in pairs.
  std::size_t TakeForeign(std::size_t begin) {
    const bool paired = IsPaired(DecodeAt(text_, begin).value);
    std::size_t end = begin;
    while (end < text_.size() && !IsAsciiSpace(text_[end])) {
      const CodePoint point = DecodeAt(text_, end);
      if (IsPaired(point.value) != paired) break;
      if (elides_ && IsApostrophe(point.value)) break;
      end += point.size;
    }
    if (paired) {
      AddPairs(begin, end);
    } else if (end > begin) {
      AddStretch(begin, end);
    }
    return end > begin ? end : begin + DecodeAt(text_, begin).size;
  }

  // Each sign and each two in a row: one sign may be a word ("lake").
  void AddPairs(std::size_t begin, std::size_t end) {
    std::size_t before = end;
    for (std::size_t at = begin; at < end;) {
      const std::size_t next = at + DecodeAt(text_, at).size;
      if (before < at) {
        AddTerm(std::string(text_.substr(before, next - before)), before, next);
      }
      AddTerm(std::string(text_.substr(at, next - at)), at, next);
      before = at;
      at = next;
    }
  }

  void AddStretch(std::size_t begin, std::size_t end) {
    const std::string_view stretch = text_.substr(begin, end - begin);
    UErrorCode error = U_ZERO_ERROR;
    thread_local std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
    if (U_FAILURE(error) || breaks == nullptr) return;
    UText* handle =
        utext_openUTF8(nullptr, stretch.data(),
                       static_cast<std::int64_t>(stretch.size()), &error);
    breaks->setText(handle, error);
    std::int32_t from = breaks->first();
    for (std::int32_t to = breaks->next();
         U_SUCCESS(error) && to != icu::BreakIterator::DONE;
         from = to, to = breaks->next()) {
      if (breaks->getRuleStatus() < UBRK_WORD_NUMBER) continue;
      AddForeign(begin + static_cast<std::size_t>(from),
                 begin + static_cast<std::size_t>(to));
    }
    utext_close(handle);
  }

  void AddForeign(std::size_t begin, std::size_t end) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* fold =
        icu::Normalizer2::getNFKCCasefoldInstance(error);
    if (U_FAILURE(error)) return;
    const icu::UnicodeString word = fold->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(
            text_.data() + begin, static_cast<std::int32_t>(end - begin))),
        error);
    if (U_FAILURE(error) || word.isEmpty()) return;
    std::string folded;
    word.toUTF8String(folded);
    // As TakeAscii has it: "Poland\u2019s" is "Poland's".
    const std::size_t curly = folded.find("\u2019");
    if (curly != folded.npos) folded.replace(curly, 3, "'");
    CutPossessive(folded);
    Add(std::move(folded), begin, end, stemmer_);
  }

  // By the rules of the language and, where they give another term, by those of
  // English too: a name is found by a question of another language.
  void Add(std::string folded, std::size_t begin, std::size_t end,
           sb_stemmer* stemmer) {
    if (folded.size() > kWordBytesMax) return;
    const bool both = stemmer != english_ && ascii_stemmer_ != english_;
    std::string english = both ? Stem(folded, english_) : std::string();
    std::string term = Stem(std::move(folded), stemmer);
    if (both && english != term) AddTerm(std::move(english), begin, end);
    AddTerm(std::move(term), begin, end);
  }

  void AddTerm(std::string term, std::size_t begin, std::size_t end) {
    words_.push_back(
        {std::move(term),
         {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
  }

  std::string Stem(std::string word, sb_stemmer* stemmer) const {
    // English has no accents of its own; other stemmers read theirs.
    if (stemmer == english_) word = WithoutAccents(word);
    if (const auto* const known =
            stemmer == english_ ? OverrideOf(word) : nullptr) {
      return std::string(known->stem);
    }
    if (stemmer == nullptr) return WithoutAccents(word);
    const sb_symbol* stem = sb_stemmer_stem(
        stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
        static_cast<int>(word.size()));
    if (stem == nullptr) return word;
    word.assign(reinterpret_cast<const char*>(stem),
                static_cast<std::size_t>(sb_stemmer_length(stemmer)));
    return stemmer == english_ ? word : WithoutAccents(word);
  }

  const std::string_view text_;
  sb_stemmer* const stemmer_;
  sb_stemmer* const english_;
  sb_stemmer* const ascii_stemmer_;
  const bool elides_;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> AnalyzeWords(std::string_view text,
                               std::string_view language) {
  return Analyzer(text, language).Run();
}

}  // namespace cairn
