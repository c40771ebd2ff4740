#include "documents/formats/text/text_lines.h"

#include <algorithm>
#include <array>
#include <string>

namespace cairn {
namespace {

constexpr std::size_t kHeadingBytes = 80;
constexpr std::size_t kCapitalsBytes = 64;

bool IsDigit(char sign) { return sign >= '0' && sign <= '9'; }
bool IsUpper(char sign) { return sign >= 'A' && sign <= 'Z'; }
bool IsLower(char sign) { return sign >= 'a' && sign <= 'z'; }

std::string_view TrimBlanks(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\f");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\f") - first + 1);
}

bool EndsLikeSentence(std::string_view line) {
  return line.find_last_of(".,;:!?") == line.size() - 1;
}

// "2.3" of "2.3 Methods"; the count of its numbers, 0: none.
std::size_t SectionNumber(std::string_view line, std::size_t& end) {
  std::size_t parts = 0;
  std::size_t at = 0;
  while (at < line.size() && IsDigit(line[at])) {
    const std::size_t start = at;
    while (at < line.size() && IsDigit(line[at])) ++at;
    if (at - start > 2) return 0;  // A year or an amount.
    ++parts;
    if (at >= line.size() || line[at] != '.') break;
    ++at;
  }
  if (parts == 0 || at >= line.size() || line[at] != ' ') return 0;
  end = at;
  return parts;
}

bool IsCapitals(std::string_view line) {
  std::size_t upper = 0;
  for (const char sign : line) {
    if (IsLower(sign) || (static_cast<unsigned char>(sign) & 0x80) != 0) {
      return false;
    }
    if (IsUpper(sign)) ++upper;
  }
  return upper >= 4 && upper * 2 >= line.size() &&
         line.size() <= kCapitalsBytes;
}

bool IsChapter(std::string_view line) {
  std::string lower(line.substr(0, 12));
  for (char& sign : lower) {
    if (IsUpper(sign)) sign = static_cast<char>(sign + 32);
  }
  for (const std::string_view word : {"chapter ", "part ", "appendix "}) {
    if (!lower.starts_with(word) || !IsUpper(line.front())) continue;
    std::string_view rest = line.substr(word.size());
    const std::string_view number = rest.substr(0, rest.find_first_of(" .:"));
    const bool digits =
        !number.empty() && std::all_of(number.begin(), number.end(), IsDigit);
    const bool roman = !number.empty() && number.find_first_not_of("IVXLC") ==
                                              std::string_view::npos;
    const bool letter = number.size() == 1 && IsUpper(number.front());
    return digits || roman || letter;
  }
  return false;
}

}  // namespace

std::optional<ListMarker> FindListMarker(std::string_view line) {
  ListMarker marker;
  std::size_t at = 0;
  for (; at < line.size() && (line[at] == ' ' || line[at] == '\t'); ++at) {
    marker.indent += line[at] == '\t' ? 4 : 1;
  }
  const std::string_view rest = line.substr(at);
  for (const std::string_view sign :
       {"- ", "* ", "+ ", "\xe2\x80\xa2 ", "\xe2\x80\x93 "}) {
    if (rest.starts_with(sign) && rest.size() > sign.size()) return marker;
  }
  std::size_t digits = 0;
  while (digits < rest.size() && IsDigit(rest[digits])) ++digits;
  if (digits == 0 || digits > 3 || digits + 2 >= rest.size()) return {};
  if ((rest[digits] != '.' && rest[digits] != ')') || rest[digits + 1] != ' ') {
    return {};
  }
  marker.numbered = true;
  return marker;
}

std::uint8_t UnderlineLevel(std::string_view title, std::string_view line) {
  const std::string_view rule = TrimBlanks(line);
  const std::string_view name = TrimBlanks(title);
  if (rule.size() < 3 || name.empty() || name.size() > 2 * kHeadingBytes) {
    return 0;
  }
  const char sign = rule.front();
  if (sign != '=' && sign != '-') return 0;
  if (rule.find_first_not_of(sign) != std::string_view::npos) return 0;
  if (name.find_first_not_of(sign) == std::string_view::npos) return 0;
  if (rule.size() * 2 < name.size()) return 0;
  return sign == '=' ? 1 : 2;
}

bool IsNumberedHeading(std::string_view line) {
  const std::string_view name = TrimBlanks(line);
  std::size_t end = 0;
  if (name.empty() || name.size() > kHeadingBytes || EndsLikeSentence(name) ||
      SectionNumber(name, end) == 0) {
    return false;
  }
  const std::string_view rest = TrimBlanks(name.substr(end));
  return !rest.empty() && IsUpper(rest.front());
}

std::uint8_t HeadingLevel(std::string_view line) {
  const std::string_view name = TrimBlanks(line);
  if (name.empty() || name.size() > kHeadingBytes) return 0;
  if (IsNumberedHeading(name)) {
    std::size_t end = 0;
    return static_cast<std::uint8_t>(
        std::min<std::size_t>(SectionNumber(name, end), 6));
  }
  if (EndsLikeSentence(name)) return 0;
  if (IsChapter(name)) return 1;
  return IsCapitals(name) ? 2 : 0;
}

}  // namespace cairn
