#include "documents/formats/html/html_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/formats/html/html_roles.h"
#include "documents/formats/html/html_tables.h"
#include "text/utf8.h"

namespace cairn {
namespace {

// So many bytes of other text make navigation and the like worth dropping.
constexpr std::size_t kOtherTextMin = 200;
constexpr std::size_t kMetasMax = 200;
constexpr std::size_t kTermBytesMax = 300;

std::uint8_t HeadingLevel(GumboTag tag) {
  return static_cast<std::uint8_t>(tag - GUMBO_TAG_H1 + 1);
}

// What was seen of the page before it is written.
struct Survey {
  const GumboNode* title = nullptr;
  const GumboNode* heading = nullptr;    // First h1.
  const GumboNode* page_head = nullptr;  // First header with an h1 in it.
  const char* language = nullptr;
  std::vector<const GumboNode*> metas;
  std::size_t other_text = 0;  // Bytes outside the boilerplate.
};

// Whether the head of the page is the document's own: it has the only heading
// of the first level, or the title.
bool HasTitle(const Survey& survey) {
  if (survey.page_head == nullptr || survey.heading == nullptr) return true;
  const GumboNode* const h1 = FindBelow(*survey.page_head, GUMBO_TAG_H1);
  return survey.title != nullptr &&
         HtmlTextOf(*survey.title) == HtmlTextOf(*h1);
}

// <meta name="author" content="Ada"> and the like.
void ReadMeta(const GumboNode& meta, DocumentBuilder& builder) {
  const char* name = AttributeOf(meta, "name");
  if (name == nullptr) name = AttributeOf(meta, "property");
  const char* const content = AttributeOf(meta, "content");
  if (name == nullptr || content == nullptr) return;
  const std::string key = LowerAscii(name);
  if (key == "author" || key == "dc.creator") {
    builder.SetProperty("author", content);
  } else if (key == "keywords") {
    builder.SetProperty("keywords", content);
  } else if (key == "description") {
    builder.SetProperty("subject", content);
  } else if (key == "article:published_time" || key == "dc.date" ||
             key == "date") {
    builder.SetProperty("created", std::string_view(content).substr(0, 10));
  } else if (key == "article:modified_time") {
    builder.SetProperty("modified", std::string_view(content).substr(0, 10));
  }
}

Survey SurveyOf(const GumboNode& document) {
  Survey survey;
  std::vector<const GumboNode*> stack = {&document};
  while (!stack.empty()) {
    const GumboNode* const node = stack.back();
    stack.pop_back();
    if (node->type == GUMBO_NODE_TEXT) {
      survey.other_text += TrimWhiteSpace(node->v.text.text).size();
      continue;
    }
    if (IsElement(*node)) {
      const GumboTag tag = node->v.element.tag;
      if (tag == GUMBO_TAG_META && survey.metas.size() < kMetasMax) {
        survey.metas.push_back(node);
      }
      if (tag == GUMBO_TAG_HTML) survey.language = AttributeOf(*node, "lang");
      if (tag == GUMBO_TAG_TITLE &&
          node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML) {
        if (survey.title == nullptr) survey.title = node;
        continue;
      }
      const bool head = tag == GUMBO_TAG_HEAD;
      if (!head && !IsVisible(*node)) continue;
      if (!head && IsBoilerplate(*node)) {
        if (tag == GUMBO_TAG_HEADER && survey.page_head == nullptr &&
            FindBelow(*node, GUMBO_TAG_H1) != nullptr) {
          survey.page_head = node;
        }
        continue;
      }
      if (tag == GUMBO_TAG_H1 && survey.heading == nullptr) {
        survey.heading = node;
      }
    }
    const GumboVector& children = ChildrenOf(*node);
    for (unsigned i = children.length; i > 0; --i) {
      stack.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
  }
  return survey;
}

// Walks the tree without recursion; inline text gathers in `text_` and becomes
// a block at the next border.
class Writer {
 public:
  // `kept`: boilerplate that is not dropped; null: none.
  Writer(DocumentBuilder& builder, bool drop_boilerplate, const GumboNode* kept,
         std::function<void(std::string_view)> on_picture = {})
      : builder_(builder),
        drop_boilerplate_(drop_boilerplate),
        kept_(kept),
        on_picture_(std::move(on_picture)) {}

  void Run(const GumboNode& root) {
    stack_.push_back({&root, false});
    while (!stack_.empty() && !builder_.failed()) {
      const Step step = stack_.back();
      stack_.pop_back();
      if (step.leave) {
        Leave(*step.node);
      } else {
        Enter(*step.node);
      }
    }
    Flush();
  }

 private:
  struct Step {
    const GumboNode* node = nullptr;
    bool leave = false;
  };

  void Enter(const GumboNode& node) {
    if (node.type == GUMBO_NODE_DOCUMENT) return Children(node);
    if (!IsElement(node)) {
      if (node.type != GUMBO_NODE_COMMENT) AddText(node.v.text.text);
      return;
    }
    if (!IsVisible(node) || &node == table_caption_ || Dropped(node)) return;
    if (node.v.element.tag == GUMBO_TAG_IMG) {
      AppendSpecial(node, text_);
      const char* const source = AttributeOf(node, "src");
      if (on_picture_ && source != nullptr) pictures_.emplace_back(source);
      return;
    }
    // Boxes elsewhere are switches of the page.
    if (node.v.element.tag == GUMBO_TAG_INPUT && lists_ == 0) return;
    std::string special;
    if (AppendSpecial(node, special)) return AddText(special);
    switch (RoleOf(node.v.element.tag)) {
      case HtmlRole::kInline:
        return Children(node);
      case HtmlRole::kBreak:
        text_ += code_ > 0 ? "\n" : kBreakMark;
        return;
      case HtmlRole::kTable:
        return EnterTable(node);
      case HtmlRole::kHeading:
        Flush();
        FlushTerm();
        ++headings_;
        break;
      case HtmlRole::kList:
        Flush();
        FlushTerm();
        ++lists_;
        break;
      case HtmlRole::kItem:
        Flush();
        item_ = true;
        break;
      case HtmlRole::kCode:
        Flush();
        FlushTerm();
        ++code_;
        break;
      default:
        // A paragraph inside a heading is part of the heading.
        if (headings_ == 0) EnterBlock(node);
        break;
    }
    stack_.push_back({&node, true});
    Children(node);
  }

  void Leave(const GumboNode& node) {
    switch (RoleOf(node.v.element.tag)) {
      case HtmlRole::kHeading:
        if (--headings_ > 0) return;
        AddHeading(HeadingLevel(node.v.element.tag));
        return;
      case HtmlRole::kList:
        Flush();
        --lists_;
        item_ = false;
        return;
      case HtmlRole::kItem:
        Flush();
        item_ = false;
        return;
      case HtmlRole::kCode:
        AddCode();
        --code_;
        return;
      default:
        if (headings_ == 0) {
          LeaveBlock(node);
        } else {
          text_.push_back(' ');
        }
    }
  }

  bool Dropped(const GumboNode& node) const {
    return drop_boilerplate_ && &node != kept_ && IsBoilerplate(node);
  }

  void EnterBlock(const GumboNode& node) {
    Flush();
    const GumboTag tag = node.v.element.tag;
    if (tag == GUMBO_TAG_FIGCAPTION) in_caption_ = true;
    // Figures within figures are not searched again for their tables.
    if (tag != GUMBO_TAG_FIGURE || figures_++ > 0 ||
        FindBelow(node, GUMBO_TAG_TABLE) == nullptr) {
      return;
    }
    const GumboVector& children = ChildrenOf(node);
    for (unsigned i = 0; i < children.length; ++i) {
      const auto* const child = static_cast<const GumboNode*>(children.data[i]);
      if (IsElement(*child) && child->v.element.tag == GUMBO_TAG_FIGCAPTION) {
        table_caption_ = child;
        caption_waits_ = true;
      }
    }
  }

  void LeaveBlock(const GumboNode& node) {
    const GumboTag tag = node.v.element.tag;
    if (tag == GUMBO_TAG_DT) {
      // The term waits for what is said of it.
      const std::string term = Lines(" ");
      text_.clear();
      if (!term_.empty() && !term.empty()) term_ += ", ";
      term_ += term;
      if (term_.size() > kTermBytesMax) FlushTerm();
      return;
    }
    Flush();
    if (tag == GUMBO_TAG_DL) FlushTerm();
    if (tag == GUMBO_TAG_FIGCAPTION) in_caption_ = false;
    if (tag != GUMBO_TAG_FIGURE) return;
    --figures_;
    if (table_caption_ != nullptr && table_caption_->parent == &node) {
      // No table took it.
      if (caption_waits_) {
        builder_.AddBlock(BlockType::kFigure, HtmlTextOf(*table_caption_));
      }
      table_caption_ = nullptr;
    }
  }

  void FlushTerm() {
    builder_.AddBlock(BlockType::kParagraph, term_);
    term_.clear();
  }

  void Children(const GumboNode& node) {
    const GumboVector& children = ChildrenOf(node);
    for (unsigned i = children.length; i > 0; --i) {
      stack_.push_back(
          {static_cast<const GumboNode*>(children.data[i - 1]), false});
    }
  }

  void EnterTable(const GumboNode& node) {
    Flush();
    FlushTerm();
    const HtmlTable table = ReadHtmlTable(node);
    if (table.layout) {
      stack_.push_back({&node, true});
      return Children(node);
    }
    const GumboNode* caption = table.caption;
    if (caption == nullptr && caption_waits_) {
      caption = table_caption_;
      caption_waits_ = false;
    }
    builder_.BeginTable(caption == nullptr ? "" : HtmlTextOf(*caption));
    for (const auto& row : table.rows) {
      builder_.BeginRow();
      for (const HtmlCell& cell : row) {
        builder_.AddCell({.text = HtmlCellTextOf(*cell.node),
                          .column = cell.column,
                          .row_span = cell.row_span,
                          .column_span = cell.column_span,
                          .header = cell.header});
        if (builder_.failed()) return;
      }
    }
    builder_.EndTable(table.header_rows);
  }

  void AddText(std::string_view text) {
    text_ += text;
    says_more_ = says_more_ || !TrimWhiteSpace(text).empty();
  }

  void AddHeading(std::uint8_t level) {
    const std::string text = Lines(" ");
    builder_.AddBlock(BlockType::kHeading, text, level);
    text_.clear();
    says_more_ = false;
  }

  void AddCode() {
    builder_.AddBlock(BlockType::kCode, TrimCode(text_));
    text_.clear();
  }

  // The text with its white space collapsed and `brk` for <br>.
  std::string Lines(std::string_view brk) const {
    std::string out;
    std::string_view rest = text_;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(kBreakMark), rest.size());
      const std::string line = CollapseWhiteSpace(rest.substr(0, end));
      if (!line.empty()) {
        if (!out.empty()) out += brk;
        out += line;
      }
      rest.remove_prefix(std::min(end + kBreakMark.size(), rest.size()));
    }
    return out;
  }

  void Flush() {
    FlushText();
    for (const std::string_view source : std::exchange(pictures_, {})) {
      on_picture_(source);
    }
  }

  void FlushText() {
    if (code_ > 0) return AddCode();
    if (text_.empty()) return;
    std::string text = Lines("\n");
    text_.clear();
    const bool figure = in_caption_ || !std::exchange(says_more_, false);
    if (text.empty()) return;
    if (!term_.empty()) text.insert(0, std::exchange(term_, "") + ": ");
    const bool is_item = item_ && lists_ > 0;
    builder_.AddBlock(is_item  ? BlockType::kListItem
                      : figure ? BlockType::kFigure
                               : BlockType::kParagraph,
                      text,
                      is_item ? static_cast<std::uint8_t>(std::min(lists_, 255))
                              : std::uint8_t{0});
    item_ = false;
  }

  // No text holds it: control characters were removed before.
  static constexpr std::string_view kBreakMark = "\x01";

  DocumentBuilder& builder_;
  bool drop_boilerplate_;
  const GumboNode* kept_;
  std::function<void(std::string_view)> on_picture_;
  std::vector<std::string_view> pictures_;  // Not told yet.
  std::vector<Step> stack_;
  std::string text_;
  bool says_more_ = false;  // `text_` is more than alternative texts.
  std::string term_;        // Of a list of definitions.
  bool in_caption_ = false;
  int figures_ = 0;
  // Of the figure around this place, for the table in it.
  const GumboNode* table_caption_ = nullptr;
  bool caption_waits_ = false;
  int lists_ = 0;
  int headings_ = 0;
  int code_ = 0;
  bool item_ = false;  // The next paragraph is the head of a list item.
};

}  // namespace

void WriteHtml(const HtmlTree& tree, DocumentBuilder& builder) {
  const GumboNode& document = *tree.document();
  const Survey survey = SurveyOf(document);
  if (survey.title != nullptr) builder.SetTitle(HtmlTextOf(*survey.title));
  const GumboNode* heading = survey.heading;
  if (heading == nullptr && survey.page_head != nullptr) {
    heading = FindBelow(*survey.page_head, GUMBO_TAG_H1);
  }
  if (!builder.has_title() && heading != nullptr) {
    builder.SetTitle(HtmlTextOf(*heading));
  }
  for (const GumboNode* meta : survey.metas) ReadMeta(*meta, builder);
  if (survey.language != nullptr) builder.SetLanguage(survey.language);
  const GumboNode* const kept = HasTitle(survey) ? survey.page_head : nullptr;
  Writer(builder, survey.other_text >= kOtherTextMin, kept).Run(document);
}

void WriteHtmlChapter(
    const HtmlTree& tree,
    const std::function<void(std::string_view source)>& on_picture,
    DocumentBuilder& builder) {
  Writer(builder, false, nullptr, on_picture).Run(*tree.document());
}

}  // namespace cairn
