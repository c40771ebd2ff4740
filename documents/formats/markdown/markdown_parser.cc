#include "documents/formats/markdown/markdown_parser.h"

#include <md4c.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/embed.h"
#include "documents/entities.h"
#include "documents/formats/markdown/front_matter.h"
#include "documents/formats/markdown/html_block.h"
#include "documents/superscript.h"
#include "documents/text_input.h"
#include "text/utf8.h"

namespace cairn {
namespace {

// Blocks of HTML that are read as pages; more are read as their text.
constexpr std::size_t kHtmlPagesMax = 10'000;
constexpr int kStop = 1;  // What a callback returns to end the parse.

// Takes md4c's events. A leaf block's text is gathered in `text_` and added
// when the block ends, or, inside a list item, when the next block begins.
class Events {
 public:
  Events(const Limits& limits, DocumentBuilder& builder)
      : limits_(limits), builder_(builder) {}

  int Enter(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        Flush();
        ++lists_;
        break;
      case MD_BLOCK_LI:
        Flush();
        item_ = true;
        EnterItem(*static_cast<const MD_BLOCK_LI_DETAIL*>(detail));
        break;
      case MD_BLOCK_TABLE:
        Flush();
        builder_.BeginTable("");
        break;
      case MD_BLOCK_TR:
        builder_.BeginRow();
        column_ = 0;
        break;
      case MD_BLOCK_H:
        Flush();
        heading_ = static_cast<std::uint8_t>(
            static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
      case MD_BLOCK_CODE:
      case MD_BLOCK_HTML:
      case MD_BLOCK_P:
      case MD_BLOCK_QUOTE:
        Flush();
        break;
      default:
        break;
    }
    in_html_ = type == MD_BLOCK_HTML;
    return builder_.failed() ? kStop : 0;
  }

  int Leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        Flush();
        if (lists_ > 0) --lists_;
        break;
      case MD_BLOCK_LI:
        Flush();
        item_ = false;
        break;
      case MD_BLOCK_TABLE:
        builder_.EndTable(1);
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        builder_.AddCell(
            {.text = text_, .column = column_, .header = type == MD_BLOCK_TH});
        ++column_;
        Clear();
        break;
      case MD_BLOCK_H:
        LeaveHeading();
        break;
      case MD_BLOCK_CODE:
        LeaveCode();
        break;
      case MD_BLOCK_HTML:
        LeaveHtml();
        break;
      case MD_BLOCK_P:
        Flush();
        break;
      default:
        break;
    }
    return builder_.failed() ? kStop : 0;
  }

  int Span(MD_SPANTYPE type, bool enters) {
    if (type == MD_SPAN_IMG) images_ += enters ? 1 : -1;
    return 0;
  }

  int Text(MD_TEXTTYPE type, std::string_view text) {
    switch (type) {
      case MD_TEXT_BR:
        text_.push_back('\n');
        break;
      case MD_TEXT_SOFTBR:
        text_.push_back(' ');
        break;
      case MD_TEXT_ENTITY:
        AppendEntity(text_, text);
        says_more_ = true;
        break;
      case MD_TEXT_HTML:
        if (in_html_) {
          text_ += text;
        } else {
          InlineTag(LowerAscii(text.substr(0, 8)));
        }
        break;
      case MD_TEXT_NULLCHAR:
        break;
      default:
        text_ += text;
        says_more_ = says_more_ || images_ == 0;
    }
    return builder_.failed() ? kStop : 0;
  }

 private:
  void InlineTag(std::string_view tag) {
    if (tag.starts_with("<br")) text_.push_back('\n');
    if (tag == "<sup>") raised_ = text_.size();
    if (tag != "</sup>" || raised_ > text_.size()) return;
    const std::string raised =
        Superscript(std::string_view(text_).substr(raised_));
    if (!raised.empty()) text_.replace(raised_, std::string::npos, raised);
    raised_ = std::string::npos;
  }

  void EnterItem(const MD_BLOCK_LI_DETAIL& detail) {
    if (detail.is_task != 0) text_ = detail.task_mark == ' ' ? "☐ " : "☑ ";
  }

  void Flush() {
    const std::string_view text = TrimWhiteSpace(text_);
    if (!text.empty()) {
      // Only the first paragraph of an item is the item.
      const bool is_item = item_ && lists_ > 0;
      builder_.AddBlock(is_item      ? BlockType::kListItem
                        : says_more_ ? BlockType::kParagraph
                                     : BlockType::kFigure,
                        text,
                        is_item
                            ? static_cast<std::uint8_t>(std::min(lists_, 255U))
                            : std::uint8_t{0});
      item_ = false;
    }
    Clear();
  }

  void Clear() {
    text_.clear();
    raised_ = std::string::npos;
    says_more_ = false;
  }

  void LeaveHeading() {
    const std::string text = CollapseWhiteSpace(text_);
    builder_.AddBlock(BlockType::kHeading, text, heading_);
    if (heading_ == 1 && !builder_.has_title()) builder_.SetTitle(text);
    Clear();
    item_ = false;
  }

  void LeaveCode() {
    while (!text_.empty() && text_.back() == '\n') text_.pop_back();
    const std::size_t first = text_.find_first_not_of('\n');
    if (first != std::string::npos) {
      builder_.AddBlock(BlockType::kCode,
                        std::string_view(text_).substr(first));
    }
    Clear();
    item_ = false;
  }

  void LeaveHtml() {
    const std::string html = std::move(text_);
    Clear();
    in_html_ = false;
    // Inside a list item the text belongs to the item.
    if (lists_ == 0 && EmbedPage(html)) return;
    text_ = PlainTextOfHtmlBlock(html);
    says_more_ = true;
    Flush();
  }

  // Tables, headings and pictures of HTML, which files for people often hold.
  bool EmbedPage(const std::string& html) {
    if (++pages_ > kHtmlPagesMax) return false;
    const FormatParser* const reader = FormatByName("html");
    if (reader == nullptr) return false;
    const StatusOr<ParsedDocument> page = reader->Parse(
        {.bytes = html, .media_type = "text/html; charset=utf-8"}, limits_);
    if (!page.ok()) return ReasonOf(page.status()) == "EMPTY_DOCUMENT";
    if (!builder_.has_title()) builder_.SetTitle(page->title);
    EmbedDocument(*page, {}, 0, builder_);
    return true;
  }

  const Limits& limits_;
  DocumentBuilder& builder_;
  std::string text_;
  std::size_t raised_ = std::string::npos;  // Where an open <sup> begins.
  int images_ = 0;                          // Open ones.
  bool says_more_ = false;  // `text_` is more than alternative texts.
  std::size_t pages_ = 0;   // Blocks of HTML so far.
  unsigned lists_ = 0;
  bool item_ = false;  // The next paragraph is the head of a list item.
  bool in_html_ = false;
  std::uint8_t heading_ = 0;
  std::uint32_t column_ = 0;
};

// md4c is C: no exception of ours may pass through it, and none is thrown.
int OnEnter(MD_BLOCKTYPE type, void* detail, void* events) {
  return static_cast<Events*>(events)->Enter(type, detail);
}
int OnLeave(MD_BLOCKTYPE type, void*, void* events) {
  return static_cast<Events*>(events)->Leave(type);
}
int OnEnterSpan(MD_SPANTYPE type, void*, void* events) {
  return static_cast<Events*>(events)->Span(type, true);
}
int OnLeaveSpan(MD_SPANTYPE type, void*, void* events) {
  return static_cast<Events*>(events)->Span(type, false);
}
int OnText(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* events) {
  return static_cast<Events*>(events)->Text(type, {text, size});
}

class Markdown final : public FormatParser {
 public:
  std::string_view name() const override { return "markdown"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

StatusOr<ParsedDocument> Markdown::Parse(const ParseInput& input,
                                         const Limits& limits) const {
  DocumentBuilder builder(name(), limits);
  CAIRN_ASSIGN_OR_RETURN(const std::string source,
                         ReadTextInput(input, limits, builder));
  const FrontMatter front = ReadFrontMatter(source);
  builder.SetTitle(front.title);
  builder.SetLanguage(front.language);
  for (const auto& [key, value] : front.properties) {
    builder.SetProperty(key, value);
  }
  Events events(limits, builder);
  MD_PARSER parser{};
  parser.flags = MD_FLAG_COLLAPSEWHITESPACE | MD_FLAG_TABLES |
                 MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
  parser.enter_block = OnEnter;
  parser.leave_block = OnLeave;
  parser.enter_span = OnEnterSpan;
  parser.leave_span = OnLeaveSpan;
  parser.text = OnText;
  const int result =
      md_parse(front.body.data(), static_cast<MD_SIZE>(front.body.size()),
               &parser, &events);
  if (result != 0 && !builder.failed()) {
    return InternalError("md4c failed on the Markdown text");
  }
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& MarkdownParser() {
  static const Markdown* const parser = new Markdown();
  return *parser;
}

}  // namespace cairn
