#include "documents/formats/pdf/headings.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "documents/formats/pdf/list_marker.h"

namespace cairn::pdf {
namespace {

constexpr float kLarger = 1.12F;  // Than the body.
constexpr std::size_t kLinesMax = 4;
constexpr std::size_t kBytesMax = 250;
constexpr std::size_t kBoldBytesMax = 160;
constexpr std::size_t kLevelsMax = 6;

// Fonts that look alike are one kind of heading. Larger first, bold first.
struct Look {
  long size = 0;
  bool bold = false;
  friend bool operator==(const Look&, const Look&) = default;
  friend bool operator<(const Look& a, const Look& b) {
    return a.size != b.size ? a.size > b.size : a.bold && !b.bold;
  }
};

Look LookOf(const LineBlock& block) {
  const Line& line = block.lines.front();
  return {std::lround(line.size * 2), line.all_bold};
}

std::uint32_t Letters(const LineBlock& block) {
  std::uint32_t sum = 0;
  for (const Line& line : block.lines) sum += line.letters();
  return sum;
}

bool BodyIsBold(const std::vector<LineBlock>& blocks, float body) {
  std::size_t bold = 0;
  std::size_t all = 0;
  for (const LineBlock& block : blocks) {
    for (const Line& line : block.lines) {
      if (std::fabs(line.size - body) > 0.5F) continue;
      all += line.signs();
      bold += line.all_bold ? line.signs() : 0;
    }
  }
  return bold * 2 > all;
}

bool BeginsWith(const std::string& text, const char* word) {
  return text.rfind(word, 0) == 0;
}

// "Table 3", "Figure 2.1": set apart from the text, but no heading.
bool IsCaption(const std::string& text) {
  for (const char* word : {"Table ", "Figure ", "Fig. ", "Chart ", "Tabelle ",
                           "Abbildung ", "TABLE ", "FIGURE ", "Box "}) {
    if (!BeginsWith(text, word)) continue;
    const std::string rest = text.substr(std::string(word).size());
    if (!rest.empty() && (rest[0] >= '0' && rest[0] <= '9')) return true;
  }
  return false;
}

bool LooksLikeHeading(const LineBlock& block, float body, bool body_bold) {
  if (block.tabular || block.type == BlockType::kCode || block.table >= 0 ||
      block.lines.size() > kLinesMax || Letters(block) < 2) {
    return false;
  }
  const std::string text = PlainText(block);
  if (text.size() > kBytesMax || IsCaption(text)) return false;
  const char last = text.back();
  if (last == ',' || last == ';') return false;
  const bool item = ListMarkerBytes(text) > 0 && SectionNumberDepth(text) == 0;
  if (item) return false;
  const Line& line = block.lines.front();
  const bool larger = line.size >= kLarger * body;
  if (larger && (last != '.' || text.size() < 60)) return true;
  return line.all_bold && !body_bold && line.size >= 0.95F * body &&
         text.size() <= kBoldBytesMax && last != '.' && line.upright;
}

// What the outline calls headings, by comparable text.
std::map<std::string, std::uint32_t> DepthByTitle(
    const std::vector<Bookmark>& outline) {
  std::map<std::string, std::uint32_t> depths;
  for (const Bookmark& bookmark : outline) {
    const std::string title = Comparable(bookmark.title);
    if (title.size() >= 3) depths.emplace(title, bookmark.depth);
  }
  return depths;
}

// "3.2 Method" may stand in the outline as "Method".
std::optional<std::uint32_t> DepthOf(
    const std::map<std::string, std::uint32_t>& depths,
    const std::string& text) {
  if (depths.empty() || text.size() > kBytesMax) return std::nullopt;
  auto found = depths.find(Comparable(text));
  if (found == depths.end() && SectionNumberDepth(text) > 0) {
    found = depths.find(Comparable(text.substr(text.find(' '))));
  }
  if (found == depths.end()) return std::nullopt;
  return found->second;
}

std::size_t NumberDepth(const std::string& text) {
  for (const char* word : {"Chapter ", "CHAPTER ", "Kapitel "}) {
    if (BeginsWith(text, word)) return 1;
  }
  return SectionNumberDepth(text);
}

struct Heading {
  LineBlock* block = nullptr;
  Look look;
  std::optional<std::uint32_t> depth;  // Of the outline.
  std::size_t number_depth = 0;        // Of "2.3.1": 3.
};

template <typename Key>
Key MostFrequent(const std::map<Key, std::size_t>& counts) {
  return std::max_element(
             counts.begin(), counts.end(),
             [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// For each look the level that is known from the outline, else from section
// numbers. Other looks find their place between these.
std::map<Look, std::size_t> AnchorLevels(const std::vector<Heading>& headings,
                                         std::size_t shift) {
  struct Votes {
    std::map<std::size_t, std::size_t> outline, numbers;
    std::size_t headings = 0, numbered = 0;
  };
  std::map<Look, Votes> votes;
  for (const Heading& heading : headings) {
    Votes& of = votes[heading.look];
    ++of.headings;
    if (heading.depth.has_value()) ++of.outline[*heading.depth];
    if (heading.number_depth > 0) {
      ++of.numbered;
      ++of.numbers[heading.number_depth];
    }
  }
  std::map<Look, std::size_t> levels;
  for (const auto& [look, of] : votes) {
    if (!of.outline.empty()) levels[look] = MostFrequent(of.outline) + shift;
  }
  if (!levels.empty()) return levels;
  std::size_t least = SIZE_MAX;
  for (const auto& [look, of] : votes) {
    if (of.numbered * 2 < of.headings) continue;
    levels[look] = MostFrequent(of.numbers) + shift;
    least = std::min(least, levels[look]);
  }
  for (auto& [look, level] : levels) level -= least - shift - 1;
  return levels;
}

// A look without a level of its own: one below the next larger known one, else
// one above the next smaller.
std::size_t LevelBetween(const std::map<Look, std::size_t>& known,
                         const Look& look) {
  const auto after = known.lower_bound(look);
  if (after != known.end() && after->first == look) return after->second;
  if (after != known.begin()) return std::prev(after)->second + 1;
  return after->second > 1 ? after->second - 1 : 1;
}

// 1 for the largest look. Sizes within a point of 24 are one. Looks that only
// a cover has take no ranks from those of the sections, but for the largest.
std::map<Look, std::size_t> RankByLook(const std::vector<Heading>& headings) {
  std::set<Look> looks;
  std::set<Look> inner;
  for (const Heading& heading : headings) {
    looks.insert(heading.look);
    if (heading.block->lines.front().page > 1) inner.insert(heading.look);
  }
  std::map<Look, std::size_t> ranks;
  std::size_t rank = 0;
  std::optional<Look> last;
  for (const Look& look : looks) {
    const bool alike =
        last.has_value() && last->bold == look.bold &&
        static_cast<float>(look.size) > 0.96F * static_cast<float>(last->size);
    const bool counts = rank == 0 || inner.empty() || inner.contains(look);
    if (!alike && counts) ++rank;
    ranks[look] = counts ? rank : rank + 1;
    if (counts) last = look;
  }
  return ranks;
}

// The one heading on page 1 that is larger than every other is the title; the
// outline does not count it.
bool HasTitle(const std::vector<Heading>& headings) {
  if (headings.empty()) return false;
  const auto largest = std::min_element(
      headings.begin(), headings.end(),
      [](const Heading& a, const Heading& b) { return a.look < b.look; });
  const auto same = std::count_if(
      headings.begin(), headings.end(), [&](const Heading& heading) {
        return heading.look.size == largest->look.size;
      });
  return same == 1 && !largest->depth.has_value() &&
         largest->block->lines.front().page == 1;
}

void SetLevels(const std::vector<Heading>& headings) {
  const std::size_t shift = HasTitle(headings) ? 1 : 0;
  const std::map<Look, std::size_t> known = AnchorLevels(headings, shift);
  const std::map<Look, std::size_t> ranks = RankByLook(headings);
  std::map<Look, std::size_t> shallowest;
  for (const Heading& heading : headings) {
    if (heading.number_depth == 0) continue;
    const auto [found, fresh] =
        shallowest.try_emplace(heading.look, heading.number_depth);
    found->second = std::min(found->second, heading.number_depth);
  }
  for (const Heading& heading : headings) {
    std::size_t level = known.empty() ? ranks.at(heading.look)
                                      : LevelBetween(known, heading.look);
    if (heading.depth.has_value()) {
      level = *heading.depth + shift;
    } else if (heading.number_depth > 0) {
      level += heading.number_depth - shallowest.at(heading.look);
    }
    heading.block->type = BlockType::kHeading;
    heading.block->level = static_cast<std::uint8_t>(
        std::clamp<std::size_t>(level, 1, kLevelsMax));
  }
}

}  // namespace

std::string PlainText(const LineBlock& block) {
  std::string text;
  for (const Line& line : block.lines) {
    if (!text.empty()) text += ' ';
    text += line.Text();
  }
  return text;
}

void MarkHeadings(std::vector<LineBlock>& blocks,
                  const std::vector<Bookmark>& outline) {
  const float body = BodySize(blocks);
  const bool body_bold = BodyIsBold(blocks, body);
  const auto depths = DepthByTitle(outline);
  std::vector<Heading> headings;
  for (LineBlock& block : blocks) {
    const bool may_be = !block.tabular && block.table < 0 &&
                        block.type != BlockType::kCode &&
                        block.lines.size() <= kLinesMax;
    if (!may_be) continue;
    const std::string text = PlainText(block);
    const std::optional<std::uint32_t> depth = DepthOf(depths, text);
    const Line& line = block.lines.front();
    const bool named =
        depth.has_value() && (line.size >= 1.04F * body || line.all_bold);
    if (!named && !LooksLikeHeading(block, body, body_bold)) continue;
    headings.push_back({&block, LookOf(block), depth, NumberDepth(text)});
  }
  SetLevels(headings);
}

}  // namespace cairn::pdf
