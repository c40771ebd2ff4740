#include "documents/formats/pptx/slide_shapes.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/ooxml/chart.h"
#include "documents/formats/ooxml/opc_package.h"
#include "documents/formats/package/shape_order.h"

namespace cairn {
namespace {

constexpr std::size_t kShapesMax = 20'000;  // Of one slide.

struct Found {
  SlideShape shape;
  std::optional<ShapeBox> box;  // On the slide.
};

XmlNode NonVisual(XmlNode shape) {
  for (const XmlNode child : shape.children()) {
    if (LocalName(child).starts_with("nv")) return child;
  }
  return {};
}

XmlNode PlaceholderOf(XmlNode shape) {
  return ChildAt(NonVisual(shape), "nvPr", "ph");
}

XmlNode TransformOf(XmlNode shape) {
  if (const XmlNode own = ChildOf(shape, "xfrm")) return own;
  if (const XmlNode group = ChildAt(shape, "grpSpPr", "xfrm")) return group;
  return ChildAt(shape, "spPr", "xfrm");
}

double Coordinate(XmlNode node, std::string_view name) {
  return NumberOf(AttributeOf(node, name), 0);
}

ShapeBox BoxOf(XmlNode offset, XmlNode extent) {
  const double left = Coordinate(offset, "x");
  const double top = Coordinate(offset, "y");
  return {left, top, left + Coordinate(extent, "cx"),
          top + Coordinate(extent, "cy")};
}

// In the coordinates of what holds it.
std::optional<ShapeBox> OwnBox(XmlNode shape) {
  const XmlNode transform = TransformOf(shape);
  const XmlNode offset = ChildOf(transform, "off");
  const XmlNode extent = ChildOf(transform, "ext");
  if (!offset || !extent) return std::nullopt;
  return BoxOf(offset, extent);
}

ShapeScale Inside(XmlNode group, const ShapeScale& scale) {
  const XmlNode transform = TransformOf(group);
  const std::optional<ShapeBox> own = OwnBox(group);
  if (!own.has_value()) return scale;
  return scale.Inside(
      *own, BoxOf(ChildOf(transform, "chOff"), ChildOf(transform, "chExt")));
}

// By the number that both carry, else by the type.
XmlNode LayoutPlaceholder(XmlNode tree, XmlNode placeholder) {
  const std::string_view index = AttributeOf(placeholder, "idx");
  const std::string_view type = AttributeOf(placeholder, "type");
  XmlNode by_type;
  for (const XmlNode shape : tree.children()) {
    const XmlNode other = PlaceholderOf(shape);
    if (!other) continue;
    if (!index.empty() && AttributeOf(other, "idx") == index) return shape;
    if (!by_type && !type.empty() && AttributeOf(other, "type") == type) {
      by_type = shape;
    }
  }
  return by_type;
}

bool HasText(const SlideShape& shape) {
  return Is(shape.node, "graphicFrame") ||
         !AlternativeText(shape.node).empty() ||
         !TrimWhiteSpace(DrawingText(ChildOf(shape.node, "txBody"))).empty();
}

bool ShowsSomething(const SlideShape& shape) {
  return HasText(shape) || !PictureOf(shape.node).empty();
}

class Collector {
 public:
  explicit Collector(XmlNode layout) : layout_(layout) {}

  void Collect(XmlNode tree, const ShapeScale& scale) {
    for (const XmlNode child : tree.children()) {
      if (found.size() >= kShapesMax) return;
      const std::string_view name = LocalName(child);
      if (name == "AlternateContent") {
        Collect(PreferredContent(child), scale);
      } else if (name == "grpSp") {
        Collect(child, Inside(child, scale));
      } else if (name == "sp" || name == "pic" || name == "graphicFrame" ||
                 name == "cxnSp") {
        Add(child, scale);
      }
    }
  }

  std::vector<Found> found;

 private:
  void Add(XmlNode node, const ShapeScale& scale) {
    Found one;
    one.shape.node = node;
    if (const XmlNode placeholder = PlaceholderOf(node)) {
      one.shape.placeholder = AttributeOf(placeholder, "type");
      if (one.shape.placeholder.empty()) one.shape.placeholder = "obj";
      one.shape.layout = LayoutPlaceholder(layout_, placeholder);
    }
    const std::string& kind = one.shape.placeholder;
    if (kind == "dt" || kind == "ftr" || kind == "sldNum" || kind == "hdr" ||
        !ShowsSomething(one.shape)) {
      return;
    }
    one.box = OwnBox(node);
    if (one.box.has_value()) {
      one.box = scale.OnSlide(*one.box);
    } else if (one.shape.layout) {
      one.box = OwnBox(one.shape.layout);
    }
    if (one.box.has_value()) {
      one.shape.shown = {(one.box->right - one.box->left) / kEmusPerPoint,
                         (one.box->bottom - one.box->top) / kEmusPerPoint};
    }
    found.push_back(std::move(one));
  }

  XmlNode layout_;
};

}  // namespace

bool IsTitle(const SlideShape& shape) {
  return shape.placeholder == "title" || shape.placeholder == "ctrTitle";
}

std::string AlternativeText(XmlNode shape) {
  return CollapseWhiteSpace(
      AttributeOf(ChildOf(NonVisual(shape), "cNvPr"), "descr"));
}

std::string_view PictureOf(XmlNode shape) {
  XmlNode fill = ChildOf(shape, "blipFill");
  if (!fill) fill = ChildAt(shape, "spPr", "blipFill");
  return AttributeOf(ChildOf(fill, "blip"), "embed");
}

std::vector<SlideShape> ReadShapes(XmlNode slide, XmlNode layout) {
  Collector collector(ChildAt(layout, "cSld", "spTree"));
  collector.Collect(ChildAt(slide, "cSld", "spTree"), ShapeScale());
  std::vector<Found>& found = collector.found;
  std::stable_partition(found.begin(), found.end(),
                        [](const Found& one) { return IsTitle(one.shape); });
  std::vector<SlideShape> out, rest, pictures;
  std::vector<std::optional<ShapeBox>> boxes;
  for (Found& one : found) {
    if (IsTitle(one.shape)) {
      out.push_back(std::move(one.shape));
    } else if (!HasText(one.shape)) {
      // It may lie behind everything: it must not join or part columns.
      pictures.push_back(std::move(one.shape));
    } else {
      boxes.push_back(one.box);
      rest.push_back(std::move(one.shape));
    }
  }
  for (const std::size_t index : ReadingOrder(boxes)) {
    out.push_back(std::move(rest[index]));
  }
  std::move(pictures.begin(), pictures.end(), std::back_inserter(out));
  return out;
}

}  // namespace cairn
