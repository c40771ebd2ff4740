#include "documents/ocr/picture_reader.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "documents/ocr/ocr_libraries.h"
#include "documents/ocr/picture_lines.h"
#include "documents/ocr/pix.h"

namespace cairn::ocr {
namespace {

constexpr float kPi = 3.14159265F;
constexpr float kSkewMin = 0.15F;           // Degrees; less does no harm.
constexpr float kSkewConfidenceMin = 3.0F;  // As Leptonica advises.
constexpr float kOrientationMin = 8.0F;     // Leptonica's own default.
constexpr float kWordConfidenceMin = 35;
constexpr float kPageConfidenceMin = 55;  // Less: perhaps it is turned.
constexpr float kHeightWanted = 20;       // Pixels of a small letter.
constexpr float kScaleMax = 3;
constexpr std::size_t kPixelsMax = std::size_t{30} << 20;
constexpr int kComponentHeightMin = 5;

// A grey picture on its way to the engine.
struct Page {
  PixOwner pix;
  Turned turned;
  std::uint8_t dark_below = 128;
  float letter = 0;  // Height of most letters in pixels; 0: no letters.
};

PixOwner Binary(const OcrLibraries& ocr, const Page& page) {
  return Own(ocr, ocr.ThresholdToBinary(page.pix.get(), page.dark_below));
}

// The middle height of what looks like letters.
float LetterHeight(const OcrLibraries& ocr, Pix* binary) {
  Boxa* boxes = ocr.ConnCompBB(binary, 8);
  if (boxes == nullptr) return 0;
  std::vector<int> heights;
  const int count = ocr.BoxaGetCount(boxes);
  for (int i = 0; i < count; ++i) {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    ocr.BoxaGetBoxGeometry(boxes, i, &left, &top, &width, &height);
    if (height >= kComponentHeightMin && width >= 2 && width < 4 * height &&
        height < 8 * width) {
      heights.push_back(height);
    }
  }
  ocr.BoxaDestroy(&boxes);
  if (heights.empty()) return 0;
  const auto middle =
      heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return static_cast<float>(*middle);
}

// Quarter turns clockwise that make the letters stand upright, by the share of
// letters that rise above the others.
int QuarterTurns(const OcrLibraries& ocr, Pix* binary) {
  float up = 0;
  float left = 0;
  if (ocr.OrientDetect(binary, &up, &left, 0, 0) != 0) return 0;
  if (std::fabs(up) >= kOrientationMin &&
      std::fabs(up) > 2.5F * std::fabs(left)) {
    return up > 0 ? 0 : 2;
  }
  if (std::fabs(left) >= kOrientationMin &&
      std::fabs(left) > 2.5F * std::fabs(up)) {
    return left > 0 ? 1 : 3;
  }
  return 0;
}

void TurnQuarters(const OcrLibraries& ocr, int quarters, Page& page) {
  quarters &= 3;
  if (quarters == 0) return;
  PixOwner turned = Own(ocr, ocr.RotateOrth(page.pix.get(), quarters));
  if (turned == nullptr) return;
  page.pix = std::move(turned);
  page.turned.quarters = (page.turned.quarters + quarters) & 3;
  page.turned.width = static_cast<std::uint32_t>(ocr.GetWidth(page.pix.get()));
  page.turned.height =
      static_cast<std::uint32_t>(ocr.GetHeight(page.pix.get()));
}

// Small turns keep the size of the picture; its corners are cut.
void MakeLevel(const OcrLibraries& ocr, Page& page) {
  const PixOwner binary = Binary(ocr, page);
  float degrees = 0;
  float confidence = 0;
  if (binary == nullptr ||
      ocr.FindSkew(binary.get(), &degrees, &confidence) != 0 ||
      confidence < kSkewConfidenceMin || std::fabs(degrees) < kSkewMin) {
    return;
  }
  const float radians = degrees * kPi / 180;
  PixOwner level = Own(ocr, ocr.RotateAMGray(page.pix.get(), radians, 255));
  if (level == nullptr) return;
  page.pix = std::move(level);
  page.turned.radians = radians;
}

// Reads the engine's answer for one picture, in pixels of the turned one.
class AnswerReader {
 public:
  AnswerReader(const OcrLibraries& ocr, float scale, float resolution,
               ReadPage& out)
      : ocr_(ocr),
        scale_(scale),
        pixels_per_point_(resolution / 72 / scale),
        out_(out),
        at_(ocr.GetIterator(ocr.engine), ocr.ResultIteratorDelete) {}

  void Read() {
    if (at_ == nullptr) return;
    do {
      if (ocr_.PageIteratorIsAtBeginningOf(at_.get(), kLevelLine) != 0) {
        TakeLine();
      }
      if (ocr_.PageIteratorIsAtBeginningOf(at_.get(), kLevelWord) != 0) {
        EndWord();
        BeginWord();
      }
      TakeSign();
    } while (ocr_.ResultIteratorNext(at_.get(), kLevelSign) != 0);
    EndWord();
    if (signs_ > 0) out_.confidence = sum_ / static_cast<float>(signs_);
  }

 private:
  // y of the baseline below x.
  float BaselineAt(float x) const { return base_y_ + (x - base_x_) * slope_; }
  void TakeLine();
  void BeginWord();
  void TakeSign();
  void EndWord();

  const OcrLibraries& ocr_;
  const float scale_;  // Pixels of the engine's picture to one of ours.
  const float pixels_per_point_;
  ReadPage& out_;
  const std::unique_ptr<TesseractIterator, void (*)(TesseractIterator*)> at_;
  float base_x_ = 0, base_y_ = 0, slope_ = 0;
  PictureWord word_;
  bool line_begins_ = false;  // The next word kept is the first of its line.
  float sum_ = 0;             // Of confidences, by sign.
  std::size_t signs_ = 0;
};

void AnswerReader::TakeLine() {
  EndWord();
  line_begins_ = true;
  int x1 = 0;
  int y1 = 0;
  int x2 = 0;
  int y2 = 0;
  ocr_.PageIteratorBaseline(at_.get(), kLevelLine, &x1, &y1, &x2, &y2);
  base_x_ = static_cast<float>(x1);
  base_y_ = static_cast<float>(y1);
  slope_ = x2 > x1 ? static_cast<float>(y2 - y1) / static_cast<float>(x2 - x1)
                   : 0.0F;
  if (std::fabs(slope_) > 0.2F) slope_ = 0;
}

void AnswerReader::BeginWord() {
  int box[4] = {};
  ocr_.PageIteratorBoundingBox(at_.get(), kLevelWord, &box[0], &box[1], &box[2],
                               &box[3]);
  word_ = {};
  word_.left = static_cast<float>(box[0]) / scale_;
  word_.top = static_cast<float>(box[1]) / scale_;
  word_.right = static_cast<float>(box[2]) / scale_;
  word_.bottom = static_cast<float>(box[3]) / scale_;
  word_.baseline = BaselineAt(static_cast<float>(box[0] + box[2]) / 2) / scale_;
  word_.confidence = ocr_.ResultIteratorConfidence(at_.get(), kLevelWord);
  int bold = 0;
  int ignored[6] = {};
  int points = 0;
  ocr_.ResultIteratorWordFontAttributes(at_.get(), &bold, &ignored[0],
                                        &ignored[1], &ignored[2], &ignored[3],
                                        &ignored[4], &points, &ignored[5]);
  word_.bold = bold != 0;
  word_.size = static_cast<float>(points) * pixels_per_point_;
}

void AnswerReader::TakeSign() {
  const std::unique_ptr<char, void (*)(const char*)> text(
      ocr_.ResultIteratorGetUTF8Text(at_.get(), kLevelSign), ocr_.DeleteText);
  if (text == nullptr) return;
  int box[4] = {};
  ocr_.PageIteratorBoundingBox(at_.get(), kLevelSign, &box[0], &box[1], &box[2],
                               &box[3]);
  for (const char32_t sign : DecodeUtf8(text.get())) {
    if (sign <= ' ' || sign == 0x7f) continue;
    word_.signs.push_back({sign, static_cast<float>(box[0]) / scale_,
                           static_cast<float>(box[2]) / scale_});
  }
}

void AnswerReader::EndWord() {
  PictureWord word = std::exchange(word_, {});
  if (word.signs.empty() || !(word.right > word.left)) return;
  sum_ += word.confidence * static_cast<float>(word.signs.size());
  signs_ += word.signs.size();
  if (word.confidence < kWordConfidenceMin) {
    ++out_.dropped;
    return;
  }
  word.begins_line = std::exchange(line_begins_, false);
  out_.words.push_back(std::move(word));
}

// One reading of `page` as it is turned now.
StatusOr<ReadPage> Recognize(const OcrLibraries& ocr, const Page& page) {
  ReadPage out;
  out.turned = page.turned;
  float scale = page.letter > 0
                    ? std::clamp(kHeightWanted / page.letter, 1.0F, kScaleMax)
                    : 1.0F;
  if (scale < 1.2F) scale = 1;
  const float pixels = static_cast<float>(page.turned.width) *
                       static_cast<float>(page.turned.height);
  if (scale > 1 && pixels * scale * scale > static_cast<float>(kPixelsMax)) {
    scale = 1;
  }
  PixOwner scaled = Own(ocr, nullptr);
  if (scale > 1)
    scaled = Own(ocr, ocr.ScaleGrayLI(page.pix.get(), scale, scale));
  if (scaled == nullptr) {
    scale = 1;
    scaled = Own(ocr, ocr.ScaleAreaMap(page.pix.get(), 1, 1));
  }
  if (scaled == nullptr) {
    return InvalidArgumentError("the picture cannot be scaled",
                                "DAMAGED_IMAGE");
  }
  const Picture picture = ToPicture(ocr, scaled.get());
  scaled.reset();
  // As if most of the text were of ten points: the engine judges by it how
  // thick lines and how wide gaps may be.
  const float resolution =
      std::floor(std::clamp(page.letter * scale * 13, 70.0F, 600.0F));
  ocr.SetPageSegMode(ocr.engine, kAnyLayout);
  ocr.SetImage(ocr.engine, picture.grey.data(), static_cast<int>(picture.width),
               static_cast<int>(picture.height), 1,
               static_cast<int>(picture.width));
  ocr.SetSourceResolution(ocr.engine, static_cast<int>(resolution));
  if (ocr.Recognize(ocr.engine, nullptr) != 0) {
    ocr.Clear(ocr.engine);
    return InvalidArgumentError("the picture cannot be read", "DAMAGED_IMAGE");
  }
  AnswerReader(ocr, scale, resolution, out).Read();
  ocr.Clear(ocr.engine);
  return out;
}

float Sense(const ReadPage& read) {
  return read.confidence *
         static_cast<float>(std::min<std::size_t>(read.words.size(), 20));
}

// The engine reads lines that run up or down as well; when most do, the page
// lies.
bool IsLying(const ReadPage& read) {
  std::size_t upright = 0;
  std::size_t lying = 0;
  for (const PictureWord& word : read.words) {
    if (word.signs.size() < 4) continue;
    const bool high = word.bottom - word.top > word.right - word.left;
    ++(high ? lying : upright);
  }
  return lying > upright;
}

// A part from the middle, half as wide and high: enough to tell whether a turn
// makes sense of the letters.
Page MiddleOf(const OcrLibraries& ocr, const Page& page) {
  Page middle;
  middle.dark_below = page.dark_below;
  middle.letter = page.letter;
  const int width = ocr.GetWidth(page.pix.get());
  const int height = ocr.GetHeight(page.pix.get());
  Box* box = ocr.BoxCreate(width / 4, height / 4, width / 2, height / 2);
  middle.pix = Own(ocr, ocr.ClipRectangle(page.pix.get(), box, nullptr));
  ocr.BoxDestroy(&box);
  if (middle.pix != nullptr) {
    middle.turned.width =
        static_cast<std::uint32_t>(ocr.GetWidth(middle.pix.get()));
    middle.turned.height =
        static_cast<std::uint32_t>(ocr.GetHeight(middle.pix.get()));
  }
  return middle;
}

// Upside down or lying, pages read as rubbish: the turn that reads best.
StatusOr<ReadPage> ReadTurned(const OcrLibraries& ocr, Page& page) {
  CAIRN_ASSIGN_OR_RETURN(ReadPage first, Recognize(ocr, page));
  const bool lying = IsLying(first);
  if (page.letter == 0 || (first.confidence >= kPageConfidenceMin && !lying)) {
    return first;
  }
  Page middle = MiddleOf(ocr, page);
  if (middle.pix == nullptr) return first;
  float best = 0;
  int quarters = 0;
  for (int turn = 0; turn < 4; ++turn) {
    if (turn > 0) TurnQuarters(ocr, 1, middle);
    if (lying && turn % 2 == 0) continue;
    const StatusOr<ReadPage> read = Recognize(ocr, middle);
    if (!read.ok()) return first;
    // As it lies now is right unless another turn is clearly better.
    if (Sense(*read) > (turn == 0 ? 0 : 1.2F * best)) {
      best = Sense(*read);
      quarters = turn;
    }
  }
  if (quarters == 0) return first;
  TurnQuarters(ocr, quarters, page);
  return Recognize(ocr, page);
}

}  // namespace

StatusOr<ReadPage> ReadPicture(const Picture& picture) {
  CAIRN_ASSIGN_OR_RETURN(const OcrLibraries* ocr, LoadOcr());
  if (picture.width < 3 || picture.height < 3) {
    ReadPage nothing;
    nothing.turned = {picture.width, picture.height, 0, 0};
    return nothing;
  }
  Page page;
  page.dark_below = DarkBelow(picture);
  page.turned.width = picture.width;
  page.turned.height = picture.height;
  page.pix = ToPix(*ocr, picture);
  if (page.pix == nullptr) {
    return InvalidArgumentError("the picture is too large", "IMAGE_TOO_LARGE");
  }
  {
    const PixOwner binary = Binary(*ocr, page);
    if (binary != nullptr) {
      page.letter = LetterHeight(*ocr, binary.get());
      TurnQuarters(*ocr, QuarterTurns(*ocr, binary.get()), page);
    }
  }
  MakeLevel(*ocr, page);
  CAIRN_ASSIGN_OR_RETURN(ReadPage read, ReadTurned(*ocr, page));
  if (page.letter > 0) {
    const Picture level = ToPicture(*ocr, page.pix.get());
    read.lines = FindLines(level, page.dark_below, page.letter / 0.55F);
  }
  return read;
}

}  // namespace cairn::ocr
