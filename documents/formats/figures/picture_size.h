// PictureSize: how large a picture says it is, from the first bytes of its
// file, without decoding it. Pure; threads: safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cairn {

// Pixels; 0: the bytes do not tell (TIFF keeps them anywhere in the file).
struct PictureSize {
  std::uint32_t width = 0, height = 0;
  friend bool operator==(const PictureSize&, const PictureSize&) = default;
};

// None: no PNG, JPEG, GIF, BMP, WebP or TIFF. `head`: the beginning of the
// file, or all of it.
std::optional<PictureSize> PictureSizeOf(std::string_view head);

}  // namespace cairn
