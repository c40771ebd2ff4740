// Strip words: the words of a level strip that holds one line of text, from the
// signs that were read in it and from its ink.
//
// Where a sign stands the network tells to eight pixels; ink tells where words
// begin and end, what they stand on and how large they are. Words part at
// spaces and at wide gaps. Pure.
// Coordinates are pixels of the strip.
#pragma once

#include <span>
#include <vector>

#include "documents/ocr/line_decoder.h"
#include "documents/ocr/picture.h"

namespace cairn::ocr {

// `column` is the width of a column of the decoder. The first of the words
// begins a line.
std::vector<PictureWord> WordsOfStrip(const Picture& strip,
                                      std::span<const DecodedSign> signs,
                                      float column);

}  // namespace cairn::ocr
