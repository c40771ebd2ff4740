#include "documents/formats/rtf/rtf_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "documents/charset.h"
#include "text/utf8.h"

namespace cairn {
namespace {

struct Numbered {
  int number;
  std::string_view name;
};

constexpr std::array kCodePages = {
    Numbered{437, "ibm-437"},       Numbered{850, "ibm-850"},
    Numbered{852, "ibm-852"},       Numbered{866, "ibm-866"},
    Numbered{874, "windows-874"},   Numbered{932, "shift_jis"},
    Numbered{936, "gbk"},           Numbered{949, "windows-949"},
    Numbered{950, "big5"},          Numbered{1250, "windows-1250"},
    Numbered{1251, "windows-1251"}, Numbered{1252, "windows-1252"},
    Numbered{1253, "windows-1253"}, Numbered{1254, "windows-1254"},
    Numbered{1255, "windows-1255"}, Numbered{1256, "windows-1256"},
    Numbered{1257, "windows-1257"}, Numbered{1258, "windows-1258"},
    Numbered{10000, "macintosh"},   Numbered{54936, "gb18030"},
    Numbered{65001, "utf-8"},
};

constexpr std::array kFontCharsets = {
    Numbered{77, "macintosh"},     Numbered{128, "shift_jis"},
    Numbered{129, "windows-949"},  Numbered{134, "gbk"},
    Numbered{136, "big5"},         Numbered{161, "windows-1253"},
    Numbered{162, "windows-1254"}, Numbered{163, "windows-1258"},
    Numbered{177, "windows-1255"}, Numbered{178, "windows-1256"},
    Numbered{186, "windows-1257"}, Numbered{204, "windows-1251"},
    Numbered{222, "windows-874"},  Numbered{238, "windows-1250"},
    Numbered{255, "ibm-437"},
};

// The low ten bits of a Windows locale are its language.
constexpr std::array kLanguages = {
    Numbered{4, "zh"},  Numbered{5, "cs"},  Numbered{6, "da"},
    Numbered{7, "de"},  Numbered{8, "el"},  Numbered{9, "en"},
    Numbered{10, "es"}, Numbered{11, "fi"}, Numbered{12, "fr"},
    Numbered{14, "hu"}, Numbered{16, "it"}, Numbered{17, "ja"},
    Numbered{18, "ko"}, Numbered{19, "nl"}, Numbered{20, "no"},
    Numbered{21, "pl"}, Numbered{22, "pt"}, Numbered{24, "ro"},
    Numbered{25, "ru"}, Numbered{29, "sv"}, Numbered{31, "tr"},
};

template <std::size_t size>
std::string_view NameIn(const std::array<Numbered, size>& table, int number) {
  for (const Numbered& one : table) {
    if (one.number == number) return one.name;
  }
  return {};
}

bool AllAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), IsAscii);
}

}  // namespace

void PrepareCharsetsForJail() {
  for (const Numbered& page : kCodePages) {
    (void)ConvertFrom("\xe4\xf6\xfc", page.name);
  }
}

std::string_view CharsetOfCodePage(int code_page) {
  return NameIn(kCodePages, code_page);
}

std::string_view CharsetOfWord(std::string_view word, int number) {
  if (word == "ansicpg") return CharsetOfCodePage(number);
  if (word == "mac") return "macintosh";
  if (word == "pc") return "ibm-437";
  if (word == "pca") return "ibm-850";
  return {};
}

std::string_view CharsetOfFont(int font_charset) {
  return NameIn(kFontCharsets, font_charset);
}

std::string_view LanguageOfLocale(int locale) {
  return NameIn(kLanguages, locale & 0x3ff);
}

void RtfText::AddBytes(std::string_view bytes, std::string_view charset) {
  if (charset != charset_) Flush();
  charset_ = charset;
  bytes_ += bytes;
}

void RtfText::AddUnit(int unit) {
  Flush();
  const std::uint32_t code = static_cast<std::uint32_t>(unit) & 0xffff;
  if (code >= 0xd800 && code < 0xdc00) {
    high_ = code;
    return;
  }
  if (code >= 0xdc00 && code < 0xe000) {
    if (high_ != 0) {
      AppendUtf8(out_, 0x10000 + ((high_ - 0xd800) << 10) + (code - 0xdc00));
    }
    high_ = 0;
    return;
  }
  high_ = 0;
  // Symbol fonts: their signs lie in the private area at F000.
  AppendUtf8(out_, code >= 0xf020 && code < 0xf07f ? code - 0xf000 : code);
}

void RtfText::Add(std::string_view utf8) {
  Flush();
  out_ += utf8;
}

void RtfText::Flush() {
  if (bytes_.empty()) return;
  if (AllAscii(bytes_)) {
    out_ += bytes_;
  } else {
    std::optional<std::string> text = ConvertFrom(bytes_, charset_);
    if (!text || !IsValidUtf8(*text))
      text = ConvertFrom(bytes_, "windows-1252");
    if (text && IsValidUtf8(*text)) out_ += *text;
  }
  bytes_.clear();
}

std::string RtfText::Take() {
  Flush();
  std::string clean;
  clean.reserve(out_.size());
  for (const char sign : out_) {
    const bool control = static_cast<unsigned char>(sign) < 0x20 || sign == 127;
    if (!control || sign == '\t' || sign == '\n') clean.push_back(sign);
  }
  out_.clear();
  return clean;
}

}  // namespace cairn
