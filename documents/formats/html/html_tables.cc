#include "documents/formats/html/html_tables.h"
#include "documents/formats/html/html_roles.h"
#include "documents/superscript.h"
#include "text/utf8.h"

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

// The text of the first text node, at most two elements deep.
std::string_view RaisedText(const GumboNode& element) {
  const GumboNode* at = &element;
  for (int depth = 0; depth < 3 && IsElement(*at); ++depth) {
    const GumboVector& children = ChildrenOf(*at);
    if (children.length != 1) return {};
    at = static_cast<const GumboNode*>(children.data[0]);
  }
  return at->type == GUMBO_NODE_TEXT ? std::string_view(at->v.text.text)
                                     : std::string_view();
}

// <annotation encoding="application/x-tex">: a name that gumbo does not know,
// last in <semantics>.
const GumboNode* FindAnnotation(const GumboNode& math) {
  const GumboVector& outer = ChildrenOf(math);
  for (unsigned i = 0; i < outer.length; ++i) {
    const auto* const semantics = static_cast<const GumboNode*>(outer.data[i]);
    if (!IsElement(*semantics)) continue;
    const GumboVector& children = ChildrenOf(*semantics);
    for (unsigned k = 0; k < children.length; ++k) {
      const auto* const child = static_cast<const GumboNode*>(children.data[k]);
      if (!IsElement(*child)) continue;
      const char* const encoding = AttributeOf(*child, "encoding");
      if (encoding != nullptr &&
          std::string_view(encoding) == "application/x-tex") {
        return child;
      }
    }
  }
  return nullptr;
}

// Ends at the first text, and says yes of what is too much to look through:
// a cell may hold a whole page, with tables in tables.
bool SaysSomething(const GumboNode& node) {
  constexpr unsigned kNodesMax = 200;
  std::vector<const GumboNode*> stack = {&node};
  for (unsigned seen = 0; !stack.empty(); ++seen) {
    if (seen >= kNodesMax) return true;
    const GumboNode* const at = stack.back();
    stack.pop_back();
    if (at->type == GUMBO_NODE_TEXT &&
        !TrimWhiteSpace(at->v.text.text).empty()) {
      return true;
    }
    if (!IsElement(*at) || !IsVisible(*at)) continue;
    if (at->v.element.tag == GUMBO_TAG_IMG) return true;
    const GumboVector& children = ChildrenOf(*at);
    if (children.length > kNodesMax) return true;
    for (unsigned i = children.length; i > 0; --i) {
      stack.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
  }
  return false;
}

// Whether all a cell says is in bold.
bool IsBold(const GumboNode& cell) {
  const GumboNode* inside = nullptr;
  const GumboVector& children = ChildrenOf(cell);
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* const child = static_cast<const GumboNode*>(children.data[i]);
    if (child->type == GUMBO_NODE_WHITESPACE ||
        child->type == GUMBO_NODE_COMMENT) {
      continue;
    }
    if (inside != nullptr || !IsElement(*child)) return false;
    inside = child;
  }
  if (inside == nullptr) return false;
  const GumboTag tag = inside->v.element.tag;
  return tag == GUMBO_TAG_B || tag == GUMBO_TAG_STRONG;
}

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

// Cells of <th> or in bold, behind empty ones at most: a corner.
bool IsHead(const std::vector<HtmlCell>& row) {
  bool any = false;
  for (const HtmlCell& cell : row) {
    if (cell.header || IsBold(*cell.node)) {
      any = true;
    } else if (any || SaysSomething(*cell.node)) {
      return false;
    }
  }
  return any;
}

// Leading rows of <thead>, else leading rows of names only.
std::uint32_t HeaderRows(const std::vector<RowSource>& sources,
                         const std::vector<std::vector<HtmlCell>>& rows) {
  std::uint32_t in_head = 0;
  while (in_head < sources.size() && sources[in_head].head) ++in_head;
  if (in_head > 0) return in_head;
  std::uint32_t count = 0;
  while (count < rows.size() && IsHead(rows[count])) ++count;
  // A table of headers alone has none.
  return count == rows.size() ? 0 : count;
}

std::string TextOf(const GumboNode& node, bool pictures) {
  std::string raw;
  std::vector<const GumboNode*> stack = {&node};
  while (!stack.empty()) {
    const GumboNode* const at = stack.back();
    stack.pop_back();
    if (at == nullptr) {  // The end of a block.
      raw.push_back(' ');
      continue;
    }
    if (!IsElement(*at)) {
      if (at->type != GUMBO_NODE_COMMENT && at->type != GUMBO_NODE_DOCUMENT) {
        raw += at->v.text.text;
      }
      continue;
    }
    if (!IsVisible(*at)) continue;
    if (!pictures && at->v.element.tag == GUMBO_TAG_IMG) continue;
    if (AppendSpecial(*at, raw)) continue;
    // Words of two blocks or cells must not run together.
    if (RoleOf(at->v.element.tag) != HtmlRole::kInline) {
      raw.push_back(' ');
      stack.push_back(nullptr);
    }
    const GumboVector& children = ChildrenOf(*at);
    for (unsigned i = children.length; i > 0; --i) {
      stack.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
  }
  return CollapseWhiteSpace(raw);
}

std::string_view ViewOf(const char* text) {
  return text == nullptr ? std::string_view() : text;
}

// Programs name the picture's own file for want of words.
bool IsFileOf(std::string_view alt, std::string_view source) {
  const std::string_view name = alt.substr(alt.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && name.size() - dot <= 5 &&
         source.ends_with(name);
}

}  // namespace

std::string HtmlTextOf(const GumboNode& node) { return TextOf(node, true); }

std::string HtmlCellTextOf(const GumboNode& cell) {
  std::string words = TextOf(cell, false);
  return words.empty() ? TextOf(cell, true) : words;
}

bool AppendSpecial(const GumboNode& element, std::string& out) {
  const GumboTag tag = element.v.element.tag;
  if (tag == GUMBO_TAG_IMG) {
    const std::string_view alt = ViewOf(AttributeOf(element, "alt"));
    if (!alt.empty() && !IsFileOf(alt, ViewOf(AttributeOf(element, "src")))) {
      out += " " + std::string(alt) + " ";
    }
    return true;
  }
  if (tag == GUMBO_TAG_INPUT) {
    const char* const type = AttributeOf(element, "type");
    if (type != nullptr && LowerAscii(type) == "checkbox") {
      out += AttributeOf(element, "checked") != nullptr ? "☑ " : "☐ ";
    }
    return true;
  }
  if (tag == GUMBO_TAG_SUP) {
    if (ChildrenOf(element).length != 1) return false;
    const std::string raised = Superscript(RaisedText(element));
    out += raised;
    return !raised.empty();
  }
  if (tag == GUMBO_TAG_MATH) {
    // The source reads better than the symbols, which would repeat it.
    const GumboNode* const source = FindAnnotation(element);
    if (source == nullptr) return false;
    out += " " + CollapseWhiteSpace(RaisedText(*source)) + " ";
    return true;
  }
  return false;
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
  const char* const role = AttributeOf(table, "role");
  const bool for_looks =
      role != nullptr && (std::string_view(role) == "none" ||
                          std::string_view(role) == "presentation");
  // A table of data may hold others in its cells; those become their text.
  const bool data = headers || found.caption != nullptr;
  out.layout = widest == 0 || for_looks || (widest == 1 && !headers) ||
               (!data && FindBelow(table, GUMBO_TAG_TABLE) != nullptr);
  return out;
}

}  // namespace cairn
