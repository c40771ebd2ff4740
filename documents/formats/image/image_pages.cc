#include "documents/formats/image/image_pages.h"

#include <optional>
#include <string>
#include <utility>

#include "documents/formats/pdf/picture_text.h"
#include "documents/ocr/picture_file.h"
#include "documents/ocr/picture_reader.h"

namespace cairn::image {
namespace {

// The layout of pages expects text of about the size that pages have.
constexpr float kLayoutSize = 10;

// Exif's orientation as quarter turns clockwise; mirror images are rare enough
// to be taken as they are.
int QuartersOf(int orientation) {
  switch (orientation) {
    case 3:
    case 4:
      return 2;
    case 5:
    case 6:
      return 1;
    case 7:
    case 8:
      return 3;
    default:
      return 0;
  }
}

ocr::Picture TurnedRight(const ocr::Picture& picture) {
  ocr::Picture out;
  out.width = picture.height;
  out.height = picture.width;
  out.dots_per_inch = picture.dots_per_inch;
  out.grey.resize(picture.grey.size());
  for (std::size_t y = 0; y < picture.height; ++y) {
    for (std::size_t x = 0; x < picture.width; ++x) {
      out.grey[x * out.width + (out.width - 1 - y)] =
          picture.grey[y * picture.width + x];
    }
  }
  return out;
}

Status ReadPage(const ocr::Picture& picture, ImagePages& pages) {
  const std::uint32_t page = pages.layout.pages() + 1;
  CAIRN_ASSIGN_OR_RETURN(const ocr::ReadPage read, ocr::ReadPicture(picture));
  pages.report.Add(page, read);
  const float size = pdf::UsualSize(read);
  const float scale = size > 0 ? kLayoutSize / size : 1.0F;
  pages.report.places.push_back(
      {page, read.turned, scale, 72 / picture.dots_per_inch});
  pages.layout.AddPage(pdf::ToPageText(read, scale));
  return OkStatus();
}

}  // namespace

StatusOr<ImagePages> ReadImagePages(std::string_view bytes, int orientation,
                                    const Limits& limits) {
  const int quarters = QuartersOf(orientation);
  ImagePages pages;
  CAIRN_ASSIGN_OR_RETURN(ocr::PictureFile file, ocr::PictureFile::Open(bytes));
  for (;;) {
    StatusOr<std::optional<ocr::Picture>> picture = file.Next();
    if (!picture.ok()) {
      if (pages.layout.pages() == 0) return picture.status();
      pages.damaged = true;
      break;
    }
    if (!picture->has_value()) break;
    if (pages.layout.pages() >= limits.pages_max) {
      return InvalidArgumentError(
          "the image has more pages than the limit "
          "pages_max of " +
              std::to_string(limits.pages_max) + "; split it",
          "TOO_MANY_PAGES");
    }
    const std::uint32_t page = pages.layout.pages() + 1;
    if (!pdf::MayReadMore(pages.report, limits)) {
      pages.report.left_out.push_back(page);
      pages.layout.AddPage({});
      continue;
    }
    for (int i = 0; i < quarters; ++i) **picture = TurnedRight(**picture);
    if (const Status read = ReadPage(**picture, pages); !read.ok()) {
      pages.report.failed.push_back(page);
      pages.layout.AddPage({});
    }
  }
  return pages;
}

}  // namespace cairn::image
