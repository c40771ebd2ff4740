#include "documents/ocr/tesseract_engine.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "documents/ocr/ocr_libraries.h"
#include "documents/ocr/pix.h"

namespace cairn::ocr {
namespace {

constexpr float kWordConfidenceMin = 35;
constexpr float kPageConfidenceMin = 55;  // Less: perhaps it is turned.
constexpr float kHeightWanted = 20;       // Pixels of a small letter.
constexpr float kScaleMax = 3;
constexpr std::size_t kPixelsMax = std::size_t{30} << 20;

// Reads the engine's answer for one picture, in pixels of the turned one.
class AnswerReader {
 public:
  AnswerReader(const OcrLibraries& ocr, Tesseract* engine, float scale,
               float resolution, ReadPage& out)
      : ocr_(ocr),
        scale_(scale),
        pixels_per_point_(resolution / 72 / scale),
        out_(out),
        at_(ocr.GetIterator(engine), ocr.ResultIteratorDelete) {}

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
StatusOr<ReadPage> Recognize(const OcrLibraries& ocr, Tesseract* engine,
                             const PagePicture& page) {
  ReadPage out;
  out.turned = page.turned();
  float scale = page.letter() > 0
                    ? std::clamp(kHeightWanted / page.letter(), 1.0F, kScaleMax)
                    : 1.0F;
  if (scale < 1.2F) scale = 1;
  const float pixels = static_cast<float>(page.turned().width) *
                       static_cast<float>(page.turned().height);
  if (scale > 1 && pixels * scale * scale > static_cast<float>(kPixelsMax)) {
    scale = 1;
  }
  PixOwner scaled = Own(ocr, nullptr);
  if (scale > 1) scaled = Own(ocr, ocr.ScaleGrayLI(page.pix(), scale, scale));
  if (scaled == nullptr) {
    scale = 1;
    scaled = Own(ocr, ocr.ScaleAreaMap(page.pix(), 1, 1));
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
      std::floor(std::clamp(page.letter() * scale * 13, 70.0F, 600.0F));
  ocr.SetPageSegMode(engine, kAnyLayout);
  ocr.SetImage(engine, picture.grey.data(), static_cast<int>(picture.width),
               static_cast<int>(picture.height), 1,
               static_cast<int>(picture.width));
  ocr.SetSourceResolution(engine, static_cast<int>(resolution));
  if (ocr.Recognize(engine, nullptr) != 0) {
    ocr.Clear(engine);
    return InvalidArgumentError("the picture cannot be read", "DAMAGED_IMAGE");
  }
  AnswerReader(ocr, engine, scale, resolution, out).Read();
  ocr.Clear(engine);
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

class TesseractEngine final : public Engine {
 public:
  TesseractEngine(const OcrLibraries& ocr, Tesseract* engine)
      : ocr_(ocr), engine_(engine) {}
  StatusOr<ReadPage> Read(PagePicture& page) const override;

 private:
  const OcrLibraries& ocr_;
  Tesseract* const engine_;  // With its models loaded.
};

// Upside down or lying, pages read as rubbish: the turn that reads best.
StatusOr<ReadPage> TesseractEngine::Read(PagePicture& page) const {
  CAIRN_ASSIGN_OR_RETURN(ReadPage first, Recognize(ocr_, engine_, page));
  const bool lying = IsLying(first);
  if (page.letter() == 0 ||
      (first.confidence >= kPageConfidenceMin && !lying)) {
    return first;
  }
  std::optional<PagePicture> middle = page.Middle();
  if (!middle.has_value()) return first;
  float best = 0;
  int quarters = 0;
  for (int turn = 0; turn < 4; ++turn) {
    if (turn > 0) middle->Turn(1);
    if (lying && turn % 2 == 0) continue;
    const StatusOr<ReadPage> read = Recognize(ocr_, engine_, *middle);
    if (!read.ok()) return first;
    // As it lies now is right unless another turn is clearly better.
    if (Sense(*read) > (turn == 0 ? 0 : 1.2F * best)) {
      best = Sense(*read);
      quarters = turn;
    }
  }
  if (quarters == 0) return first;
  page.Turn(quarters);
  return Recognize(ocr_, engine_, page);
}

StatusOr<const Engine*> Load() {
  CAIRN_ASSIGN_OR_RETURN(const OcrLibraries* ocr, LoadOcr());
  const char* named = std::getenv("CAIRN_OCR_LANGUAGES");
  const std::string languages =
      named == nullptr || *named == '\0' ? "eng" : named;
  Tesseract* const engine = ocr->Create();
  if (engine == nullptr ||
      ocr->Init3(engine, nullptr, languages.c_str()) != 0) {
    return NoOcr("its models for \"" + languages + "\" cannot be loaded");
  }
  // What it has to tell goes nowhere: it would be mixed with other output.
  ocr->SetVariable(engine, "debug_file", "/dev/null");
  return new TesseractEngine(*ocr, engine);
}

}  // namespace

StatusOr<const Engine*> LoadTesseract() {
  // Kept for ever: the process ends instead.
  static const auto* const loaded = new StatusOr<const Engine*>(Load());
  return *loaded;
}

}  // namespace cairn::ocr
