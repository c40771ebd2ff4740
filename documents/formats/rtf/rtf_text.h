// RtfText: the runs of an RTF file as UTF-8, whatever code pages they are in.
//
// Place: under RtfReader. Threads: none. Library: none; converts with
// documents/charset.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

// "windows-1252" of 1252 (\ansicpg); empty: unknown.
std::string_view CharsetOfCodePage(int code_page);

// Of a word that tells the document's (\ansicpg, \mac, \pc, \pca); empty: of
// another word.
std::string_view CharsetOfWord(std::string_view word, int number);

// "windows-1251" of 204 (\fcharset); empty: the document's own.
std::string_view CharsetOfFont(int font_charset);

// "de" of 1031 (\deflang); empty: not one of the usual.
std::string_view LanguageOfLocale(int locale);

// What converts them reads files; here, before the jail closes.
void PrepareCharsetsForJail();

class RtfText {
 public:
  // Bytes of a charset; neighbours in one charset are converted together, as a
  // character may be split over tokens.
  void AddBytes(std::string_view bytes, std::string_view charset);
  // A UTF-16 unit of \u, signed as RTF writes it.
  void AddUnit(int unit);
  void Add(std::string_view utf8);

  // The text so far, without controls but '\t' and '\n'; leaves it empty.
  std::string Take();
  std::size_t size() const { return out_.size() + bytes_.size(); }

 private:
  void Flush();

  std::string out_;
  std::string bytes_;
  std::string_view charset_;
  std::uint32_t high_ = 0;  // First half of a surrogate pair.
};

}  // namespace cairn
