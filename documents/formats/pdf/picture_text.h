// Words read in pictures as the signs of pages, and their places back.
//
// Place: between documents/ocr and DocumentLayout. Sizes of lines are evened
// out (an engine measures them line by line, a few per cent off), bullets that
// were read as letters are bullets, and the borders of tables that were read as
// letters go. Pure.
#pragma once

#include <cstdint>

#include "documents/formats/pdf/page_text.h"
#include "documents/ocr/picture.h"
#include "domain/document.h"

namespace cairn::pdf {

// `scale` is points to a pixel.
PageText ToPageText(const ocr::ReadPage& read, float scale);

// Size of most of the words in pixels; 0 without words.
float UsualSize(const ocr::ReadPage& read);

// How a page of the layout lies in the document's page.
struct PagePlace {
  std::uint32_t page = 0;  // From 1.
  ocr::Turned turned;
  float scale = 1;   // Points of the layout to a pixel.
  float points = 1;  // Points of the document's page to a pixel.
};

// Leads the boxes of that page back to where they are seen.
void PutBack(const PagePlace& place, ParsedDocument& document);

}  // namespace cairn::pdf
