#include "documents/ocr/pp_ocr_engine.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "documents/ocr/line_decoder.h"
#include "documents/ocr/networks.h"
#include "documents/ocr/resample.h"
#include "documents/ocr/strip_words.h"
#include "documents/ocr/text_regions.h"

namespace cairn::ocr {
namespace {

// Pixels of the longer side that are searched for text: letters of ten points
// on a page of A4 are then ten pixels high.
constexpr float kSideMax = 1600;
constexpr float kSideMin = 320;  // Smaller pictures are enlarged.
constexpr float kScaleMax = 3;
constexpr std::uint32_t kStripWidthMin = 32;
// Longer lines are squeezed.
constexpr std::uint32_t kStripWidthMax = 4096;
constexpr std::uint8_t kNothing = 127;  // Grey of which the network sees none.
constexpr float kWordConfidenceMin = 50;
constexpr float kPageConfidenceMin = 80;  // Less: perhaps it is turned.
constexpr std::size_t kTried = 6;  // Lines that are read to tell what is up.

using Regions = std::vector<TextRegion>;

std::uint32_t OnMapStep(float side) {
  const float steps = std::round(side / static_cast<float>(kMapStep));
  return kMapStep * static_cast<std::uint32_t>(std::max(steps, 1.0F));
}

// In pixels of the picture.
StatusOr<Regions> FindRegions(const Networks& networks,
                              const Picture& picture) {
  const auto width = static_cast<float>(picture.width);
  const auto height = static_cast<float>(picture.height);
  const float side = std::max(width, height);
  const float scale =
      std::min(std::clamp(side, kSideMin, kSideMax) / side, kScaleMax);
  const Picture small =
      Resized(picture, OnMapStep(width * scale), OnMapStep(height * scale));
  CAIRN_ASSIGN_OR_RETURN(const ProbabilityMap map, networks.FindText(small));
  const float across = width / static_cast<float>(small.width);
  const float down = height / static_cast<float>(small.height);
  Regions regions = FindTextRegions(map);
  for (TextRegion& region : regions) {
    region.x *= across;
    region.y *= down;
    region.width *= across;
    region.height *= down;
  }
  return regions;
}

// The same regions after the picture was turned by a quarter, clockwise.
void TurnRight(float height, Regions& regions) {
  for (TextRegion& region : regions) {
    region.x = std::exchange(region.y, region.x);
    region.x = height - region.x;
    std::swap(region.width, region.height);
  }
}

bool IsLying(const Regions& regions) {
  float upright = 0;
  float lying = 0;
  for (const TextRegion& region : regions) {
    if (region.width > 1.5F * region.height) upright += region.width;
    if (region.height > 1.5F * region.width) lying += region.height;
  }
  return lying > upright;
}

// From top to bottom; those side by side from left to right.
void PutInOrder(Regions& regions) {
  std::sort(regions.begin(), regions.end(),
            [](const TextRegion& a, const TextRegion& b) { return a.y < b.y; });
  for (auto first = regions.begin(); first != regions.end();) {
    auto last = first;
    while (last != regions.end() &&
           last->y - first->y < 0.5F * std::min(first->height, last->height)) {
      ++last;
    }
    std::sort(first, last, [](const TextRegion& a, const TextRegion& b) {
      return a.x < b.x;
    });
    first = last;
  }
}

// One page as it lies.
class LineReader {
 public:
  LineReader(const Networks& networks, const Picture& picture)
      : networks_(networks), picture_(picture) {}

  // The words of a line, in pixels of the page.
  StatusOr<std::vector<PictureWord>> Read(const TextRegion& region) const;
  // The mean confidence of the longest lines; `over`: upside down.
  StatusOr<float> Sense(Regions regions, bool over) const;

 private:
  Picture StripOf(const TextRegion& region, bool over) const;

  const Networks& networks_;
  const Picture& picture_;
};

std::uint32_t WidthOfStrip(const TextRegion& region) {
  const float width = region.width / region.height * kStripHeight;
  return static_cast<std::uint32_t>(
      std::clamp(std::round(width), 1.0F, static_cast<float>(kStripWidthMax)));
}

Picture LineReader::StripOf(const TextRegion& region, bool over) const {
  return CutOut(picture_, region, WidthOfStrip(region), kStripHeight, over);
}

// Made wider where the network needs it.
Picture Widened(const Picture& strip, std::uint32_t width) {
  Picture out;
  out.width = width;
  out.height = strip.height;
  out.grey.assign(std::size_t{width} * strip.height, kNothing);
  for (std::size_t y = 0; y < strip.height; ++y) {
    std::copy_n(
        strip.grey.begin() + static_cast<std::ptrdiff_t>(y * strip.width),
        strip.width, out.grey.begin() + static_cast<std::ptrdiff_t>(y * width));
  }
  return out;
}

struct Line {
  std::vector<DecodedSign> signs;
  float column = 0;  // Pixels.
};

StatusOr<Line> ReadLine(const Networks& networks, const Picture& strip) {
  const bool narrow = strip.width < kStripWidthMin;
  const Picture wide = narrow ? Widened(strip, kStripWidthMin) : Picture();
  const Picture& read = narrow ? wide : strip;
  CAIRN_ASSIGN_OR_RETURN(const std::vector<ColumnChoice> columns,
                         networks.ReadStrip(read));
  if (columns.empty()) return Line();
  return Line{
      DecodeColumns(columns, networks.signs()),
      static_cast<float>(read.width) / static_cast<float>(columns.size())};
}

StatusOr<std::vector<PictureWord>> LineReader::Read(
    const TextRegion& region) const {
  const Picture strip = StripOf(region, false);
  CAIRN_ASSIGN_OR_RETURN(const Line line, ReadLine(networks_, strip));
  std::vector<PictureWord> words = WordsOfStrip(strip, line.signs, line.column);
  const float cosine = std::cos(region.radians);
  const float sine = std::sin(region.radians);
  const float across = region.width / static_cast<float>(strip.width);
  const float down = region.height / static_cast<float>(strip.height);
  for (PictureWord& word : words) {
    const float middle_x =
        (word.left + word.right) / 2 * across - region.width / 2;
    const float middle_y =
        (word.top + word.bottom) / 2 * down - region.height / 2;
    const auto to_x = [&](float& x) {
      x = region.x + (x * across - region.width / 2) * cosine - middle_y * sine;
    };
    const auto to_y = [&](float& y) {
      y = region.y + (y * down - region.height / 2) * cosine + middle_x * sine;
    };
    to_x(word.left);
    to_x(word.right);
    to_y(word.top);
    to_y(word.bottom);
    to_y(word.baseline);
    word.size *= down;
    for (PictureSign& sign : word.signs) {
      to_x(sign.left);
      to_x(sign.right);
    }
  }
  return words;
}

StatusOr<float> LineReader::Sense(Regions regions, bool over) const {
  std::sort(regions.begin(), regions.end(),
            [](const TextRegion& a, const TextRegion& b) {
              return a.width > b.width;
            });
  regions.resize(std::min(regions.size(), kTried));
  float sum = 0;
  float signs = 0;
  for (const TextRegion& region : regions) {
    CAIRN_ASSIGN_OR_RETURN(const Line line,
                           ReadLine(networks_, StripOf(region, over)));
    for (const DecodedSign& sign : line.signs) sum += sign.probability;
    signs += static_cast<float>(line.signs.size());
  }
  return signs == 0 ? 0 : sum / signs;
}

class PpOcrEngine final : public Engine {
 public:
  explicit PpOcrEngine(const Networks& networks) : networks_(networks) {}
  StatusOr<ReadPage> Read(PagePicture& page) const override;

 private:
  StatusOr<ReadPage> ReadAll(const Picture& picture,
                             const Regions& regions) const;
  // Turns all of it over when it is read better so; whether it did.
  StatusOr<bool> TurnOver(PagePicture& page, Picture& picture,
                          Regions& regions) const;

  const Networks& networks_;
};

StatusOr<ReadPage> PpOcrEngine::ReadAll(const Picture& picture,
                                        const Regions& regions) const {
  const LineReader reader(networks_, picture);
  ReadPage out;
  float sum = 0;
  std::size_t signs = 0;
  for (const TextRegion& region : regions) {
    CAIRN_ASSIGN_OR_RETURN(std::vector<PictureWord> words, reader.Read(region));
    bool begins_line = true;
    for (PictureWord& word : words) {
      sum += word.confidence * static_cast<float>(word.signs.size());
      signs += word.signs.size();
      if (word.confidence < kWordConfidenceMin) {
        ++out.dropped;
        continue;
      }
      word.begins_line = std::exchange(begins_line, false);
      out.words.push_back(std::move(word));
    }
  }
  if (signs > 0) out.confidence = sum / static_cast<float>(signs);
  return out;
}

StatusOr<bool> PpOcrEngine::TurnOver(PagePicture& page, Picture& picture,
                                     Regions& regions) const {
  const LineReader reader(networks_, picture);
  CAIRN_ASSIGN_OR_RETURN(const float now, reader.Sense(regions, false));
  CAIRN_ASSIGN_OR_RETURN(const float over, reader.Sense(regions, true));
  if (over <= now) return false;
  TurnRight(static_cast<float>(picture.height), regions);
  TurnRight(static_cast<float>(picture.width), regions);
  page.Turn(2);
  picture = page.ToPicture();
  PutInOrder(regions);
  return true;
}

StatusOr<ReadPage> PpOcrEngine::Read(PagePicture& page) const {
  Picture picture = page.ToPicture();
  CAIRN_ASSIGN_OR_RETURN(Regions regions, FindRegions(networks_, picture));
  const bool lying = IsLying(regions);
  if (lying) {
    TurnRight(static_cast<float>(picture.height), regions);
    page.Turn(1);
    picture = page.ToPicture();
  }
  PutInOrder(regions);
  if (lying) {
    CAIRN_RETURN_IF_ERROR(TurnOver(page, picture, regions).status());
  }
  CAIRN_ASSIGN_OR_RETURN(ReadPage read, ReadAll(picture, regions));
  if (!lying && read.confidence < kPageConfidenceMin) {
    CAIRN_ASSIGN_OR_RETURN(const bool over, TurnOver(page, picture, regions));
    if (over) {
      CAIRN_ASSIGN_OR_RETURN(read, ReadAll(picture, regions));
    }
  }
  read.turned = page.turned();
  return read;
}

}  // namespace

StatusOr<const Engine*> LoadPpOcr() {
  CAIRN_ASSIGN_OR_RETURN(const Networks* networks, LoadNetworks());
  // Kept for ever: the process ends instead.
  static const auto* const engine = new PpOcrEngine(*networks);
  return engine;
}

}  // namespace cairn::ocr
