#include "documents/formats/asciidoc/asciidoc_parser.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/asciidoc/inline_text.h"
#include "documents/text_input.h"

namespace cairn {
namespace {

constexpr std::size_t kColumnsMax = 1000;
// The builder refuses as many; here they would fill the memory before.
constexpr std::size_t kCellsMax = 1'000'000;

// How often `sign` stands at the start.
std::size_t RunOf(std::string_view line, char sign) {
  return std::min(line.find_first_not_of(sign), line.size());
}

// A line of four or more of one sign (three for tables and fences).
bool IsDelimiter(std::string_view line) {
  if (line == "--" || line == "|===" || line.starts_with("```")) return true;
  return line.size() >= 4 &&
         std::string_view("-.=*_+/").find(line[0]) != std::string_view::npos &&
         RunOf(line, line[0]) == line.size();
}

class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  bool Next(std::string_view& line) {
    if (at_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    line = text_.substr(at_, end - at_);
    line = line.substr(0, line.find_last_not_of(" \t\f") + 1);
    at_ = end + 1;
    return true;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

class Writer {
 public:
  Writer(std::string_view text, DocumentBuilder& builder)
      : lines_(text), builder_(builder) {}

  void Run() {
    std::string_view line;
    while (!builder_.failed() && lines_.Next(line)) Line(line);
    Flush();
    if (includes_ > 0) {
      builder_.AddWarning(std::to_string(includes_) +
                          " include:: lines were not followed");
    }
  }

 private:
  void Line(std::string_view line) {
    if (line.empty() || line == "+") {
      Flush();
    } else if (IsDelimiter(line)) {
      Flush();
      Delimited(line);
    } else if (line.starts_with("//")) {
      return;
    } else if (line.starts_with('[') && line.ends_with(']')) {
      Flush();
      header_ = line.find("header") != std::string_view::npos;
    } else if (IsAttribute(line)) {
      return;
    } else if (line.starts_with("include::")) {
      ++includes_;
    } else if (line.starts_with("image::")) {
      Image(line);
    } else if (Heading(line) || Item(line)) {
      return;
    } else if (text_.empty() && line.size() > 1 && line[0] == '.' &&
               line[1] != ' ' && line[1] != '.') {
      caption_ = AsciidocInlineText(line.substr(1));
    } else {
      if (!text_.empty()) text_.push_back(' ');
      text_ += TrimWhiteSpace(line);
    }
  }

  static bool IsAttribute(std::string_view line) {
    if (!line.starts_with(':')) return false;
    const std::size_t end = line.find(':', 1);
    return end != std::string_view::npos && end > 1 &&
           line.substr(0, end).find(' ') == std::string_view::npos;
  }

  bool Heading(std::string_view line) {
    const std::size_t level = RunOf(line, '=');
    if (level == 0 || level > 6 || level >= line.size() || line[level] != ' ') {
      return false;
    }
    Flush();
    const std::string text =
        AsciidocInlineText(TrimWhiteSpace(line.substr(level)));
    builder_.AddBlock(BlockType::kHeading, text,
                      static_cast<std::uint8_t>(level));
    if (level == 1 && !builder_.has_title()) builder_.SetTitle(text);
    return true;
  }

  bool Item(std::string_view line) {
    line = TrimWhiteSpace(line);
    std::size_t marks = RunOf(line, line[0]);
    const bool bullet = line[0] == '*' || line[0] == '.' || line[0] == '-';
    std::size_t level = marks;
    if (!bullet) {
      marks = line.find_first_not_of("0123456789");
      if (marks == 0 || marks == std::string_view::npos || line[marks] != '.') {
        return false;
      }
      ++marks;
      level = 1;
    }
    if (marks >= line.size() || line[marks] != ' ' || level > 6) return false;
    Flush();
    level_ = static_cast<std::uint8_t>(level);
    text_ = TrimWhiteSpace(line.substr(marks));
    return true;
  }

  void Image(std::string_view line) {
    Flush();
    const std::size_t open = std::min(line.find('['), line.size());
    std::string_view alt = line.substr(std::min(open + 1, line.size()));
    alt = alt.substr(0, alt.find_first_of(",]"));
    std::string text = std::exchange(caption_, {});
    if (!text.empty() && !alt.empty()) text += ": ";
    text += alt;
    if (text.empty()) text = line.substr(7, open - 7);
    builder_.AddBlock(BlockType::kFigure, text);
  }

  void Flush() {
    if (!text_.empty()) {
      Caption();
      builder_.AddBlock(
          level_ > 0 ? BlockType::kListItem : BlockType::kParagraph,
          AsciidocInlineText(text_), level_);
    }
    text_.clear();
    level_ = 0;
  }

  void Caption() {
    builder_.AddBlock(BlockType::kParagraph, std::exchange(caption_, {}));
  }

  void Delimited(std::string_view mark) {
    if (mark == "|===") {
      Table();
      return;
    }
    const bool comment = mark[0] == '/';
    const bool code = mark[0] == '`' || mark[0] == '.' || mark[0] == '+' ||
                      (mark[0] == '-' && mark.size() >= 4);
    if (!comment && !code) return;  // What is inside is read as any text.
    const std::string_view close = mark[0] == '`' ? mark.substr(0, 3) : mark;
    std::string block;
    std::string_view line;
    while (lines_.Next(line) && line != close) {
      block += line;
      block.push_back('\n');
    }
    if (comment) return;
    Caption();
    const std::size_t first = block.find_first_not_of('\n');
    if (first == std::string::npos) return;
    block.resize(block.find_last_not_of('\n') + 1);
    builder_.AddBlock(BlockType::kCode, std::string_view(block).substr(first));
  }

  // Cells "|text"; the first line of cells, or an empty line after it, says
  // how many make a row.
  void Table() {
    std::vector<std::string> cells;
    std::size_t width = 0;
    bool header = std::exchange(header_, false);
    bool first_line = true;
    std::string_view line;
    while (cells.size() <= kCellsMax && lines_.Next(line) && line != "|===") {
      if (line.empty()) {
        if (width > 0 && first_line) header = true;
        first_line = false;
        continue;
      }
      if (width > 0) first_line = false;
      for (std::size_t at = 0; at < line.size() && cells.size() <= kCellsMax;) {
        const bool begins = line[at] == '|';
        const std::size_t start = begins ? at + 1 : at;
        const std::size_t end = std::min(line.find('|', start), line.size());
        const std::string_view text =
            TrimWhiteSpace(line.substr(start, end - start));
        if (begins || cells.empty()) {
          cells.emplace_back(text);
        } else {
          cells.back() += ' ' + std::string(text);
        }
        at = end;
      }
      if (width == 0) {
        width = cells.size();
        first_line = true;
      }
    }
    width = std::clamp<std::size_t>(width, 1, kColumnsMax);
    builder_.BeginTable(std::exchange(caption_, {}));
    for (std::size_t i = 0; i < cells.size() && !builder_.failed(); ++i) {
      if (i % width == 0) builder_.BeginRow();
      builder_.AddCell({.text = AsciidocInlineText(cells[i]),
                        .column = static_cast<std::uint32_t>(i % width)});
    }
    builder_.EndTable(header ? 1 : 0);
  }

  Lines lines_;
  DocumentBuilder& builder_;
  std::string text_, caption_;
  std::uint8_t level_ = 0;  // Of the list item in `text_`; 0: a paragraph.
  bool header_ = false;
  std::size_t includes_ = 0;
};

class Asciidoc final : public FormatParser {
 public:
  std::string_view name() const override { return "asciidoc"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override {
    DocumentBuilder builder(name(), limits);
    CAIRN_ASSIGN_OR_RETURN(const std::string source,
                           ReadTextInput(input, limits, builder));
    Writer(source, builder).Run();
    return std::move(builder).Finish();
  }
};

}  // namespace

const FormatParser& AsciidocParser() {
  static const Asciidoc* const parser = new Asciidoc();
  return *parser;
}

}  // namespace cairn
