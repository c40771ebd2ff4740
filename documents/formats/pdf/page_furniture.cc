#include "documents/formats/pdf/page_furniture.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace cairn::pdf {
namespace {

constexpr float kEdge = 0.14F;         // Of the page's height, top and bottom.
constexpr std::size_t kEdgeLines = 4;  // At most, at either end.
constexpr float kSamePlace = 5;        // Points.
constexpr std::size_t kShapeBytesMax = 200;

struct Candidate {
  std::size_t page = 0, line = 0;
  float place = 0;  // Of the baseline, from the nearer edge.
  int number = -1;  // Of a line that is one number; -1: it is not.
};

// The text with every run of digits as '#'.
std::string ShapeOf(const std::string& text) {
  std::string shape;
  for (const char sign : text) {
    const bool digit = sign >= '0' && sign <= '9';
    if (!digit) {
      shape += sign;
    } else if (shape.empty() || shape.back() != '#') {
      shape += '#';
    }
  }
  return shape;
}

// The value of "17", "- 17 -", "xii"; -1: something else.
int NumberOf(const std::string& text) {
  std::string core;
  for (const char sign : text) {
    if (sign != ' ' && sign != '-' && sign != '|') core += sign;
  }
  if (core.empty() || core.size() > 8) return -1;
  int value = 0;
  if (core.find_first_not_of("0123456789") == std::string::npos) {
    if (core.size() > 5) return -1;
    for (const char digit : core) value = value * 10 + (digit - '0');
    return value;
  }
  static const std::map<char, int> kRoman = {
      {'i', 1}, {'v', 5}, {'x', 10}, {'l', 50}, {'c', 100}};
  for (std::size_t i = 0; i < core.size(); ++i) {
    const auto here = kRoman.find(core[i]);
    if (here == kRoman.end()) return -1;
    const auto next =
        i + 1 < core.size() ? kRoman.find(core[i + 1]) : kRoman.end();
    const bool minus = next != kRoman.end() && next->second > here->second;
    value += minus ? -here->second : here->second;
  }
  return value;
}

std::string KeyOf(const Line& line, bool at_top) {
  std::string shape = ShapeOf(line.Text());
  if (NumberOf(line.Text()) >= 0) shape = "#";
  if (shape.size() > kShapeBytesMax) shape.resize(kShapeBytesMax);
  return (at_top ? "t" : "b") + std::to_string(std::lround(line.size)) + shape;
}

// The number that a line begins or ends with, as running headers do that name
// the section beside the page; -1: none.
int EdgeNumber(const std::string& text, bool first) {
  const std::size_t space = first ? text.find(' ') : text.rfind(' ');
  if (space == std::string::npos) return -1;
  const std::string word =
      first ? text.substr(0, space) : text.substr(space + 1);
  return word.size() <= 4 ? NumberOf(word) : -1;
}

using Candidates = std::map<std::string, std::vector<Candidate>>;

void CollectPage(const std::vector<Line>& lines, std::size_t page,
                 Candidates& out) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].upright) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
    return lines[a].baseline < lines[b].baseline;
  });
  const auto add = [&](std::size_t line, bool at_top, bool outermost) {
    const Line& candidate = lines[line];
    const float place =
        at_top ? candidate.depth() : candidate.page_height - candidate.depth();
    if (place > kEdge * candidate.page_height) return;
    const std::string text = candidate.Text();
    const std::string key = KeyOf(candidate, at_top);
    out[key].push_back({page, line, place, NumberOf(text)});
    if (!outermost || text.size() > kShapeBytesMax) return;
    for (const bool first : {true, false}) {
      const int number = EdgeNumber(text, first);
      if (number < 0) continue;
      out[(at_top ? "edge t" : "edge b") + std::string(first ? "f" : "l")]
          .push_back({page, line, place, number});
    }
  };
  const std::size_t count = std::min(kEdgeLines, order.size());
  for (std::size_t i = 0; i < count; ++i) {
    add(order[i], true, i == 0);
    add(order[order.size() - 1 - i], false, i == 0);
  }
}

// Members of `group` that stand where enough others do.
std::vector<Candidate> InOnePlace(std::vector<Candidate> group,
                                  std::size_t pages_min) {
  std::stable_sort(
      group.begin(), group.end(),
      [](const Candidate& a, const Candidate& b) { return a.place < b.place; });
  std::vector<Candidate> repeated;
  for (std::size_t first = 0; first < group.size();) {
    std::size_t last = first + 1;
    std::set<std::size_t> pages{group[first].page};
    while (last < group.size() &&
           group[last].place - group[last - 1].place <= kSamePlace) {
      pages.insert(group[last++].page);
    }
    if (pages.size() >= pages_min) {
      repeated.insert(repeated.end(),
                      group.begin() + static_cast<std::ptrdiff_t>(first),
                      group.begin() + static_cast<std::ptrdiff_t>(last));
    }
    first = last;
  }
  return repeated;
}

// Of lines that are one number, those that count with their pages.
std::vector<Candidate> Counting(const std::vector<Candidate>& group,
                                std::size_t pages_min) {
  std::map<long, std::size_t> offsets;
  const auto offset = [](const Candidate& candidate) {
    return static_cast<long>(candidate.number) -
           static_cast<long>(candidate.page);
  };
  for (const Candidate& candidate : group) ++offsets[offset(candidate)];
  std::vector<Candidate> counting;
  for (const Candidate& candidate : group) {
    if (offsets[offset(candidate)] >= pages_min) counting.push_back(candidate);
  }
  return counting;
}

using LinesDropped = std::set<std::pair<std::size_t, std::size_t>>;

// A page that would lose most of a substantial text repeats it on purpose.
bool IsMostOfPage(const std::vector<Line>& lines, std::size_t page,
                  const LinesDropped& dropped) {
  constexpr std::uint32_t kSignsMin = 150;
  std::uint32_t all = 0;
  std::uint32_t lost = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    all += lines[i].signs();
    lost += dropped.contains({page, i}) ? lines[i].signs() : 0;
  }
  return lost > kSignsMin && lost < all && lost * 5 > all * 3;
}

// The heads of a table that runs over many pages look like furniture; the
// first is kept.
bool IsTableHead(const Line& line) { return line.pieces.size() >= 3; }

LinesDropped FindFurniture(const std::vector<std::vector<Line>>& pages) {
  Candidates candidates;
  for (std::size_t page = 0; page < pages.size(); ++page) {
    CollectPage(pages[page], page, candidates);
  }
  const std::size_t pages_min = pages.size() == 2 ? 2 : 3;
  LinesDropped dropped;
  for (const auto& [key, group] : candidates) {
    // Page numbers may change sides or height: only their counting matters.
    const bool numbers = group.front().number >= 0;
    std::vector<Candidate> found =
        numbers ? Counting(group, pages_min) : InOnePlace(group, pages_min);
    const auto first = std::min_element(
        found.begin(), found.end(),
        [](const Candidate& a, const Candidate& b) { return a.page < b.page; });
    if (!numbers && first != found.end() &&
        IsTableHead(pages[first->page][first->line])) {
      found.erase(first);
    }
    for (const Candidate& candidate : found) {
      dropped.emplace(candidate.page, candidate.line);
    }
  }
  return dropped;
}

}  // namespace

void DropFurniture(std::vector<std::vector<Line>>& pages) {
  if (pages.size() < 2) return;
  const LinesDropped dropped = FindFurniture(pages);
  for (std::size_t page = 0; page < pages.size(); ++page) {
    if (IsMostOfPage(pages[page], page, dropped)) continue;
    std::vector<Line> kept;
    for (std::size_t i = 0; i < pages[page].size(); ++i) {
      if (!dropped.contains({page, i})) {
        kept.push_back(std::move(pages[page][i]));
      }
    }
    pages[page] = std::move(kept);
  }
}

}  // namespace cairn::pdf
