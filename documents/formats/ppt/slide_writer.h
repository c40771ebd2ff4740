// WritePptSlide: a slide, its notes and its comments to blocks, as the reader
// of .pptx writes them.
#pragma once

#include <cstddef>

#include "documents/document_builder.h"
#include "documents/formats/office97/drawing_pictures.h"
#include "documents/formats/ppt/presentation.h"

namespace cairn {

struct PptWarnings {
  std::size_t hidden = 0;    // Slides.
  std::size_t left_out = 0;  // Shapes beyond a limit, groups too deep.
};

// On the builder's page.
void WritePptSlide(const PptSlide& slide, std::size_t nesting_max,
                   DrawingPictures& pictures, DocumentBuilder& builder,
                   PptWarnings& warnings);

}  // namespace cairn
