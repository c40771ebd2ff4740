#include "tables/scale_around.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kStatementBytesMax = 160;
constexpr std::size_t kNoteBytesMax = 80;
// Of a block's end, where tables follow.
constexpr std::size_t kBlockBytesMax = 4000;
// "in U.S. dollar thousands" has no more between.
constexpr std::size_t kWordsBetween = 4;
constexpr std::size_t kHeadingsMax = 8;

struct Scale {
  std::string_view word;
  double factor;
};
// Plural: "in million" is part of a number in prose.
constexpr std::array kScales = {Scale{"thousands", 1e3}, Scale{"millions", 1e6},
                                Scale{"billions", 1e9}, Scale{"000s", 1e3},
                                Scale{"000", 1e3}};

// 0: no statement.
double ScaleIn(std::string_view statement) {
  std::size_t since = kWordsBetween + 1;  // Words since "in".
  for (const Word& word : FoldWords(statement)) {
    if (word.term == "in") {
      since = 0;
      continue;
    }
    if (++since > kWordsBetween) continue;
    for (const Scale& scale : kScales) {
      if (word.term == scale.word) return scale.factor;
    }
    // "(in which thousands took part)".
    if (word.term != "of" && IsStopWord(word.term)) since = kWordsBetween;
  }
  return 0;
}

// Of the last statement in parentheses, or of all that is said.
double ScaleOf(std::string_view block) {
  if (block.size() > kBlockBytesMax) {
    block.remove_prefix(block.size() - kBlockBytesMax);
  }
  for (std::size_t end = block.size(); end > 0;) {
    const std::size_t open = block.rfind('(', end - 1);
    if (open == std::string_view::npos) break;
    const std::string_view rest = block.substr(open + 1, kStatementBytesMax);
    const double scale = ScaleIn(rest.substr(0, rest.find(')')));
    if (scale != 0) return scale;
    end = open;
  }
  // "All amounts in thousands of euros", and not "Sales grew in thousands of
  // shops.": such notes have no end and no numbers.
  const bool note =
      block.size() <= kNoteBytesMax &&
      block.find_first_of(".!?0123456789") == std::string_view::npos;
  return note ? ScaleIn(block) : 0;
}

}  // namespace

double ScaleAround(const ParsedDocument& document, const Table& table) {
  if (table.block >= document.blocks.size()) return 1;
  const auto scale_of = [&](std::size_t block) {
    return ScaleOf(document.blocks[block].span.Of(document.text));
  };
  const std::size_t first =
      table.block - std::min<std::size_t>(table.block, kScaleBlocksMax);
  for (std::size_t block = table.block; block-- > first;) {
    const Block& before = document.blocks[block];
    if (before.table != Block::kNone || before.type == BlockType::kHeading) {
      break;
    }
    if (const double scale = scale_of(block); scale != 0) return scale;
  }
  std::uint32_t heading = document.blocks[table.block].heading;
  for (std::size_t i = 0; i < kHeadingsMax && heading < document.blocks.size();
       ++i) {
    if (const double scale = scale_of(heading); scale != 0) return scale;
    heading = document.blocks[heading].heading;
  }
  return 1;
}

}  // namespace cairn
