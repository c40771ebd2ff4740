#include "documents/formats/pptx/slide_shapes.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/ooxml/chart.h"
#include "documents/formats/ooxml/opc_package.h"
#include "documents/formats/package/shape_order.h"

namespace cairn {
namespace {

constexpr std::size_t kShapesMax = 20'000;  // Of one slide.

// From the coordinates inside a group to those of the slide.
struct Scale {
  double x = 0, y = 0, wide = 1, high = 1;
};

struct Found {
  SlideShape shape;
  ShapeBox box;
  bool placed = false;
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

bool Place(XmlNode shape, const Scale& scale, ShapeBox& box) {
  const XmlNode transform = TransformOf(shape);
  const XmlNode offset = ChildOf(transform, "off");
  const XmlNode extent = ChildOf(transform, "ext");
  if (!offset || !extent) return false;
  box.left = scale.x + Coordinate(offset, "x") * scale.wide;
  box.top = scale.y + Coordinate(offset, "y") * scale.high;
  box.right = box.left + Coordinate(extent, "cx") * scale.wide;
  box.bottom = box.top + Coordinate(extent, "cy") * scale.high;
  return true;
}

Scale Inside(XmlNode group, const Scale& scale) {
  const XmlNode transform = TransformOf(group);
  const XmlNode inner = ChildOf(transform, "chExt");
  ShapeBox box;
  if (!inner || !Place(group, scale, box)) return scale;
  const double wide = Coordinate(inner, "cx");
  const double high = Coordinate(inner, "cy");
  if (wide <= 0 || high <= 0) return scale;
  Scale out;
  out.wide = (box.right - box.left) / wide;
  out.high = (box.bottom - box.top) / high;
  const XmlNode origin = ChildOf(transform, "chOff");
  out.x = box.left - Coordinate(origin, "x") * out.wide;
  out.y = box.top - Coordinate(origin, "y") * out.high;
  return out;
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

bool ShowsSomething(const SlideShape& shape) {
  if (Is(shape.node, "graphicFrame")) return true;
  return !AlternativeText(shape.node).empty() ||
         !PictureOf(shape.node).empty() ||
         !TrimWhiteSpace(DrawingText(ChildOf(shape.node, "txBody"))).empty();
}

class Collector {
 public:
  explicit Collector(XmlNode layout) : layout_(layout) {}

  void Collect(XmlNode tree, const Scale& scale) {
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
  void Add(XmlNode node, const Scale& scale) {
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
    one.placed = Place(node, scale, one.box);
    if (!one.placed && one.shape.layout) {
      one.placed = Place(one.shape.layout, Scale(), one.box);
    }
    one.shape.shown = {(one.box.right - one.box.left) / kEmusPerPoint,
                       (one.box.bottom - one.box.top) / kEmusPerPoint};
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
  collector.Collect(ChildAt(slide, "cSld", "spTree"), Scale());
  std::vector<Found>& found = collector.found;
  std::stable_partition(found.begin(), found.end(),
                        [](const Found& one) { return IsTitle(one.shape); });
  std::vector<SlideShape> out;
  std::vector<ShapeBox> boxes;
  std::vector<SlideShape> rest;
  bool all_placed = true;
  for (Found& one : found) {
    if (IsTitle(one.shape)) {
      out.push_back(std::move(one.shape));
      continue;
    }
    all_placed = all_placed && one.placed;
    boxes.push_back(one.box);
    rest.push_back(std::move(one.shape));
  }
  if (!all_placed) {
    // Some place is unknown: the order of the file.
    std::move(rest.begin(), rest.end(), std::back_inserter(out));
    return out;
  }
  for (const std::size_t index : ReadingOrder(boxes)) {
    out.push_back(std::move(rest[index]));
  }
  return out;
}

}  // namespace cairn
