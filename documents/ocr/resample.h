// Pictures at other sizes, and strips cut out of them as they lie. Pure.
#pragma once

#include <cstdint>

#include "documents/ocr/picture.h"
#include "documents/ocr/text_regions.h"

namespace cairn::ocr {

// Smooth: every pixel is the mean of what it covers, by a tent. Sides are at
// least 1. Linear in the pixels of both.
Picture Resized(const Picture& picture, std::uint32_t width,
                std::uint32_t height);

// What `region` (in pixels of the picture) covers, made level, `width` by
// `height`; upside down when `over`. Outside of the picture its nearest pixels
// go on.
Picture CutOut(const Picture& picture, const TextRegion& region,
               std::uint32_t width, std::uint32_t height, bool over);

}  // namespace cairn::ocr
