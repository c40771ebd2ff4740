// InlineText: what stands in a paragraph of an OpenDocument file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/odf/styles.h"
#include "documents/formats/package/xml.h"

namespace cairn {

struct OdfContent {
  std::string text;             // Breaks as '\n', white space as it stands.
  std::vector<XmlNode> notes;   // text:note and office:annotation.
  std::vector<XmlNode> shapes;  // draw:frame and other shapes.
  bool numbered = false;        // It holds the number of a page.
};

OdfContent ReadOdfParagraph(XmlNode paragraph, const OdfStyles& styles);
// Without the numbers of pages, for what stands on every page.
OdfContent ReadOdfMargin(XmlNode paragraph, const OdfStyles& styles);

// draw:frame, draw:custom-shape, draw:g and the like.
bool IsOdfShape(XmlNode node);

}  // namespace cairn
