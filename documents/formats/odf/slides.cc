#include "documents/formats/odf/slides.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/odf/length.h"
#include "documents/formats/package/shape_order.h"

namespace cairn {
namespace {

std::optional<ShapeBox> PlaceOf(XmlNode shape) {
  ShapeBox box;
  double wide = 0;
  double high = 0;
  if (!OdfLength(AttributeOf(shape, "x"), box.left) ||
      !OdfLength(AttributeOf(shape, "y"), box.top) ||
      !OdfLength(AttributeOf(shape, "width"), wide) ||
      !OdfLength(AttributeOf(shape, "height"), high)) {
    return std::nullopt;
  }
  box.right = box.left + wide;
  box.bottom = box.top + high;
  return box;
}

bool IsFurniture(std::string_view role) {
  return role == "header" || role == "footer" || role == "date-time" ||
         role == "page-number" || role == "page";
}

void WriteNotes(XmlNode notes, OdfWriter& writer, DocumentBuilder& builder) {
  for (const XmlNode frame : notes.children()) {
    if (AttributeOf(frame, "class") != "notes") continue;
    const std::string text = writer.TextOf(frame);
    if (!text.empty()) {
      builder.AddBlock(BlockType::kParagraph, "Notes: " + text);
    }
  }
}

void WritePage(XmlNode page, OdfWriter& writer, DocumentBuilder& builder) {
  std::vector<XmlNode> shapes;
  std::vector<std::optional<ShapeBox>> boxes;
  for (const XmlNode shape : page.children()) {
    if (!IsOdfShape(shape)) continue;
    const std::string_view role = AttributeOf(shape, "class");
    if (IsFurniture(role) || IsTrue(AttributeOf(shape, "placeholder"))) {
      continue;
    }
    if (role == "title") {
      const std::string title = CollapseWhiteSpace(writer.TextOf(shape));
      if (!builder.has_title()) builder.SetTitle(title);
      builder.AddBlock(BlockType::kHeading, title, 1);
      continue;
    }
    shapes.push_back(shape);
    boxes.push_back(PlaceOf(shape));
  }
  for (const std::size_t index : ReadingOrder(boxes)) {
    writer.WriteShape(shapes[index]);
  }
  for (const XmlNode child : page.children()) {
    if (Is(child, "notes")) WriteNotes(child, writer, builder);
    if (Is(child, "annotation")) writer.WriteComment(child, "");
  }
}

}  // namespace

void WriteOdfSlides(XmlNode presentation, const OdfStyles& styles,
                    OdfWriter& writer, DocumentBuilder& builder) {
  std::size_t hidden = 0;
  for (const XmlNode page : presentation.children()) {
    if (!Is(page, "page")) continue;
    builder.BeginPage();
    if (builder.failed()) return;
    if (styles.IsHidden("drawing-page", AttributeOf(page, "style-name"))) {
      ++hidden;
    }
    WritePage(page, writer, builder);
  }
  if (hidden > 0) {
    builder.AddWarning(std::to_string(hidden) +
                       " slides are hidden; they were read too");
  }
}

}  // namespace cairn
