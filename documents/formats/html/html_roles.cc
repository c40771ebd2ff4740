#include "documents/formats/html/html_roles.h"

#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace cairn {

HtmlRole RoleOf(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
      return HtmlRole::kHeading;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_DIR:
      return HtmlRole::kList;
    case GUMBO_TAG_LI:
      return HtmlRole::kItem;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_XMP:
      return HtmlRole::kCode;
    case GUMBO_TAG_TABLE:
      return HtmlRole::kTable;
    case GUMBO_TAG_BR:
      return HtmlRole::kBreak;
    case GUMBO_TAG_IMG:
      return HtmlRole::kImage;
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
      return HtmlRole::kBlock;
    default:
      return HtmlRole::kInline;
  }
}

// Every item is a link to the page in another language.
bool ListsLanguages(const GumboNode& list) {
  constexpr int kLanguagesMin = 3;
  int items = 0;
  const GumboVector& children = ChildrenOf(list);
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* const item = static_cast<const GumboNode*>(children.data[i]);
    if (!IsElement(*item)) continue;
    const GumboVector& inside = ChildrenOf(*item);
    for (unsigned k = 0; k < inside.length; ++k) {
      const auto* const part = static_cast<const GumboNode*>(inside.data[k]);
      if (part->type == GUMBO_NODE_WHITESPACE) continue;
      if (!IsElement(*part) || AttributeOf(*part, "hreflang") == nullptr) {
        return false;
      }
    }
    ++items;
  }
  return items >= kLanguagesMin;
}

bool IsBoilerplate(const GumboNode& node) {
  if (const char* const role = AttributeOf(node, "role")) {
    const std::string_view name = role;
    if (name == "navigation" || name == "search") return true;
  }
  const GumboTag tag = node.v.element.tag;
  if (tag == GUMBO_TAG_NAV) return true;
  if (tag == GUMBO_TAG_UL) return ListsLanguages(node);
  if (tag != GUMBO_TAG_HEADER && tag != GUMBO_TAG_FOOTER &&
      tag != GUMBO_TAG_ASIDE) {
    return false;
  }
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

// The pilcrow behind a heading, by which people copy the link to it.
bool IsAnchorSign(const GumboNode& element) {
  const char* const target = AttributeOf(element, "href");
  const GumboVector& children = ChildrenOf(element);
  if (target == nullptr || *target != '#' || children.length != 1) return false;
  const auto* const only = static_cast<const GumboNode*>(children.data[0]);
  return only->type == GUMBO_NODE_TEXT &&
         std::string_view(only->v.text.text) == "\xc2\xb6";
}

bool IsVisible(const GumboNode& element) {
  if (element.v.element.tag == GUMBO_TAG_A && IsAnchorSign(element)) {
    return false;
  }
  switch (element.v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_CANVAS:
      return false;
    default:
      break;
  }
  const char* const hidden = AttributeOf(element, "hidden");
  if (hidden != nullptr && std::string_view(hidden) != "until-found") {
    return false;
  }
  // Icons, and formulas drawn a second time.
  const char* const silent = AttributeOf(element, "aria-hidden");
  if (silent != nullptr && std::string_view(silent) == "true" &&
      element.v.element.tag == GUMBO_TAG_SPAN) {
    return false;
  }
  const char* const style = AttributeOf(element, "style");
  if (style == nullptr) return true;
  std::string tight;
  for (const char* at = style; *at != '\0' && tight.size() < 4096; ++at) {
    if (*at == ' ') continue;
    tight.push_back(AsciiLower(*at));
  }
  return tight.find("display:none") == std::string::npos &&
         tight.find("visibility:hidden") == std::string::npos;
}

const GumboNode* FindBelow(const GumboNode& node, GumboTag tag) {
  std::vector<const GumboNode*> stack = {&node};
  while (!stack.empty()) {
    const GumboNode* const at = stack.back();
    stack.pop_back();
    const GumboVector& children = ChildrenOf(*at);
    for (unsigned i = children.length; i > 0; --i) {
      const auto* const child =
          static_cast<const GumboNode*>(children.data[i - 1]);
      if (IsElement(*child)) stack.push_back(child);
    }
    if (at != &node && at->v.element.tag == tag) return at;
  }
  return nullptr;
}

}  // namespace cairn
