// Pictures before they are read: what kind of file it is, what it says about
// itself, its pixels (by Leptonica, where that is installed) and the lines in
// them; regions of text in a map, the strips of it and the words on them. The
// reading itself is left out: it takes seconds and is Tesseract's or a
// network's; layout_fuzz takes up behind it.
#include "documents/formats/image/image_metadata.h"
#include "documents/ocr/picture_file.h"
#include "documents/ocr/picture_lines.h"
#include "documents/ocr/resample.h"
#include "documents/ocr/strip_words.h"
#include "documents/ocr/text_regions.h"
#include "documents/sniff.h"
#include "documents/sniff_recording.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace cairn;

// An address in these bytes may claim 100 million pixels.
constexpr double kPixelsMax = 1 << 20;
constexpr int kPagesMax = 4;
constexpr float kEm = 12;

void CheckLines(const ocr::Picture& picture) {
  fuzz::Require(
      picture.grey.size() == std::size_t{picture.width} * picture.height,
      "a picture has all of its pixels");
  for (const ocr::PictureLine& line :
       ocr::FindLines(picture, ocr::DarkBelow(picture), kEm)) {
    const auto across =
        static_cast<float>(line.horizontal ? picture.height : picture.width);
    const auto along =
        static_cast<float>(line.horizontal ? picture.width : picture.height);
    fuzz::Require(line.at >= 0 && line.at <= across, "lines lie inside");
    fuzz::Require(line.from >= 0 && line.from <= line.to && line.to <= along,
                  "lines run inside");
  }
}

// Every column of eight pixels reads as a sign or a space.
void CheckWords(const ocr::Picture& strip) {
  std::vector<ocr::DecodedSign> signs;
  for (std::uint32_t i = 0; 8 * i < strip.width; ++i) {
    const std::uint8_t grey = strip.grey[8 * i];
    const char32_t sign = grey < 64 ? U' ' : static_cast<char32_t>(grey) / 2;
    if (grey < 192) signs.push_back({sign, i, i + 1, 1});
  }
  for (const ocr::PictureWord& word : ocr::WordsOfStrip(strip, signs, 8)) {
    fuzz::Require(!word.signs.empty(), "words have signs");
    fuzz::Require(word.left >= 0 && word.left < word.right &&
                      word.right <= static_cast<float>(strip.width + 1),
                  "words lie inside");
    fuzz::Require(word.size > 0, "words have a size");
  }
}

// The pixels as a network's map of where text is.
void CheckRegions(const ocr::Picture& picture) {
  constexpr std::size_t kStripsMax = 8;
  ocr::ProbabilityMap map{picture.width, picture.height, {}};
  for (const std::uint8_t grey : picture.grey) {
    map.values.push_back(static_cast<float>(grey) / 255);
  }
  std::vector<ocr::TextRegion> regions = ocr::FindTextRegions(map);
  for (const ocr::TextRegion& region : regions) {
    fuzz::Require(region.width > 0 && region.height > 0, "regions have sides");
    fuzz::Require(region.x >= 0 && region.x <= static_cast<float>(map.width) &&
                      region.y >= 0 &&
                      region.y <= static_cast<float>(map.height),
                  "the middle of a region lies inside");
    fuzz::Require(region.radians > -0.79F && region.radians < 0.79F,
                  "regions are turned by at most an eighth");
  }
  if (regions.size() > kStripsMax) regions.resize(kStripsMax);
  for (const ocr::TextRegion& region : regions) {
    CheckWords(ocr::CutOut(picture, region, 1 + map.width % 97, 48, false));
  }
}

// The bytes as pixels.
void CheckPixels(std::string_view bytes) {
  if (bytes.empty()) return;
  ocr::Picture picture;
  picture.width = 1 + static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  picture.height = static_cast<std::uint32_t>(bytes.size() / picture.width);
  bytes = bytes.substr(0, std::size_t{picture.width} * picture.height);
  picture.grey.assign(bytes.begin(), bytes.end());
  if (picture.grey.empty()) return;
  CheckLines(picture);
  CheckRegions(picture);
}

bool IsSmall(const ocr::OcrLibraries& ocr, std::string_view bytes) {
  int format = 0;
  int width = 0;
  int height = 0;
  int bits = 0;
  int samples = 0;
  int colour_map = 0;
  return ocr.ReadHeaderMem(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                           bytes.size(), &format, &width, &height, &bits,
                           &samples, &colour_map) == 0 &&
         static_cast<double>(width) * height <= kPixelsMax;
}

void CheckFile(std::string_view bytes) {
  static const StatusOr<const ocr::OcrLibraries*> ocr = ocr::LoadOcr();
  if (!ocr.ok() || bytes.empty()) return;
  auto file = ocr::PictureFile::Open(bytes);
  if (!file.ok()) {
    fuzz::Require(!ReasonOf(file.status()).empty(), "an error has a reason");
    return;
  }
  if (!IsSmall(**ocr, bytes)) return;
  for (int page = 0; page < kPagesMax; ++page) {
    const auto picture = file->Next();
    if (!picture.ok()) {
      fuzz::Require(!ReasonOf(picture.status()).empty(),
                    "an error has a reason");
      return;
    }
    if (!picture->has_value()) return;
    CheckLines(**picture);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes = fuzz::TextOf(data, size);
  const auto format = SniffFormat({.bytes = bytes});
  fuzz::Require(format.ok() || !ReasonOf(format.status()).empty(),
                "an error has a reason");
  (void)SniffRecording(bytes);
  const image::ImageMetadata metadata = image::ReadImageMetadata(bytes);
  fuzz::Require(metadata.orientation >= 1 && metadata.orientation <= 8,
                "a picture stands in one of eight ways");
  CheckPixels(bytes);
  CheckFile(bytes);
  return 0;
}
