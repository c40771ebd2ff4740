// The drawing of a page: its straight lines.
//
// Place: pdf_file.cc reads them beside the glyphs; tables are found with them.
// Strokes, thin filled rectangles and thin images are rulings; so are the edges
// of shaded areas, but not of white ones. Curves and slanted lines are not.
// Limits: of a page's drawing only the first hundred thousand segments are
// looked at, and forms within forms to a depth of eight.
#pragma once

#include <utility>
#include <vector>

#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/pdfium.h"

namespace cairn::pdf {

// Leads from PDFium's page space (origin at the bottom left, before the page's
// own rotation) to ours.
struct PageSpace {
  PdfiumRect bounds;
  int rotation = 0;  // Quarter turns, clockwise.
  std::pair<float, float> Point(float x, float y) const {
    switch (rotation) {
      case 1:
        return {y - bounds.bottom, x - bounds.left};
      case 2:
        return {bounds.right - x, y - bounds.bottom};
      case 3:
        return {bounds.top - y, bounds.right - x};
      default:
        return {x - bounds.left, bounds.top - y};
    }
  }
  std::pair<float, float> Direction(float x, float y) const {
    switch (rotation) {
      case 1:
        return {y, x};
      case 2:
        return {-x, y};
      case 3:
        return {-y, -x};
      default:
        return {x, -y};
    }
  }
  float width() const {
    return rotation % 2 == 0 ? bounds.right - bounds.left
                             : bounds.top - bounds.bottom;
  }
  float height() const {
    return rotation % 2 == 0 ? bounds.top - bounds.bottom
                             : bounds.right - bounds.left;
  }
};

// What is drawn on a page.
struct Drawn {
  std::size_t objects = 0;  // Text, pictures, lines, ...
  float picture_share = 0;  // Of the page, that the largest picture covers.
};
Drawn ReadDrawn(const Pdfium& pdfium, PdfiumPage* page, const PageSpace& space);

// In the reading space of `turn`; none when that is no right angle.
std::vector<Ruling> ReadRulings(const Pdfium& pdfium, PdfiumPage* page,
                                const PageSpace& space, Turn turn);

}  // namespace cairn::pdf
