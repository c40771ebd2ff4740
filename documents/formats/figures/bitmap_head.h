// BitmapHead: what a BMP file has before the bitmap that Windows keeps in
// memory and Office files store. Pure; threads: safe.
#pragma once

#include <string>
#include <string_view>

namespace cairn {

// `bitmap`: its own head (BITMAPINFO or BITMAPCOREINFO), its colours, its
// pixels. Of damaged ones a head that no pixels fit, which no reader reads.
std::string BitmapHead(std::string_view bitmap);

}  // namespace cairn
