// SlideShapes: what stands on a slide, in reading order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/figures/figure_pictures.h"
#include "documents/formats/package/xml.h"

namespace cairn {

struct SlideShape {
  XmlNode node;             // p:sp, p:pic, p:graphicFrame.
  std::string placeholder;  // "title", "body", ...; empty: none.
  XmlNode layout;           // The layout's placeholder that it fills, if any.
  ShownSize shown;
};

// The title first, then by place, then pictures without words of their own;
// what shows nothing is left out. `layout`: the root of the slide's layout, for
// the places that it gives; may be false.
std::vector<SlideShape> ReadShapes(XmlNode slide, XmlNode layout);

bool IsTitle(const SlideShape& shape);

// The alternative text of a shape; empty: none.
std::string AlternativeText(XmlNode shape);

// The relationship id of the picture that it is or is filled with; empty: none.
std::string_view PictureOf(XmlNode shape);

}  // namespace cairn
