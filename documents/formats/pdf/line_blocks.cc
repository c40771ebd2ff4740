#include "documents/formats/pdf/line_blocks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "documents/formats/pdf/footnotes.h"
#include "documents/formats/pdf/headings.h"
#include "documents/formats/pdf/list_marker.h"

namespace cairn::pdf {
namespace {

constexpr float kLooseLeading = 1.25F;  // Of the usual: a paragraph ends.
constexpr float kIndent = 0.8F;         // Of the font size.

long SizeKey(float size) { return std::lround(size * 2); }

// Edges of the column that a line stands in.
struct Column {
  float left = 0, right = 0;
};

// Facts about all lines of the document.
struct Survey {
  std::map<long, float> leading;            // By size, the most frequent.
  std::map<std::uint32_t, Column> columns;  // By region.

  float LeadingOf(float size) const {
    const auto found = leading.find(SizeKey(size));
    return found == leading.end() ? 1.2F * size : found->second;
  }
};

Survey SurveyLines(const std::vector<std::vector<Line>>& pages) {
  Survey survey;
  std::map<long, std::map<long, std::size_t>> steps;
  for (const auto& lines : pages) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      if (line.table() >= 0) continue;
      const auto [column, fresh] = survey.columns.try_emplace(
          line.region, Column{line.box.left, line.box.right});
      column->second.left = std::min(column->second.left, line.box.left);
      column->second.right = std::max(column->second.right, line.box.right);
      if (i == 0 || lines[i - 1].region != line.region ||
          lines[i - 1].table() >= 0) {
        continue;
      }
      const float step = line.baseline - lines[i - 1].baseline;
      if (SizeKey(line.size) == SizeKey(lines[i - 1].size) &&
          step > 0.8F * line.size && step < 3 * line.size) {
        ++steps[SizeKey(line.size)][std::lround(step * 4)];
      }
    }
  }
  for (const auto& [size, counts] : steps) {
    const auto most = std::max_element(
        counts.begin(), counts.end(),
        [](const auto& a, const auto& b) { return a.second < b.second; });
    // Of tables alone little can be learnt.
    const float usual = static_cast<float>(most->first) / 4;
    const float points = static_cast<float>(size) / 2;
    survey.leading[size] = std::clamp(usual, 1.12F * points, 2 * points);
  }
  return survey;
}

// Word spaces of a justified line that came out wide: all about the same, and
// few signs between them.
bool IsStretched(const Line& line) {
  float least = 1e9F;
  float most = 0;
  for (std::size_t i = 1; i < line.pieces.size(); ++i) {
    const float gap = line.pieces[i].box.left - line.pieces[i - 1].box.right;
    least = std::min(least, gap);
    most = std::max(most, gap);
  }
  return line.pieces.size() > 3 && most < 2.2F * line.size &&
         least > 0.6F * most;
}

// "1.1 Scope ... 3": a line of a table of contents.
bool HasLeader(const Line& line) {
  return line.Text().find(" ... ") != std::string::npos;
}

// A line with cells: at least two pieces, and not just a marker and its text.
bool HasCells(const Line& line) {
  if (HasLeader(line)) return true;
  if (line.pieces.size() < 2) return false;
  if (line.pieces.size() > 2) return !IsStretched(line);
  const std::string& first = line.pieces.front().text;
  return ListMarkerBytes(first + " x") != first.size() &&
         SectionNumberDepth(first + " ") == 0;
}

// One line among others with gaps somewhat wider than a word space.
bool IsSpacedProse(const Line& line) {
  for (std::size_t i = 1; i < line.pieces.size(); ++i) {
    const float gap =
        std::fabs(line.pieces[i].box.left - line.pieces[i - 1].box.right);
    if (gap > 2.5F * line.size) return false;
  }
  return line.pieces.size() < 4 && !HasLeader(line);
}

// A single line all in a monospaced font, without more room around it, is a
// name inside a paragraph.
std::vector<bool> FindCode(const std::vector<Line>& lines) {
  std::vector<bool> code(lines.size());
  const auto beside = [&](std::size_t i, std::size_t k) {
    return lines[i].region == lines[k].region && lines[k].monospaced &&
           lines[k].table() < 0;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    code[i] =
        lines[i].monospaced && ((i > 0 && beside(i, i - 1)) ||
                                (i + 1 < lines.size() && beside(i, i + 1)));
  }
  return code;
}

// Lines of wrapped cells between rows belong to the table too.
std::vector<bool> FindRows(const std::vector<Line>& lines) {
  std::vector<bool> rows(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) rows[i] = HasCells(lines[i]);
  std::vector<bool> smooth = rows;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool alone =
        (i == 0 || !rows[i - 1]) && (i + 1 == lines.size() || !rows[i + 1]);
    if (rows[i] && alone && IsSpacedProse(lines[i])) smooth[i] = false;
    if (i == 0 || i + 1 == lines.size()) continue;
    const Line& line = lines[i];
    const bool close =
        line.region == lines[i - 1].region &&
        line.region == lines[i + 1].region &&
        lines[i + 1].baseline - lines[i - 1].baseline < 3.2F * line.size;
    if (rows[i - 1] && rows[i + 1] && close) smooth[i] = true;
  }
  return smooth;
}

bool EndsSentence(const std::string& text) {
  std::size_t end = text.size();
  while (end > 0 && (text[end - 1] == ')' || text[end - 1] == '"' ||
                     text[end - 1] == '\'')) {
    --end;
  }
  return end > 0 &&
         std::string(".!?:;").find(text[end - 1]) != std::string::npos;
}

char32_t FirstSign(const std::string& text) {
  const std::u32string signs = DecodeUtf8(text.substr(0, 4));
  return signs.empty() ? 0 : signs.front();
}

bool BeginsFresh(const std::string& text) {
  const char32_t first = FirstSign(text);
  return !IsLowerCase(first) && first != ',' && first != ')';
}

bool IsListItem(const Line& line) { return ListMarkerBytes(line.Text()) > 0; }

// Splits the lines of a page.
class Splitter {
 public:
  Splitter(const Survey& survey, std::vector<LineBlock>& blocks)
      : survey_(survey), blocks_(blocks) {}

  void Add(std::vector<Line> lines) {
    const std::vector<bool> rows = FindRows(lines);
    const std::vector<bool> code = FindCode(lines);
    bool open = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      // The lines before are moved away by now: ask the flags, not them.
      const bool changes = i > 0 && code[i] != code[i - 1];
      if (!open || changes || Breaks(lines[i], rows[i])) {
        blocks_.emplace_back();
        blocks_.back().tabular = rows[i];
        blocks_.back().table = lines[i].table();
        if (lines[i].table() >= 0) blocks_.back().type = BlockType::kTable;
        const bool item = !rows[i] && IsListItem(lines[i]);
        if (item) blocks_.back().type = BlockType::kListItem;
        open = true;
      }
      blocks_.back().lines.push_back(std::move(lines[i]));
    }
  }

 private:
  bool Breaks(const Line& line, bool row) const;
  bool BreaksByIndent(const Line& line) const;
  bool BreaksByShortLine(const Line& line) const;

  const Survey& survey_;
  std::vector<LineBlock>& blocks_;
};

bool Splitter::Breaks(const Line& line, bool row) const {
  const LineBlock& block = blocks_.back();
  const Line& last = block.lines.back();
  if (line.table() >= 0 || last.table() >= 0) return true;
  if (line.region != last.region || row != block.tabular) return true;
  const float step = line.baseline - last.baseline;
  if (step < 0) return true;
  const float size = std::max(line.size, last.size);
  if (row) return step > 2.6F * survey_.LeadingOf(size);
  const float leading = survey_.LeadingOf(size);
  if (step > kLooseLeading * leading) return true;
  if (std::fabs(line.size - last.size) > 0.08F * size) return true;
  if (line.monospaced && last.monospaced) return false;
  if (line.all_bold != last.all_bold) return true;
  if (IsListItem(line)) return true;
  return BreaksByIndent(line) || BreaksByShortLine(line);
}

bool Splitter::BreaksByIndent(const Line& line) const {
  const LineBlock& block = blocks_.back();
  const Line& last = block.lines.back();
  const Column column = survey_.columns.at(line.region);
  const float indent = kIndent * line.size;
  const float step = line.right_to_left ? last.box.right - line.box.right
                                        : line.box.left - last.box.left;
  if (block.type == BlockType::kListItem) {
    // Back to the left of the marker's text: the item is over.
    return step < -indent && block.lines.size() > 1;
  }
  if (line.right_to_left) return step > indent && step < 5 * line.size;
  const bool flush = last.box.left - column.left < 0.5F * line.size;
  if (flush && step > indent && step < 5 * line.size) return true;
  // Hanging indents: the next entry begins where this one began.
  return block.lines.size() > 1 && step < -indent &&
         std::fabs(block.lines.front().box.left - line.box.left) <
             0.3F * line.size &&
         last.box.left - block.lines.front().box.left > indent;
}

bool Splitter::BreaksByShortLine(const Line& line) const {
  const Line& last = blocks_.back().lines.back();
  const Column column = survey_.columns.at(line.region);
  const float width = column.right - column.left;
  return column.right - last.box.right > 0.2F * width &&
         EndsSentence(last.Text()) && BeginsFresh(line.Text());
}

// A paragraph that was cut by the end of a column or page.
bool Continues(const LineBlock& block, const LineBlock& next) {
  if (next.type != BlockType::kParagraph || next.tabular ||
      (block.type != BlockType::kParagraph &&
       block.type != BlockType::kListItem) ||
      block.tabular) {
    return false;
  }
  const Line& last = block.lines.back();
  const Line& first = next.lines.front();
  if (first.region == last.region || last.all_bold != first.all_bold ||
      std::fabs(last.size - first.size) > 0.05F * last.size || !last.upright ||
      !first.upright) {
    return false;
  }
  const std::string text = last.Text();
  return !EndsSentence(text) && !text.empty() &&
         IsLowerCase(FirstSign(first.Text()));
}

// Joins cut paragraphs; notes set in a smaller size may stand between.
void JoinContinued(std::vector<LineBlock>& blocks) {
  constexpr std::size_t kNotesMax = 8;
  std::vector<LineBlock> joined;
  for (LineBlock& block : blocks) {
    std::size_t at = joined.size();
    const float size = block.lines.front().size;
    for (std::size_t back = 0; at > 0 && back < kNotesMax; ++back) {
      const LineBlock& candidate = joined[at - 1];
      const Line& last = candidate.lines.back();
      if (Continues(candidate, block)) break;
      const bool note =
          last.size < 0.93F * size && last.page + 1 == block.lines[0].page;
      at = note ? at - 1 : 0;
    }
    if (at > 0 && Continues(joined[at - 1], block)) {
      auto& lines = joined[at - 1].lines;
      std::move(block.lines.begin(), block.lines.end(),
                std::back_inserter(lines));
    } else {
      joined.push_back(std::move(block));
    }
  }
  blocks = std::move(joined);
}

void MarkCode(std::vector<LineBlock>& blocks) {
  for (LineBlock& block : blocks) {
    const bool code =
        std::all_of(block.lines.begin(), block.lines.end(),
                    [](const Line& line) { return line.monospaced; });
    if (!code || block.table >= 0 || (block.lines.size() < 2 && !block.tabular))
      continue;
    block.type = BlockType::kCode;
    block.tabular = false;
  }
}

// Of a figure only its caption can be read.
void MarkFigures(std::vector<LineBlock>& blocks) {
  for (LineBlock& block : blocks) {
    if (block.type == BlockType::kParagraph && !block.tabular &&
        IsFigureCaption(PlainText(block))) {
      block.type = BlockType::kFigure;
    }
  }
}

// Nesting by how far markers stand to the right of the items before.
void SetItemLevels(std::vector<LineBlock>& blocks) {
  std::vector<float> indents;
  std::uint32_t region = 0;
  for (LineBlock& block : blocks) {
    if (block.type != BlockType::kListItem) {
      if (block.type == BlockType::kHeading) indents.clear();
      continue;
    }
    const Line& line = block.lines.front();
    if (line.region != region) indents.clear();
    region = line.region;
    const float slack = 0.6F * line.size;
    while (!indents.empty() && line.box.left < indents.back() - slack) {
      indents.pop_back();
    }
    if (indents.empty() || line.box.left > indents.back() + slack) {
      indents.push_back(line.box.left);
    }
    block.level =
        static_cast<std::uint8_t>(std::min<std::size_t>(indents.size(), 6));
  }
}

}  // namespace

std::vector<LineBlock> MakeBlocks(std::vector<std::vector<Line>> pages,
                                  const std::vector<Bookmark>& outline) {
  const Survey survey = SurveyLines(pages);
  std::vector<LineBlock> blocks;
  Splitter splitter(survey, blocks);
  for (auto& lines : pages) splitter.Add(std::move(lines));
  MarkCode(blocks);
  MarkHeadings(blocks, outline);
  MarkFigures(blocks);
  JoinContinued(blocks);
  SetItemLevels(blocks);
  return blocks;
}

float BodySize(const std::vector<LineBlock>& blocks) {
  std::map<long, std::size_t> signs;
  for (const LineBlock& block : blocks) {
    for (const Line& line : block.lines) {
      signs[SizeKey(line.size)] += line.signs();
    }
  }
  if (signs.empty()) return 0;
  const auto most = std::max_element(
      signs.begin(), signs.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  return static_cast<float>(most->first) / 2;
}

std::string Comparable(const std::string& text) {
  std::string out;
  for (char32_t sign : DecodeUtf8(text)) {
    if (sign >= 'A' && sign <= 'Z') sign += 'a' - 'A';
    if (IsLetter(sign) || (sign >= '0' && sign <= '9')) AppendSign(out, sign);
  }
  return out;
}

}  // namespace cairn::pdf
