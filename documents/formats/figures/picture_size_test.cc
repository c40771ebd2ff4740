#include "documents/formats/figures/picture_size.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace cairn {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPng =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0"sv;
// A comment of two bytes before the frame.
constexpr std::string_view kJpeg =
    "\xff\xd8\xff\xfe\0\4ab\xff\xc2\0\x11\x08\1\xe0\2\x80\3"sv;
constexpr std::string_view kGif = "GIF89a\x80\2\xe0\1"sv;
constexpr std::string_view kBitmap =
    "BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x80\2\0\0\xe0\1\0\0"sv;
constexpr std::string_view kBitmapDown =
    "BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x80\2\0\0\x20\xfe\xff\xff"sv;
constexpr std::string_view kWebpExtended =
    "RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\2\0\xdf\1\0"sv;
// 640 - 1 and 480 - 1 in fourteen bits each.
constexpr std::string_view kWebpLossless =
    "RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0"sv;
constexpr std::string_view kWebpLossy =
    "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\1\x2a\x80\2\xe0\1"sv;

TEST(PictureSizeTest, EveryFormatTellsItsSizeInTheFirstBytes) {
  for (const std::string_view head :
       {kPng, kJpeg, kGif, kBitmap, kBitmapDown, kWebpExtended, kWebpLossless,
        kWebpLossy}) {
    EXPECT_EQ(PictureSizeOf(head), (PictureSize{640, 480}))
        << head.substr(0, 16);
  }
  EXPECT_EQ(PictureSizeOf("II*\0\x08\0\0\0"sv), PictureSize{});
  EXPECT_EQ(PictureSizeOf("MM\0*\0\0\0\x08"sv), PictureSize{});
}

TEST(PictureSizeTest, DrawingsAndOtherBytesAreNoPictures) {
  EXPECT_EQ(PictureSizeOf(""), std::nullopt);
  EXPECT_EQ(PictureSizeOf("<svg width='640'/>"), std::nullopt);
  EXPECT_EQ(PictureSizeOf("\xd7\xcd\xc6\x9a"sv), std::nullopt);  // WMF.
}

TEST(PictureSizeTest, CutHeadsTellNothingWrong) {
  for (const std::string_view head :
       {kPng, kJpeg, kGif, kBitmap, kWebpExtended, kWebpLossless, kWebpLossy}) {
    for (std::size_t size = 0; size < head.size(); ++size) {
      // A copy, so that a reader past the end is caught.
      const std::string cut(head.substr(0, size));
      const auto told = PictureSizeOf(cut);
      if (!told.has_value()) continue;
      EXPECT_TRUE(told->width == 0 || told->height == 0 ||
                  *told == (PictureSize{640, 480}))
          << head.substr(0, 16) << " of " << size;
    }
  }
}

}  // namespace
}  // namespace cairn
