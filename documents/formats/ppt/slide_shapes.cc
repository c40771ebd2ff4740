#include "documents/formats/ppt/slide_shapes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/office97/drawing.h"
#include "documents/formats/office97/records.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/package/shape_order.h"
#include "documents/formats/ppt/record_types.h"
#include "documents/formats/ppt/table_group.h"

namespace cairn {
namespace {

namespace type = ppt_record;

// Properties of shapes.
constexpr std::uint16_t kPicture = 0x104;
constexpr std::uint16_t kWordArt = 0xc0;  // Letters as a picture.
constexpr std::uint16_t kTableFlags = 0x39f;
constexpr std::uint32_t kIsTable = 1;

// What a shape holds the place of; the numbers of PlaceholderEnum.
enum class Holds : std::uint8_t {
  kNothing = 0,
  kMasterDate = 7,
  kMasterHeader = 10,
  kNotesBody = 12,
  kTitle = 13,
  kBody = 14,
  kCenterTitle = 15,
  kVerticalTitle = 17,
  kVerticalBody = 18,
  kObject = 19,
  kVerticalObject = 25,
};

struct Found {
  PptShape shape;
  std::optional<ShapeBox> box;  // On the slide.
};

// In the order of the record: left, top, right, bottom.
ShapeBox BoxAt(std::string_view body) {
  return {static_cast<double>(I32At(body, 0)),
          static_cast<double>(I32At(body, 4)),
          static_cast<double>(I32At(body, 8)),
          static_cast<double>(I32At(body, 12))};
}

// In the coordinates of what holds it.
std::optional<ShapeBox> OwnBox(std::string_view shape) {
  const std::string_view child = FindRecord(shape, type::kArtChildAnchor);
  if (child.size() >= 16) return BoxAt(child);
  const std::string_view anchor = FindRecord(shape, type::kArtClientAnchor);
  if (anchor.size() >= 16) {
    return ShapeBox{static_cast<double>(I32At(anchor, 4)),
                    static_cast<double>(I32At(anchor, 0)),
                    static_cast<double>(I32At(anchor, 8)),
                    static_cast<double>(I32At(anchor, 12))};
  }
  if (anchor.size() < 8) return std::nullopt;
  return ShapeBox{static_cast<double>(I16At(anchor, 2)),
                  static_cast<double>(I16At(anchor, 0)),
                  static_cast<double>(I16At(anchor, 4)),
                  static_cast<double>(I16At(anchor, 6))};
}

// Groups within groups that scale up end beyond every number.
bool IsSane(const ShapeBox& box) {
  constexpr double kFar = 1e12;
  return std::abs(box.left) < kFar && std::abs(box.top) < kFar &&
         std::abs(box.right) < kFar && std::abs(box.bottom) < kFar;
}

// Slides are measured in 576ths of an inch.
ShownSize SizeOf(const std::optional<ShapeBox>& box) {
  constexpr double kUnitsPerPoint = 8;
  if (!box.has_value()) return {};
  return {std::abs(box->right - box->left) / kUnitsPerPoint,
          std::abs(box->bottom - box->top) / kUnitsPerPoint};
}

// `head`: the shape that is the group itself.
ShapeScale Inside(std::string_view head, const ShapeScale& scale) {
  const std::string_view place = FindRecord(head, type::kArtGroupPlace);
  const std::optional<ShapeBox> own = OwnBox(head);
  if (place.size() < 16 || !own.has_value()) return scale;
  return scale.Inside(*own, BoxAt(place));
}

Holds PlaceOf(std::string_view client_data) {
  const std::string_view placeholder =
      FindRecord(client_data, type::kPlaceholder);
  if (placeholder.size() >= 5)
    return static_cast<Holds>(ByteAt(placeholder, 4));
  // Dates, numbers and footers of PowerPoint 2007 and later.
  return static_cast<Holds>(
      ByteAt(FindRecord(client_data, type::kMarginPlaceholder), 0));
}

PptShape::Kind KindOf(Holds holds, PptTextType text) {
  using Kind = PptShape::Kind;
  switch (holds) {
    case Holds::kNothing:
      break;
    case Holds::kTitle:
    case Holds::kCenterTitle:
    case Holds::kVerticalTitle:
      return Kind::kTitle;
    case Holds::kBody:
    case Holds::kVerticalBody:
    case Holds::kObject:
    case Holds::kVerticalObject:
      return Kind::kOutline;
    case Holds::kNotesBody:
      return Kind::kNotes;
    default:
      return Kind::kText;
  }
  switch (text) {
    case PptTextType::kTitle:
    case PptTextType::kCenterTitle:
      return Kind::kTitle;
    case PptTextType::kBody:
    case PptTextType::kHalfBody:
    case PptTextType::kQuarterBody:
      return Kind::kOutline;
    case PptTextType::kNotes:
      return Kind::kNotes;
    default:
      return Kind::kText;
  }
}

class Collector {
 public:
  Collector(std::vector<PptText> outline, std::size_t nesting_max)
      : outline_(std::move(outline)), nesting_max_(nesting_max) {}

  // `group`: its own shape, then what it holds.
  void Group(std::string_view group, const ShapeScale& scale,
             std::size_t depth) {
    if (depth >= nesting_max_) {
      ++left_out;
      return;
    }
    std::string_view rest = group;
    const auto head = TakeRecord(rest);
    if (!head.has_value()) return;
    const ShapeProperties properties(head->body);
    Found own;
    own.shape.description = DescriptionOf(properties);
    own.box = PlaceOnSlide(head->body, scale);
    if ((properties.Number(kTableFlags) & kIsTable) != 0) {
      own.shape.kind = PptShape::Kind::kTable;
      own.shape.table = Table(rest);
      if (!own.shape.table.empty()) Keep(std::move(own));
      return;
    }
    const ShapeScale inside = Inside(head->body, scale);
    while (const auto record = TakeRecord(rest)) {
      if (record->type == type::kArtGroup) {
        Group(record->body, inside, depth + 1);
      } else if (record->type == type::kArtShape) {
        Shape(record->body, inside);
      }
    }
    if (!own.shape.description.empty()) Keep(std::move(own));
  }

  std::vector<Found> found;
  std::size_t left_out = 0;

 private:
  static std::optional<ShapeBox> PlaceOnSlide(std::string_view shape,
                                              const ShapeScale& scale) {
    const std::optional<ShapeBox> own = OwnBox(shape);
    if (!own.has_value()) return std::nullopt;
    const ShapeBox box = scale.OnSlide(*own);
    return IsSane(box) ? std::optional(box) : std::nullopt;
  }

  void Keep(Found one) {
    if (found.size() < kPptShapesMax) {
      found.push_back(std::move(one));
    } else {
      ++left_out;
    }
  }

  PptText TextOf(std::string_view shape) {
    const std::string_view textbox = FindRecord(shape, type::kArtTextbox);
    const std::string_view reference = FindRecord(textbox, type::kOutlineText);
    if (reference.size() >= 4) {
      const std::uint32_t index = U32At(reference, 0);
      return index < outline_.size() ? std::exchange(outline_[index], {})
                                     : PptText();
    }
    std::vector<PptText> texts = ReadTexts(textbox);
    return texts.empty() ? PptText() : std::move(texts.front());
  }

  void Shape(std::string_view shape, const ShapeScale& scale) {
    Found one;
    one.shape.text = TextOf(shape);
    const ShapeProperties properties(shape);
    one.shape.description = DescriptionOf(properties);
    if (one.shape.text.empty() && one.shape.description.empty()) {
      one.shape.description = CollapseWhiteSpace(properties.Text(kWordArt));
    }
    one.shape.picture = properties.Number(kPicture);
    if (one.shape.text.empty() && one.shape.description.empty() &&
        one.shape.picture == 0) {
      return;
    }
    const Holds holds = PlaceOf(FindRecord(shape, type::kArtClientData));
    if (holds >= Holds::kMasterDate && holds <= Holds::kMasterHeader) return;
    one.shape.kind = KindOf(holds, one.shape.text.type);
    one.box = PlaceOnSlide(shape, scale);
    one.shape.shown = SizeOf(one.box);
    Keep(std::move(one));
  }

  // Its lines are shapes without text.
  TableDraft Table(std::string_view shapes) {
    std::vector<PptCell> cells;
    while (const auto record = TakeRecord(shapes)) {
      const std::optional<ShapeBox> box = OwnBox(record->body);
      if (record->type != type::kArtShape || !box.has_value() ||
          FindRecord(record->body, type::kArtTextbox).empty()) {
        continue;
      }
      cells.push_back({*box, TextOf(record->body).Joined()});
    }
    return MakePptTable(std::move(cells));
  }

  std::vector<PptText> outline_;
  std::size_t nesting_max_;
};

}  // namespace

PptShapes ReadPptShapes(std::string_view slide, std::vector<PptText> outline,
                        std::size_t nesting_max) {
  Collector collector(std::move(outline), nesting_max);
  const std::string_view drawing =
      FindRecord(FindRecord(slide, type::kDrawing), type::kArtDrawing);
  collector.Group(FindRecord(drawing, type::kArtGroup), ShapeScale(), 0);
  std::vector<Found>& found = collector.found;
  const auto rest =
      std::stable_partition(found.begin(), found.end(), [](const Found& one) {
        return one.shape.kind == PptShape::Kind::kTitle;
      });
  PptShapes out;
  out.left_out = collector.left_out;
  for (auto title = found.begin(); title != rest; ++title) {
    out.shapes.push_back(std::move(title->shape));
  }
  std::vector<std::optional<ShapeBox>> boxes;
  for (auto one = rest; one != found.end(); ++one) boxes.push_back(one->box);
  for (const std::size_t index : ReadingOrder(boxes)) {
    out.shapes.push_back(
        std::move((rest + static_cast<std::ptrdiff_t>(index))->shape));
  }
  return out;
}

}  // namespace cairn
