#include "documents/formats/odf/inline_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "documents/document_builder.h"
#include "documents/superscript.h"

namespace cairn {
namespace {

constexpr int kSpacesMax = 200;  // Of one text:s.

void AddInline(XmlNode node, const OdfStyles& styles, bool page_numbers,
               OdfContent& out) {
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name.empty()) {
      // Line ends of the file are mere spaces.
      for (const char* at = child.value(); *at != '\0'; ++at) {
        out.text.push_back(*at == '\n' || *at == '\t' ? ' ' : *at);
      }
    } else if (name == "s") {
      const int count = NumberOf(AttributeOf(child, "c"), 1);
      out.text.append(
          static_cast<std::size_t>(std::clamp(count, 1, kSpacesMax)), ' ');
    } else if (name == "tab") {
      out.text.push_back('\t');
    } else if (name == "line-break") {
      out.text.push_back('\n');
    } else if (name == "page-number" || name == "page-count") {
      out.numbered = true;
      if (page_numbers) out.text += AllText(child);
    } else if (name == "note" || name == "annotation") {
      out.notes.push_back(child);
    } else if (IsOdfShape(child)) {
      out.shapes.push_back(child);
    } else if (name != "ruby-text" && name != "tracked-changes" &&
               name != "script" && name != "event-listeners") {
      const std::size_t begin = out.text.size();
      AddInline(child, styles, page_numbers, out);
      if (name != "span" || begin == 0 ||
          !styles.IsRaised(AttributeOf(child, "style-name"))) {
        continue;
      }
      const std::string raised =
          Superscript(std::string_view(out.text).substr(begin));
      if (!raised.empty()) out.text.replace(begin, std::string::npos, raised);
    }
  }
}

}  // namespace

OdfContent ReadOdfParagraph(XmlNode paragraph, const OdfStyles& styles) {
  OdfContent out;
  AddInline(paragraph, styles, true, out);
  return out;
}

OdfContent ReadOdfMargin(XmlNode paragraph, const OdfStyles& styles) {
  OdfContent out;
  AddInline(paragraph, styles, false, out);
  return out;
}

bool IsOdfShape(XmlNode node) {
  constexpr std::array<std::string_view, 15> kShapes = {
      "frame",  "custom-shape", "rect",    "g",       "ellipse",
      "circle", "polyline",     "polygon", "path",    "regular-polygon",
      "line",   "connector",    "caption", "measure", "control"};
  return std::find(kShapes.begin(), kShapes.end(), LocalName(node)) !=
         kShapes.end();
}

}  // namespace cairn
