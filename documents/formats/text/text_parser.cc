#include "documents/formats/text/text_parser.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/text/text_lines.h"

namespace cairn {
namespace {

struct Line {
  std::size_t begin = 0, end = 0;  // Without the line break, trimmed.
  std::size_t start = 0;           // With its indent.
  std::uint32_t page = 0;

  std::string_view Of(std::string_view text) const {
    return text.substr(start, end - start);
  }
};

// Lines between two empty ones.
struct Group {
  std::vector<Line> lines;
  bool Single() const { return lines.size() == 1; }
};

class Reader {
 public:
  Reader(ParsedDocument& document, const Limits& limits)
      : document_(document), text_(document.text), limits_(limits) {}

  Status Run() {
    Group group;
    bool more = ReadGroup(group);
    while (more && status_.ok()) {
      Group next;
      more = ReadGroup(next);
      AddGroup(group, more ? &next : nullptr);
      group = std::move(next);
    }
    return status_;
  }

 private:
  // False at the end.
  bool ReadGroup(Group& group) {
    group.lines.clear();
    while (at_ < text_.size()) {
      std::size_t end = text_.find_first_of("\n\f", at_);
      if (end == std::string_view::npos) end = text_.size();
      const bool page_break = end < text_.size() && text_[end] == '\f';
      const Line line = Trimmed(at_, end);
      at_ = std::min(end + 1, text_.size());
      const bool blank = line.begin == line.end;
      if (!blank) group.lines.push_back(line);
      if (page_break) ++page_;
      if ((blank || page_break) && !group.lines.empty()) return true;
    }
    return !group.lines.empty();
  }

  Line Trimmed(std::size_t begin, std::size_t end) const {
    Line line;
    line.start = begin;
    line.page = page_;
    while (begin < end && IsBlank(text_[begin])) ++begin;
    while (end > begin && IsBlank(text_[end - 1])) --end;
    line.begin = begin;
    line.end = end;
    return line;
  }

  static bool IsBlank(char sign) { return sign == ' ' || sign == '\t'; }

  void AddGroup(const Group& group, const Group* next) {
    std::size_t first = 0;
    if (group.lines.size() >= 2) {
      const std::uint8_t level =
          UnderlineLevel(group.lines[0].Of(text_), group.lines[1].Of(text_));
      if (level > 0) {
        AddHeading(group.lines[0], level);
        // The rule itself stays in the text, outside every block.
        first = 2;
      }
    } else if (const std::uint8_t level = LoneHeading(group, next); level > 0) {
      AddHeading(group.lines[0], level);
      return;
    }
    AddBody(group, first, next);
  }

  std::uint8_t LoneHeading(const Group& group, const Group* next) const {
    if (next == nullptr) return 0;
    const std::string_view line = group.lines[0].Of(text_);
    const std::uint8_t level = HeadingLevel(line);
    if (level == 1 && IsNumberedHeading(line)) {
      // "1. Buy milk", empty line, "2. Buy eggs" is a loose list.
      if (next->Single() && HeadingLevel(next->lines[0].Of(text_)) == 1) {
        return 0;
      }
      if (!document_.blocks.empty() &&
          document_.blocks.back().type == BlockType::kListItem) {
        return 0;
      }
    }
    return level;
  }

  void AddHeading(const Line& line, std::uint8_t level) {
    std::uint32_t parent = heading_;
    while (parent != Block::kNone && document_.blocks[parent].level >= level) {
      parent = document_.blocks[parent].heading;
    }
    if (document_.blocks.empty()) {
      document_.title = CollapseWhiteSpace(
          CutUtf8(text_.substr(line.begin, line.end - line.begin),
                  limits_.title_bytes_max));
    }
    Add(BlockType::kHeading, level, {line.begin, line.end}, line.page);
    if (!status_.ok()) return;
    document_.blocks.back().heading = parent;
    heading_ = static_cast<std::uint32_t>(document_.blocks.size() - 1);
  }

  // One numbered line alone is more often a sentence than a list.
  bool IsList(const Group& group, std::size_t first, const Group* next) const {
    std::size_t numbered = 0;
    for (std::size_t i = first; i < group.lines.size(); ++i) {
      const auto marker = FindListMarker(group.lines[i].Of(text_));
      if (!marker) continue;
      if (!marker->numbered) return true;
      ++numbered;
    }
    if (numbered == 0) return false;
    if (numbered > 1) return true;
    const auto begins = [this](const Group* other) {
      return other != nullptr && !other->lines.empty() &&
             FindListMarker(other->lines[0].Of(text_)).has_value();
    };
    return FindListMarker(group.lines[first].Of(text_)) &&
           (begins(next) ||
            (!document_.blocks.empty() &&
             document_.blocks.back().type == BlockType::kListItem));
  }

  void AddBody(const Group& group, std::size_t first, const Group* next) {
    if (first >= group.lines.size()) return;
    const bool list = IsList(group, first, next);
    std::size_t begin = first;
    for (std::size_t i = first + 1; i <= group.lines.size(); ++i) {
      const bool cut =
          i == group.lines.size() ||
          (list && FindListMarker(group.lines[i].Of(text_)).has_value());
      if (!cut) continue;
      AddLines(group, begin, i, list);
      begin = i;
    }
  }

  void AddLines(const Group& group, std::size_t begin, std::size_t end,
                bool list) {
    const Line& first = group.lines[begin];
    const auto marker = list ? FindListMarker(first.Of(text_)) : std::nullopt;
    Add(marker ? BlockType::kListItem : BlockType::kParagraph,
        marker ? ItemLevel(marker->indent) : std::uint8_t{0},
        {first.begin, group.lines[end - 1].end}, first.page);
  }

  // Deeper indent than the item before: one level down.
  std::uint8_t ItemLevel(std::size_t indent) {
    const bool goes_on = !document_.blocks.empty() &&
                         document_.blocks.back().type == BlockType::kListItem;
    if (!goes_on) indents_.clear();
    while (!indents_.empty() && indents_.back() > indent) indents_.pop_back();
    if (indents_.empty() || indents_.back() < indent) {
      if (indents_.size() < 16) indents_.push_back(indent);
    }
    return static_cast<std::uint8_t>(indents_.size());
  }

  void Add(BlockType type, std::uint8_t level,
           std::pair<std::size_t, std::size_t> span, std::uint32_t page) {
    if (document_.blocks.size() >= limits_.blocks_max) {
      status_ = InvalidArgumentError(
          "the document has more blocks than the limit blocks_max of " +
              std::to_string(limits_.blocks_max) +
              ": split it, or raise the limit",
          "TOO_MANY_BLOCKS");
      return;
    }
    Block block;
    block.type = type;
    block.level = level;
    block.span = {static_cast<std::uint32_t>(span.first),
                  static_cast<std::uint32_t>(span.second)};
    block.heading = heading_;
    block.page = page;
    document_.blocks.push_back(std::move(block));
  }

  ParsedDocument& document_;
  std::string_view text_;
  const Limits& limits_;
  Status status_;
  std::size_t at_ = 0;
  std::uint32_t page_ = 1;
  std::uint32_t heading_ = Block::kNone;
  std::vector<std::size_t> indents_;
};

class Text final : public FormatParser {
 public:
  std::string_view name() const override { return "text"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

Status SetPages(const Limits& limits, ParsedDocument& document) {
  const auto breaks =
      std::count(document.text.begin(), document.text.end(), '\f');
  if (breaks == 0) {  // The format has no pages then.
    for (Block& block : document.blocks) block.page = 0;
    return OkStatus();
  }
  document.pages = static_cast<std::uint32_t>(breaks) + 1;
  if (document.pages > 1 && document.text.back() == '\f') --document.pages;
  if (document.pages > limits.pages_max) {
    return InvalidArgumentError(
        "the document has " + std::to_string(document.pages) +
            " pages, above the limit pages_max of " +
            std::to_string(limits.pages_max) + ": split it, or raise the limit",
        "TOO_MANY_PAGES");
  }
  return OkStatus();
}

StatusOr<ParsedDocument> Text::Parse(const ParseInput& input,
                                     const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(
      DecodedText decoded,
      DecodeText(input.bytes, CharsetOfMediaType(input.media_type), limits));
  ParsedDocument document;
  document.format = std::string(name());
  document.text = std::move(decoded.text);
  document.warnings = std::move(decoded.warnings);
  CAIRN_RETURN_IF_ERROR(Reader(document, limits).Run());
  CAIRN_RETURN_IF_ERROR(SetPages(limits, document));
  return document;
}

}  // namespace

const FormatParser& TextParser() {
  static const Text* const parser = new Text();
  return *parser;
}

}  // namespace cairn
