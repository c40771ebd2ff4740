#include "documents/formats/html/html_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/html/html_tables.h"
#include "text/utf8.h"

namespace cairn {
namespace {

// So many bytes of other text make navigation and the like worth dropping.
constexpr std::size_t kOtherTextMin = 200;
constexpr std::size_t kMetasMax = 200;

enum class Role {
  kInline,
  kBlock,
  kHeading,
  kList,
  kItem,
  kCode,
  kTable,
  kBreak,
  kImage,
  kCell,
};

Role RoleOf(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
      return Role::kHeading;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_DIR:
      return Role::kList;
    case GUMBO_TAG_LI:
      return Role::kItem;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_XMP:
      return Role::kCode;
    case GUMBO_TAG_TABLE:
      return Role::kTable;
    case GUMBO_TAG_BR:
      return Role::kBreak;
    case GUMBO_TAG_IMG:
      return Role::kImage;
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
      return Role::kBlock;
    default:
      return Role::kInline;
  }
}

std::uint8_t HeadingLevel(GumboTag tag) {
  return static_cast<std::uint8_t>(tag - GUMBO_TAG_H1 + 1);
}

bool IsBoilerplate(const GumboNode& node) {
  const GumboTag tag = node.v.element.tag;
  if (tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_ASIDE) return true;
  if (tag != GUMBO_TAG_HEADER && tag != GUMBO_TAG_FOOTER) return false;
  // Inside an article or a section it is that one's own head.
  for (const GumboNode* up = node.parent; up != nullptr; up = up->parent) {
    if (!IsElement(*up)) break;
    const GumboTag above = up->v.element.tag;
    if (above == GUMBO_TAG_ARTICLE || above == GUMBO_TAG_MAIN ||
        above == GUMBO_TAG_SECTION) {
      return false;
    }
  }
  return true;
}

// What was seen of the page before it is written.
struct Survey {
  const GumboNode* title = nullptr;
  const GumboNode* heading = nullptr;  // First h1.
  const char* language = nullptr;
  std::vector<const GumboNode*> metas;
  std::size_t other_text = 0;  // Bytes outside the boilerplate.
};

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
      if (!head && (!IsVisible(*node) || IsBoilerplate(*node))) continue;
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
  Writer(DocumentBuilder& builder, bool drop_boilerplate)
      : builder_(builder), drop_boilerplate_(drop_boilerplate) {}

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
    if (!IsVisible(node) || (drop_boilerplate_ && IsBoilerplate(node))) return;
    switch (RoleOf(node.v.element.tag)) {
      case Role::kInline:
        return Children(node);
      case Role::kBreak:
        text_ += code_ > 0 ? "\n" : kBreakMark;
        return;
      case Role::kImage:
        if (const char* alt = AttributeOf(node, "alt")) AddText(alt);
        return;
      case Role::kTable:
        return EnterTable(node);
      case Role::kHeading:
        Flush();
        ++headings_;
        break;
      case Role::kList:
        Flush();
        ++lists_;
        break;
      case Role::kItem:
        Flush();
        item_ = true;
        break;
      case Role::kCode:
        Flush();
        ++code_;
        break;
      default:
        // A paragraph inside a heading is part of the heading.
        if (headings_ == 0) Flush();
        break;
    }
    stack_.push_back({&node, true});
    Children(node);
  }

  void Leave(const GumboNode& node) {
    switch (RoleOf(node.v.element.tag)) {
      case Role::kHeading:
        if (--headings_ > 0) return;
        AddHeading(HeadingLevel(node.v.element.tag));
        return;
      case Role::kList:
        Flush();
        --lists_;
        item_ = false;
        return;
      case Role::kItem:
        Flush();
        item_ = false;
        return;
      case Role::kCode:
        AddCode();
        --code_;
        return;
      default:
        if (headings_ == 0) {
          Flush();
        } else {
          text_.push_back(' ');
        }
    }
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
    const HtmlTable table = ReadHtmlTable(node);
    if (table.layout) {
      stack_.push_back({&node, true});
      return Children(node);
    }
    builder_.BeginTable(table.caption == nullptr ? ""
                                                 : HtmlTextOf(*table.caption));
    for (const auto& row : table.rows) {
      builder_.BeginRow();
      for (const HtmlCell& cell : row) {
        builder_.AddCell({.text = HtmlTextOf(*cell.node),
                          .column = cell.column,
                          .row_span = cell.row_span,
                          .column_span = cell.column_span,
                          .header = cell.header});
        if (builder_.failed()) return;
      }
    }
    builder_.EndTable(table.header_rows);
  }

  void AddText(std::string_view text) { text_ += text; }

  void AddHeading(std::uint8_t level) {
    const std::string text = Lines(" ");
    builder_.AddBlock(BlockType::kHeading, text, level);
    text_.clear();
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
    if (code_ > 0) return AddCode();
    if (text_.empty()) return;
    const std::string text = Lines("\n");
    text_.clear();
    if (text.empty()) return;
    const bool is_item = item_ && lists_ > 0;
    builder_.AddBlock(is_item ? BlockType::kListItem : BlockType::kParagraph,
                      text,
                      is_item ? static_cast<std::uint8_t>(std::min(lists_, 255))
                              : std::uint8_t{0});
    item_ = false;
  }

  // No text holds it: control characters were removed before.
  static constexpr std::string_view kBreakMark = "\x01";

  DocumentBuilder& builder_;
  bool drop_boilerplate_;
  std::vector<Step> stack_;
  std::string text_;
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
  if (!builder.has_title() && survey.heading != nullptr) {
    builder.SetTitle(HtmlTextOf(*survey.heading));
  }
  for (const GumboNode* meta : survey.metas) ReadMeta(*meta, builder);
  if (survey.language != nullptr) builder.SetLanguage(survey.language);
  Writer(builder, survey.other_text >= kOtherTextMin).Run(document);
}

void WriteHtmlChapter(const HtmlTree& tree, DocumentBuilder& builder) {
  Writer(builder, false).Run(*tree.document());
}

}  // namespace cairn
