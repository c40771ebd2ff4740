// The straight lines of a picture, as the borders of tables are drawn.
//
// Dark runs along an axis, longer than letters have them, thin, and with little
// beside them. Linear in pixels. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "documents/ocr/picture.h"

namespace cairn::ocr {

// Dark from light: the level between the two that parts them best.
std::uint8_t DarkBelow(const Picture& picture);

// `em` is the size of the text in pixels: lines are at least 1.5 em long and at
// most a third of an em thick.
std::vector<PictureLine> FindLines(const Picture& picture,
                                   std::uint8_t dark_below, float em);

}  // namespace cairn::ocr
