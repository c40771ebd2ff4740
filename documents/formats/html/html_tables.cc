#include "documents/formats/html/html_tables.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace cairn {
namespace {

constexpr std::uint32_t kColumnSpanMax = 1'000;
constexpr std::uint32_t kRowSpanMax = 65'534;

std::uint32_t SpanOf(const GumboNode& cell, const char* name,
                     std::uint32_t most) {
  const char* const value = AttributeOf(cell, name);
  if (value == nullptr) return 1;
  const long number = std::strtol(value, nullptr, 10);
  if (number < 1) return name[0] == 'r' && *value == '0' ? most : 1;
  return static_cast<std::uint32_t>(
      std::min<long>(number, static_cast<long>(most)));
}

struct RowSource {
  const GumboNode* row = nullptr;
  bool head = false;
};

// Rows of this table, in order, and whether another stands inside.
struct Found {
  std::vector<RowSource> rows;
  const GumboNode* caption = nullptr;
};

Found FindRows(const GumboNode& table) {
  Found found;
  const auto add_rows = [&found](const GumboNode& group, bool head) {
    const GumboVector& children = ChildrenOf(group);
    for (unsigned i = 0; i < children.length; ++i) {
      const auto* const child = static_cast<const GumboNode*>(children.data[i]);
      if (IsElement(*child) && child->v.element.tag == GUMBO_TAG_TR &&
          IsVisible(*child)) {
        found.rows.push_back({child, head});
      }
    }
  };
  const GumboVector& groups = ChildrenOf(table);
  for (unsigned i = 0; i < groups.length; ++i) {
    const auto* const group = static_cast<const GumboNode*>(groups.data[i]);
    if (!IsElement(*group) || !IsVisible(*group)) continue;
    const GumboTag tag = group->v.element.tag;
    if (tag == GUMBO_TAG_CAPTION && found.caption == nullptr) {
      found.caption = group;
    }
    if (tag == GUMBO_TAG_THEAD || tag == GUMBO_TAG_TBODY ||
        tag == GUMBO_TAG_TFOOT) {
      add_rows(*group, tag == GUMBO_TAG_THEAD);
    }
  }
  return found;
}

bool HoldsTable(const GumboNode& table) {
  std::vector<const GumboNode*> stack = {&table};
  while (!stack.empty()) {
    const GumboNode* const node = stack.back();
    stack.pop_back();
    const GumboVector& children = ChildrenOf(*node);
    for (unsigned i = 0; i < children.length; ++i) {
      const auto* const child = static_cast<const GumboNode*>(children.data[i]);
      if (!IsElement(*child)) continue;
      if (child->v.element.tag == GUMBO_TAG_TABLE) return true;
      stack.push_back(child);
    }
  }
  return false;
}

// Puts the cells of one row behind those that hang down from above.
std::vector<HtmlCell> PlaceRow(const GumboNode& row, std::size_t rows_left,
                               std::vector<std::uint32_t>& hanging) {
  std::vector<HtmlCell> cells;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> claims;
  std::uint32_t column = 0;
  const GumboVector& children = ChildrenOf(row);
  const auto is_free = [&hanging](std::uint32_t at) {
    return at >= hanging.size() || hanging[at] == 0;
  };
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* const child = static_cast<const GumboNode*>(children.data[i]);
    if (!IsElement(*child) || !IsVisible(*child)) continue;
    const GumboTag tag = child->v.element.tag;
    if (tag != GUMBO_TAG_TD && tag != GUMBO_TAG_TH) continue;
    while (!is_free(column)) ++column;
    HtmlCell cell;
    cell.node = child;
    cell.column = column;
    cell.header = tag == GUMBO_TAG_TH;
    const std::uint32_t wide = SpanOf(*child, "colspan", kColumnSpanMax);
    while (cell.column_span < wide && is_free(column + cell.column_span)) {
      ++cell.column_span;
    }
    cell.row_span = std::min(SpanOf(*child, "rowspan", kRowSpanMax),
                             static_cast<std::uint32_t>(rows_left));
    for (std::uint32_t k = 0; k < cell.column_span; ++k) {
      if (cell.row_span > 1) claims.emplace_back(column + k, cell.row_span);
    }
    column += cell.column_span;
    cells.push_back(cell);
  }
  for (std::uint32_t& rows : hanging) rows -= rows > 0 ? 1 : 0;
  for (const auto& [at, rows] : claims) {
    if (at >= hanging.size()) hanging.resize(at + 1, 0);
    hanging[at] = rows - 1;
  }
  return cells;
}

// Leading rows of <thead>, else leading rows of <th> only.
std::uint32_t HeaderRows(const std::vector<RowSource>& sources,
                         const std::vector<std::vector<HtmlCell>>& rows) {
  std::uint32_t in_head = 0;
  while (in_head < sources.size() && sources[in_head].head) ++in_head;
  if (in_head > 0) return in_head;
  std::uint32_t count = 0;
  for (const auto& row : rows) {
    const bool all = !row.empty() && std::all_of(row.begin(), row.end(),
                                                 [](const HtmlCell& cell) {
                                                   return cell.header;
                                                 });
    if (!all) break;
    ++count;
  }
  // A table of headers alone has none.
  return count == rows.size() ? 0 : count;
}

}  // namespace

bool IsVisible(const GumboNode& element) {
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
  if (AttributeOf(element, "hidden") != nullptr) return false;
  const char* const style = AttributeOf(element, "style");
  if (style == nullptr) return true;
  std::string tight;
  for (const char* at = style; *at != '\0' && tight.size() < 4096; ++at) {
    if (*at == ' ') continue;
    tight.push_back(*at >= 'A' && *at <= 'Z' ? static_cast<char>(*at + 32)
                                             : *at);
  }
  return tight.find("display:none") == std::string::npos &&
         tight.find("visibility:hidden") == std::string::npos;
}

std::string HtmlTextOf(const GumboNode& node) {
  std::string raw;
  std::vector<const GumboNode*> stack = {&node};
  while (!stack.empty()) {
    const GumboNode* const at = stack.back();
    stack.pop_back();
    if (!IsElement(*at)) {
      if (at->type != GUMBO_NODE_COMMENT && at->type != GUMBO_NODE_DOCUMENT) {
        raw += at->v.text.text;
      }
      continue;
    }
    if (!IsVisible(*at)) continue;
    const GumboTag tag = at->v.element.tag;
    if (tag == GUMBO_TAG_IMG) {
      const char* const alt = AttributeOf(*at, "alt");
      if (alt != nullptr) raw += alt;
    }
    // Words of two blocks or cells must not run together.
    const bool inline_tag =
        tag == GUMBO_TAG_A || tag == GUMBO_TAG_B || tag == GUMBO_TAG_I ||
        tag == GUMBO_TAG_EM || tag == GUMBO_TAG_STRONG ||
        tag == GUMBO_TAG_SPAN || tag == GUMBO_TAG_SUB || tag == GUMBO_TAG_SUP ||
        tag == GUMBO_TAG_CODE || tag == GUMBO_TAG_U || tag == GUMBO_TAG_S ||
        tag == GUMBO_TAG_FONT || tag == GUMBO_TAG_SMALL ||
        tag == GUMBO_TAG_ABBR || tag == GUMBO_TAG_MARK ||
        tag == GUMBO_TAG_IMG || tag == GUMBO_TAG_UNKNOWN;
    if (!inline_tag) raw.push_back(' ');
    const GumboVector& children = ChildrenOf(*at);
    for (unsigned i = children.length; i > 0; --i) {
      stack.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
  }
  return CollapseWhiteSpace(raw);
}

HtmlTable ReadHtmlTable(const GumboNode& table) {
  HtmlTable out;
  const Found found = FindRows(table);
  out.caption = found.caption;
  std::vector<std::uint32_t> hanging;
  std::size_t widest = 0;
  bool headers = false;
  for (std::size_t i = 0; i < found.rows.size(); ++i) {
    out.rows.push_back(
        PlaceRow(*found.rows[i].row, found.rows.size() - i, hanging));
    widest = std::max(widest, out.rows.back().size());
    for (const HtmlCell& cell : out.rows.back()) headers |= cell.header;
  }
  out.header_rows = HeaderRows(found.rows, out.rows);
  out.layout = widest == 0 || (widest == 1 && !headers) || HoldsTable(table);
  return out;
}

}  // namespace cairn
