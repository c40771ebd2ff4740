#include "documents/formats/pdf/list_marker.h"

#include <string_view>

namespace cairn::pdf {
namespace {

bool IsDigit(char sign) { return sign >= '0' && sign <= '9'; }

bool IsAsciiLetter(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
}

// "12", "a", "iv": the counter inside a marker. 0: none.
std::size_t CounterBytes(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && IsDigit(text[size])) ++size;
  if (size > 0) return size <= 3 ? size : 0;
  while (size < text.size() &&
         std::string_view("ivx").find(text[size]) != std::string_view::npos) {
    ++size;
  }
  if (size > 0) return size <= 5 ? size : 0;
  return !text.empty() && IsAsciiLetter(text[0]) ? 1 : 0;
}

}  // namespace

std::size_t ListMarkerBytes(const std::string& text) {
  static constexpr std::string_view kBullets[] = {
      "\u2022", "\u2023", "\u25e6", "\u25aa", "\u25ab", "\u25cf", "\u25cb",
      "\u25a0", "\u25a1", "\u25b6", "\u25ba", "\u2013", "\u2014", "\u00b7",
      "\u2212", "\u2713", "\u2714", "\u27a2", "*",      "-",      "o"};
  const std::string_view view(text);
  for (const std::string_view bullet : kBullets) {
    if (view.size() > bullet.size() &&
        view.substr(0, bullet.size()) == bullet && view[bullet.size()] == ' ') {
      return bullet.size();
    }
  }
  const std::size_t open = !view.empty() && view[0] == '(' ? 1 : 0;
  const std::size_t counter = CounterBytes(view.substr(open));
  if (counter == 0) return 0;
  const std::size_t end = open + counter;
  if (end + 1 >= view.size() || view[end + 1] != ' ') return 0;
  if (view[end] == ')') return end + 1;
  // "A. Smith" is a name, "a. first" and "3. third" are markers.
  const bool dotted = open == 0 && view[end] == '.' &&
                      (IsDigit(view[0]) || (view[0] >= 'a' && view[0] <= 'z'));
  return dotted ? end + 1 : 0;
}

std::size_t SectionNumberDepth(const std::string& text) {
  std::size_t depth = 0;
  std::size_t i = 0;
  while (i < text.size() && IsDigit(text[i])) {
    const std::size_t first = i;
    while (i < text.size() && IsDigit(text[i])) ++i;
    if (i - first > 3) return 0;
    ++depth;
    if (i < text.size() && text[i] == '.') ++i;
  }
  return i < text.size() && text[i] == ' ' ? depth : 0;
}

}  // namespace cairn::pdf
