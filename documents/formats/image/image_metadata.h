// What an image file says about itself: Exif, XMP, IPTC, texts of PNG.
//
// Place: image_parser.cc. Pure; bounded by the size of the file, at most 64 KiB
// a text. What is damaged is passed over. Threads: safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cairn::image {

struct ImageMetadata {
  std::string title;
  std::string caption;  // Description or alternative text.
  // "author", "Ann Lee"; "taken", "2021:05:03 10:11:12"; in order of finding,
  // each name once.
  std::vector<std::pair<std::string, std::string>> details;
  int orientation = 1;     // Of Exif, 1 to 8; 1: as it is.
  std::size_t unread = 0;  // Texts that were compressed.

  // The first one found of a name stays. `text` may be in any encoding.
  void Add(std::string_view name, std::string_view text);
};

ImageMetadata ReadImageMetadata(std::string_view bytes);

// The directories of a TIFF header, as Exif blocks and TIFF files have them.
void ReadExif(std::string_view tiff, ImageMetadata& out);

// An XMP packet.
void ReadXmp(std::string_view xml, ImageMetadata& out);

}  // namespace cairn::image
