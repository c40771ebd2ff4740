#include "documents/formats/pdf/footnotes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace cairn::pdf {
namespace {

constexpr float kSmaller = 0.93F;  // Than the text of the page.
constexpr float kLower = 0.4F;     // Of the page's height; above are no notes.

bool IsDigit(char sign) { return sign >= '0' && sign <= '9'; }

// "12 See", "3See", "* Not", "(1) In".
bool BeginsWithMark(const std::string& text) {
  for (const std::string_view mark : {"*", "\u2020", "\u2021", "\u00a7"}) {
    if (text.compare(0, mark.size(), mark) == 0) return true;
  }
  std::size_t at = text.compare(0, 1, "(") == 0 ? 1 : 0;
  const std::size_t first = at;
  while (at < text.size() && IsDigit(text[at])) ++at;
  if (at == first || at - first > 3 || at >= text.size()) return false;
  if (first == 1) return text[at] == ')';
  const std::u32string next = DecodeUtf8(text.substr(at, 4));
  return text[at] == ' ' || text[at] == ')' || text[at] == '.' ||
         IsUpperCase(next.front());
}

// Size of most of the text.
float SizeOf(const std::vector<Line>& lines) {
  std::map<long, std::size_t> signs;
  for (const Line& line : lines) {
    signs[std::lround(line.size * 4)] += line.signs();
  }
  const auto most = std::max_element(
      signs.begin(), signs.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == signs.end() ? 0 : static_cast<float>(most->first) / 4;
}

}  // namespace

void MoveNotesDown(std::vector<Line>& lines) {
  const float small = kSmaller * SizeOf(lines);
  std::vector<bool> notes(lines.size());
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t last = first;
    while (last < lines.size() && lines[last].region == lines[first].region) {
      ++last;
    }
    std::size_t begin = last;
    for (std::size_t i = last; i-- > first;) {
      const Line& line = lines[i];
      if (!line.upright || line.table() >= 0 || line.size > small ||
          line.depth() < kLower * line.page_height) {
        break;
      }
      if (BeginsWithMark(line.pieces.front().text)) begin = i;
    }
    for (std::size_t i = begin; i < last; ++i) notes[i] = true;
    first = last;
  }
  std::vector<Line> text;
  std::vector<Line> below;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    (notes[i] ? below : text).push_back(std::move(lines[i]));
  }
  std::move(below.begin(), below.end(), std::back_inserter(text));
  lines = std::move(text);
}

bool IsFigureCaption(const std::string& text) {
  for (const std::string_view word :
       {"Figure ", "FIGURE ", "Fig. ", "FIG. ", "Abbildung ", "Abb. ", "Chart ",
        "Figura ", "Figuur "}) {
    if (text.compare(0, word.size(), word) != 0) continue;
    std::size_t at = word.size();
    const std::size_t first = at;
    while (at < text.size() && (IsDigit(text[at]) || text[at] == '-' ||
                                (text[at] == '.' && at + 1 < text.size() &&
                                 IsDigit(text[at + 1])))) {
      ++at;
    }
    if (at == first) return false;
    return at == text.size() || text[at] == ':' || text[at] == '.' ||
           text[at] == '|' || text.compare(at, 4, " \u2014") == 0 ||
           text.compare(at, 4, " \u2013") == 0;
  }
  return false;
}

}  // namespace cairn::pdf
