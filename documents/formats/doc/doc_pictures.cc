#include "documents/formats/doc/doc_pictures.h"

#include <algorithm>
#include <utility>

#include "documents/formats/office97/blips.h"
#include "documents/formats/office97/records.h"
#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::uint16_t kDrawing = 0xf002;
constexpr std::uint16_t kShape = 0xf004;
constexpr std::uint8_t kOfText = 0;  // A drawing; else of heads and feet.

// How a picture within the text is kept.
constexpr std::uint16_t kAsShape = 100;
constexpr std::uint16_t kAsNamedShape = 102;  // The name of its file first.

constexpr double kTwipsPerPoint = 20;
constexpr double kThousandth = 1.0 / 1000;

// The size that it was made for, scaled in thousandths.
ShownSize SizeOf(std::string_view head) {
  return {U16At(head, 28) / kTwipsPerPoint * U16At(head, 32) * kThousandth,
          U16At(head, 30) / kTwipsPerPoint * U16At(head, 34) * kThousandth};
}

std::string_view DrawingPart(const DocStreams& streams, const Fib& fib) {
  const DocPart part = fib.Part(DocPartIndex::kDrawings);
  return Slice(streams.table, part.at, part.size);
}

}  // namespace

DocPictures::DocPictures(const DocStreams& streams, const Fib& fib,
                         std::size_t nesting_max, DocumentPictures& pictures,
                         DocumentBuilder& builder)
    : data_(streams.data),
      drawings_(DrawingPart(streams, fib)),
      nesting_max_(nesting_max),
      pictures_(pictures),
      builder_(builder),
      budget_(streams.data.size()),
      drawn_(PictureListOf(drawings_), streams.main, pictures) {}

void DocPictures::AddInline(const CharacterFormat& format) {
  // Objects and fields of forms keep something else there.
  if (!format.picture.has_value() || format.object || format.binary ||
      format.deleted || format.hidden || builder_.failed()) {
    return;
  }
  const std::uint32_t place = *format.picture;
  if (!places_.insert(place).second) return;
  const std::string_view whole = Slice(data_, place, U32At(data_, place));
  const std::size_t head_bytes = U16At(whole, 4);
  if (whole.size() <= head_bytes || whole.size() > budget_) {
    return pictures_.CountFailed();
  }
  budget_ -= whole.size();
  const std::uint16_t kind = U16At(whole, 6);
  // What Word 95 wrote: drawings.
  if (kind != kAsShape && kind != kAsNamedShape) {
    return pictures_.CountDrawing();
  }
  std::string_view rest = Slice(whole, head_bytes);
  if (kind == kAsNamedShape)
    rest = Slice(rest, 1 + std::size_t{ByteAt(rest, 0)});
  const auto shape = TakeRecord(rest);
  if (!shape.has_value() || shape->type != kShape) {
    return pictures_.CountFailed();
  }
  const DrawnShape drawn = ReadDrawnShape(shape->body);
  builder_.AddBlock(BlockType::kFigure, drawn.description);
  // A picture that is linked is not stored.
  if (rest.empty()) return;
  DrawingPictures(rest, {}, pictures_)
      .Add(drawn.picture, SizeOf(whole), builder_);
}

// Behind what all of them share: a drawing for the text, one for its heads and
// feet, each after a byte that says which.
void DocPictures::ReadDrawings() {
  read_ = true;
  std::string_view rest = drawings_;
  TakeRecord(rest);
  while (rest.size() > 1) {
    const std::uint8_t kind = ByteAt(rest, 0);
    rest.remove_prefix(1);
    const auto record = TakeRecord(rest);
    if (!record.has_value() || record->type != kDrawing) break;
    if (kind != kOfText) continue;
    Drawing drawing = ReadDrawing(record->body, nesting_max_);
    left_out_ += drawing.left_out;
    shapes_ = std::move(drawing.shapes);
    break;
  }
  std::stable_sort(
      shapes_.begin(), shapes_.end(),
      [](const DrawnShape& a, const DrawnShape& b) { return a.id < b.id; });
}

void DocPictures::AddShape(const DocShape& shape) {
  if (!read_) ReadDrawings();
  auto at = std::lower_bound(
      shapes_.begin(), shapes_.end(), shape.id,
      [](const DrawnShape& one, std::uint32_t id) { return one.id < id; });
  // The pictures of a group share its place; how large each is shown is not
  // told by it.
  const auto end = std::find_if(at, shapes_.end(), [&](const DrawnShape& one) {
    return one.id != shape.id;
  });
  const ShownSize shown = end - at > 1
                              ? ShownSize()
                              : ShownSize{shape.width / kTwipsPerPoint,
                                          shape.height / kTwipsPerPoint};
  for (; at != end && !builder_.failed(); ++at) {
    // A shape is anchored once; what says so again repeats it.
    builder_.AddBlock(BlockType::kFigure, std::exchange(at->description, {}));
    drawn_.Add(at->picture, shown, builder_);
  }
}

void DocPictures::Warn() {
  builder_.AddWarning(left_out_,
                      "shapes or groups of drawings were left out: too many, "
                      "or nested too deep");
}

}  // namespace cairn
