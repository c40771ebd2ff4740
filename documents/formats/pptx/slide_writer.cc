#include "documents/formats/pptx/slide_writer.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "documents/formats/ooxml/chart.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/table_draft.h"
#include "documents/formats/pptx/slide_shapes.h"

namespace cairn {
namespace {

TableDraft ReadSlideTable(XmlNode node) {
  TableDraft table;
  for (const XmlNode row : node.children()) {
    if (!Is(row, "tr")) continue;
    table.rows.emplace_back();
    std::uint32_t column = 0;
    for (const XmlNode cell : row.children()) {
      if (!Is(cell, "tc")) continue;
      // Covered by a cell at the left or above.
      if (!IsTrue(AttributeOf(cell, "hMerge")) &&
          !IsTrue(AttributeOf(cell, "vMerge"))) {
        const auto span = [&](std::string_view name) {
          return static_cast<std::uint32_t>(
              std::max(NumberOf(AttributeOf(cell, name), 1), 1));
        };
        table.rows.back().push_back(
            {.text = DrawingText(ChildOf(cell, "txBody")),
             .column = column,
             .row_span = span("rowSpan"),
             .column_span = span("gridSpan")});
      }
      ++column;
    }
  }
  if (IsTrue(AttributeOf(ChildOf(node, "tblPr"), "firstRow"))) {
    table.header_rows = 1;
  }
  return table;
}

// What a paragraph, or the level of its placeholder, says about bullets.
enum class Bullet { kUnsaid, kNone, kShown };

Bullet BulletOf(XmlNode properties) {
  if (ChildOf(properties, "buNone")) return Bullet::kNone;
  if (ChildOf(properties, "buChar") || ChildOf(properties, "buAutoNum") ||
      ChildOf(properties, "buBlip")) {
    return Bullet::kShown;
  }
  return Bullet::kUnsaid;
}

class Writer {
 public:
  Writer(OpcPackage& package, const std::string& part,
         const CommentAuthors& authors, FigurePictures& pictures,
         DocumentBuilder& builder)
      : package_(package),
        authors_(authors),
        pictures_(pictures),
        builder_(builder),
        relationships_(package.RelationshipsOf(part)) {}

  void Run(XmlNode slide) {
    const auto layout =
        package_.LoadIfAny(TargetOfType(relationships_, "slideLayout"));
    for (const SlideShape& shape :
         ReadShapes(slide, layout == nullptr ? XmlNode() : layout->root())) {
      if (builder_.failed()) return;
      Shape(shape);
    }
    Notes();
    Comments();
  }

 private:
  void Shape(const SlideShape& shape) {
    if (Is(shape.node, "graphicFrame")) return Frame(shape);
    const XmlNode body = ChildOf(shape.node, "txBody");
    if (IsTitle(shape)) {
      const std::string title = CollapseWhiteSpace(DrawingText(body));
      if (!builder_.has_title()) builder_.SetTitle(title);
      builder_.AddBlock(BlockType::kHeading, title, 1);
    } else {
      Text(shape, body);
    }
    builder_.AddBlock(BlockType::kFigure, AlternativeText(shape.node));
    Picture(shape.node, shape.shown);
  }

  void Picture(XmlNode shape, const ShownSize& shown) {
    const auto found = relationships_.find(PictureOf(shape));
    if (found == relationships_.end() || found->second.external) return;
    pictures_.Add(found->second.target, shown, builder_);
  }

  void Text(const SlideShape& shape, XmlNode body) {
    const bool outline =
        shape.placeholder == "body" || shape.placeholder == "obj";
    const XmlNode levels = ChildAt(shape.layout, "txBody", "lstStyle");
    for (const XmlNode paragraph : body.children()) {
      if (!Is(paragraph, "p")) continue;
      const XmlNode properties = ChildOf(paragraph, "pPr");
      const int level =
          std::clamp(NumberOf(AttributeOf(properties, "lvl"), 0), 0, 8);
      const std::string name = "lvl" + std::to_string(level + 1) + "pPr";
      Bullet bullet = BulletOf(properties);
      if (bullet == Bullet::kUnsaid) {
        bullet = BulletOf(ChildOf(ChildOf(body, "lstStyle"), name));
      }
      if (bullet == Bullet::kUnsaid) {
        bullet = BulletOf(ChildOf(levels, name));
      }
      const bool item = bullet == Bullet::kShown ||
                        (bullet == Bullet::kUnsaid && (outline || level > 0));
      builder_.AddBlock(
          item ? BlockType::kListItem : BlockType::kParagraph,
          CollapseWhiteSpace(DrawingParagraph(paragraph)),
          item ? static_cast<std::uint8_t>(level + 1) : std::uint8_t{0});
    }
  }

  void Frame(const SlideShape& frame) {
    const XmlNode data = ChildAt(frame.node, "graphic", "graphicData");
    const std::string text = AlternativeText(frame.node);
    XmlNode picture;
    if (const XmlNode table = ChildOf(data, "tbl")) {
      WriteTableOrText(ReadSlideTable(table), builder_);
    } else if (const XmlNode chart = ChildOf(data, "chart")) {
      Chart(PrefixedAttributeOf(chart, "id"));
    } else if (const XmlNode diagram = ChildOf(data, "relIds")) {
      Diagram(PrefixedAttributeOf(diagram, "dm"));
    } else {
      picture = FindBelow(data, "pic");
      if (text.empty()) {
        builder_.AddBlock(BlockType::kFigure, AlternativeText(picture));
      }
    }
    builder_.AddBlock(BlockType::kFigure, text);
    Picture(picture, frame.shown);
  }

  void Chart(std::string_view id) {
    const auto part = PartOf(id);
    if (part == nullptr) return;
    TableDraft table = ReadChart(part->root());
    if (table.rows.empty()) {
      builder_.AddBlock(BlockType::kFigure, table.caption);
    } else {
      WriteTable(std::move(table), builder_);
    }
  }

  void Diagram(std::string_view id) {
    const auto part = PartOf(id);
    if (part == nullptr) return;
    for (const std::string& line : ReadDiagram(part->root())) {
      builder_.AddBlock(BlockType::kListItem, CollapseWhiteSpace(line), 1);
    }
  }

  std::unique_ptr<XmlDocument> PartOf(std::string_view id) {
    const auto found = relationships_.find(id);
    if (found == relationships_.end()) return nullptr;
    return package_.LoadIfAny(found->second.target);
  }

  void Notes() {
    const auto part =
        package_.LoadIfAny(TargetOfType(relationships_, "notesSlide"));
    if (part == nullptr) return;
    for (const SlideShape& shape : ReadShapes(part->root(), XmlNode())) {
      // The others repeat the slide.
      if (shape.placeholder != "body") continue;
      const std::string text = DrawingText(ChildOf(shape.node, "txBody"));
      builder_.AddBlock(BlockType::kParagraph,
                        "Notes: " + std::string(TrimWhiteSpace(text)));
    }
  }

  void Comments() {
    for (const auto& [id, relationship] : relationships_) {
      if (relationship.type != "comments") continue;
      const auto part = package_.LoadIfAny(relationship.target);
      if (part == nullptr) continue;
      for (const XmlNode comment : part->root().children()) Comment(comment);
    }
  }

  void Comment(XmlNode comment) {
    if (!Is(comment, "cm") && !Is(comment, "reply")) return;
    std::string text = AllText(ChildOf(comment, "text"));
    if (text.empty()) text = DrawingText(ChildOf(comment, "txBody"));
    text = CollapseWhiteSpace(text);
    if (!text.empty()) {
      const auto author = authors_.find(AttributeOf(comment, "authorId"));
      std::string_view time = AttributeOf(comment, "dt");
      if (time.empty()) time = AttributeOf(comment, "created");
      builder_.AddBlock(
          BlockType::kParagraph,
          CommentLabel(
              "",
              author == authors_.end() ? std::string_view() : author->second,
              time) +
              ": " + text);
    }
    for (const XmlNode reply : ChildOf(comment, "replyLst").children()) {
      Comment(reply);
    }
  }

  OpcPackage& package_;
  const CommentAuthors& authors_;
  FigurePictures& pictures_;
  DocumentBuilder& builder_;
  Relationships relationships_;
};

}  // namespace

void WriteSlide(OpcPackage& package, const std::string& part, XmlNode slide,
                const CommentAuthors& authors, FigurePictures& pictures,
                DocumentBuilder& builder) {
  Writer(package, part, authors, pictures, builder).Run(slide);
}

}  // namespace cairn
