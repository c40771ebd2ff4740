#include "documents/formats/office97/drawing.h"

#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::uint16_t kGroup = 0xf003;
constexpr std::uint16_t kShape = 0xf004;
constexpr std::uint16_t kShapeHead = 0xf00a;

// Properties.
constexpr std::uint16_t kPicture = 0x104;
constexpr std::uint16_t kFileName = 0x105;
constexpr std::uint16_t kDescription = 0x381;

class Collector {
 public:
  explicit Collector(std::size_t nesting_max) : nesting_max_(nesting_max) {}

  // `group`: its own shape, then what it holds. `id`: of the outermost group;
  // 0: this is the drawing itself, whose shapes have their own.
  void Group(std::string_view group, std::uint32_t id, std::size_t depth) {
    if (depth >= nesting_max_) {
      ++out.left_out;
      return;
    }
    bool head = true;
    while (const auto record = TakeRecord(group)) {
      if (record->type == kShape && !(head && depth == 0)) {
        Shape(record->body, id);
      } else if (record->type == kGroup) {
        std::string_view rest = record->body;
        const auto own = TakeRecord(rest);
        Group(record->body, id != 0 || !own.has_value() ? id : IdOf(own->body),
              depth + 1);
      }
      head = false;
    }
  }

  Drawing out;

 private:
  static std::uint32_t IdOf(std::string_view shape) {
    return U32At(FindRecord(shape, kShapeHead), 0);
  }

  void Shape(std::string_view shape, std::uint32_t id) {
    DrawnShape one = ReadDrawnShape(shape);
    if (one.picture == 0 && one.description.empty()) return;
    if (out.shapes.size() >= kDrawnShapesMax) {
      ++out.left_out;
      return;
    }
    one.id = id != 0 ? id : IdOf(shape);
    out.shapes.push_back(std::move(one));
  }

  std::size_t nesting_max_;
};

}  // namespace

std::string DescriptionOf(const ShapeProperties& shape) {
  std::string text = CollapseWhiteSpace(shape.Text(kDescription));
  if (text.empty()) return text;
  const std::string path = shape.Text(kFileName);
  const std::size_t slash = path.find_last_of("/\\");
  const std::string file =
      path.substr(slash == std::string::npos ? 0 : slash + 1);
  // With or without its ending.
  if (text == file || text == file.substr(0, file.rfind('.'))) text.clear();
  return text;
}

DrawnShape ReadDrawnShape(std::string_view shape) {
  const ShapeProperties properties(shape);
  return {.picture = properties.Number(kPicture),
          .description = DescriptionOf(properties)};
}

Drawing ReadDrawing(std::string_view drawing, std::size_t nesting_max) {
  Collector collector(nesting_max);
  collector.Group(FindRecord(drawing, kGroup), 0, 0);
  return std::move(collector.out);
}

}  // namespace cairn
