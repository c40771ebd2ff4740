// Language by the share of a language's most frequent small words, and by
// script where a script belongs to one language.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

struct Profile {
  std::string_view tag;
  std::string_view words;  // Space before and after each.
};

constexpr std::array<Profile, 9> kProfiles{{
    {"en", " the of and to in is was that for with as his on by are from "},
    {"de", " der die das und ist nicht ein eine mit den von zu auf sich dem "},
    {"fr", " le la les des est une dans que pour qui par sur pas du au ce "},
    {"es", " el los las una que del por con para es se su como al m\u00e1s "},
    {"it", " il che di della per un una sono con non del si nel le gli "},
    {"pt", " o os as uma que n\u00e3o do da em para com dos por mais ao "},
    {"nl", " de het een van en dat niet zijn op te voor met die aan er "},
    {"sv",
     " och att det som en p\u00e5 \u00e4r av f\u00f6r med den till inte ett "
     "om "},
    {"da", " og det at er p\u00e5 af til en ikke som med der den har de "},
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

}  // namespace

std::string GuessLanguage(std::string_view text) {
  bool any_latin = false;
  const std::string_view script = GuessByScript(text, any_latin);
  if (!script.empty()) return std::string(script);
  if (!any_latin) return {};
  std::array<std::size_t, kProfiles.size()> hits{};
  std::string word;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool inside =
        at < text.size() && (IsAsciiLetter(text[at]) || !IsAscii(text[at]));
    if (inside) {
      word.push_back(AsciiLower(text[at]));
      continue;
    }
    if (!word.empty()) {
      const std::string key = " " + word + " ";
      for (std::size_t i = 0; i < kProfiles.size(); ++i) {
        if (kProfiles[i].words.find(key) != std::string_view::npos) ++hits[i];
      }
      word.clear();
    }
  }
  // English unless another language clearly leads.
  std::size_t best = 0;
  for (std::size_t i = 1; i < hits.size(); ++i) {
    if (hits[i] > hits[best] && hits[i] > hits[0] + hits[0] / 2 + 1) best = i;
  }
  return std::string(kProfiles[best].tag);
}

}  // namespace cairn
