// Language by the share of a language's most frequent small words, and by
// script where a script belongs to one language.
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "text/language.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

struct Profile {
  std::string_view tag;
  std::string_view words;  // Space before and after each.
  // Words that only this language asks with; a question has few others, so one
  // counts as two.
  std::string_view asking;
};

constexpr std::array<Profile, 9> kProfiles{{
    {"en",
     " the of and to in is was that for with as his on by are from an "
     "did does ",
     " who whom whose what when where which how why "},
    {"de",
     " der die das und ist nicht ein eine mit den von zu auf sich dem "
     "des im zum zur wird wurde werden sind f\u00fcr aus nach bis "
     "\u00fcber wie wo was muss soll darf haben oder auch nur noch "
     "dass bei einem einen einer eines wenn man ",
     " wer wann welche welcher welches welchen welchem warum woher wessen "
     "womit woran wof\u00fcr wor\u00fcber "},
    {"fr",
     " le la les des est une dans que pour qui par sur pas du au ce aux "
     "avec cette sont il elle en et un ne se sa ses leur faut ont "
     "quand lorsque ",
     " quel quelle quels quelles combien pourquoi o\u00f9 "},
    {"es",
     " el los las una que del por con para es se su como al m\u00e1s la "
     "de en y un lo fue hay sobre tiene debe cuando donde ",
     " qu\u00e9 qui\u00e9n qui\u00e9nes cu\u00e1ndo d\u00f3nde cu\u00e1l "
     "cu\u00e1les cu\u00e1nto cu\u00e1nta cu\u00e1ntos cu\u00e1ntas "
     "c\u00f3mo "},
    {"it",
     " il che di della per un una sono con non del si nel le gli la in "
     "quando dove quanto ",
     " quale quali quanti quante perch\u00e9 "},
    {"pt",
     " o os as uma que n\u00e3o do da em para com dos por mais ao de "
     "quando onde quanto ",
     " quem quais quantos quantas "},
    {"nl",
     " de het een van en dat niet zijn op te voor met die aan er wie "
     "waar is ",
     " wanneer welke hoeveel waarom "},
    {"sv",
     " och att det som en p\u00e5 \u00e4r av f\u00f6r med den till inte ett "
     "om var hur i ",
     " vem n\u00e4r vilken vilket vilka varf\u00f6r "},
    {"da", " og det at er p\u00e5 af til en ikke som med der den har de i ",
     " hvem hvor hvorn\u00e5r hvilken hvilket hvilke hvorfor hvordan "},
}};

std::string_view TagOfScript(char32_t sign) {
  if (sign >= 0x3040 && sign <= 0x30ff) return "ja";
  if (sign >= 0xac00 && sign <= 0xd7af) return "ko";
  if (sign >= 0x4e00 && sign <= 0x9fff) return "zh";
  if (sign >= 0x0400 && sign <= 0x04ff) return "ru";
  if (sign >= 0x0370 && sign <= 0x03ff) return "el";
  if (sign >= 0x0600 && sign <= 0x06ff) return "ar";
  if (sign >= 0x0590 && sign <= 0x05ff) return "he";
  if (sign >= 0x0e00 && sign <= 0x0e7f) return "th";
  return {};
}

// The language whose script most of the letters are of; empty: Latin or none.
std::string_view GuessByScript(std::string_view text, bool& any_latin) {
  std::array<std::pair<std::string_view, std::size_t>, 8> counts{};
  std::size_t latin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    at += point.size;
    if (point.value < 0x250) {
      latin += point.value < 0x80
                   ? (IsAsciiLetter(static_cast<char>(point.value)) ? 1 : 0)
                   : 1;
      continue;
    }
    const std::string_view tag = TagOfScript(point.value);
    for (auto& [name, count] : counts) {
      if (tag.empty()) break;
      if (name.empty()) name = tag;
      if (name == tag) {
        ++count;
        break;
      }
    }
  }
  any_latin = latin > 0;
  const auto best = std::max_element(
      counts.begin(), counts.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  // Kana decide for Japanese even among more ideographs.
  for (const auto& [name, count] : counts) {
    if (name == "ja" && count * 10 > latin) return "ja";
  }
  return best->second > latin ? best->first : std::string_view();
}

bool Lists(std::string_view words, std::string_view word) {
  std::size_t at = words.find(word);
  for (; at != words.npos; at = words.find(word, at + 1)) {
    const bool whole = at > 0 && words[at - 1] == ' ' &&
                       words.substr(at + word.size(), 1) == " ";
    if (whole) return true;
  }
  return false;
}

using Scores = std::array<std::size_t, kProfiles.size()>;

void Count(std::string_view word, Scores& scores) {
  for (std::size_t i = 0; i < kProfiles.size(); ++i) {
    if (Lists(kProfiles[i].words, word)) scores[i] += 1;
    if (Lists(kProfiles[i].asking, word)) scores[i] += 2;
  }
}

Scores CountSmallWords(std::string_view text) {
  Scores scores{};
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const CodePoint point = DecodeAt(text, at);
    at += point.size;
    if (u_isalpha(static_cast<UChar32>(point.value)) != 0) {
      word += text.substr(begin, point.size);
      continue;
    }
    if (!word.empty()) Count(LowerLetters(word), scores);
    word.clear();
  }
  if (!word.empty()) Count(LowerLetters(word), scores);
  return scores;
}

}  // namespace

bool IsSmallWord(std::string_view word, std::string_view language) {
  if (word.empty() || language == "en") return false;
  const auto* const profile =
      std::find_if(kProfiles.begin(), kProfiles.end(),
                   [&](const Profile& one) { return one.tag == language; });
  if (profile == kProfiles.end()) return false;
  return Lists(profile->words, word) || Lists(profile->asking, word);
}

std::string GuessLanguage(std::string_view text) {
  bool any_latin = false;
  const std::string_view script = GuessByScript(text, any_latin);
  if (!script.empty()) return std::string(script);
  if (!any_latin) return {};
  const Scores scores = CountSmallWords(text);
  // English unless another language clearly leads.
  std::size_t best = 0;
  for (std::size_t i = 1; i < scores.size(); ++i) {
    if (scores[i] > scores[best] && scores[i] > scores[0] + scores[0] / 2 + 1) {
      best = i;
    }
  }
  return std::string(kProfiles[best].tag);
}

}  // namespace cairn
