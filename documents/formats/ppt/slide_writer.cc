#include "documents/formats/ppt/slide_writer.h"

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/office97/records.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/table_draft.h"
#include "documents/formats/ppt/record_types.h"
#include "documents/formats/ppt/slide_shapes.h"
#include "documents/formats/ppt/slide_text.h"

namespace cairn {
namespace {

namespace type = ppt_record;

constexpr std::uint16_t kHidden = 4;  // A flag of the slide show.

void WriteText(const PptShape& shape, DocumentBuilder& builder) {
  using Bullet = PptParagraph::Bullet;
  const bool outline = shape.kind == PptShape::Kind::kOutline;
  for (const PptParagraph& paragraph : shape.text.paragraphs) {
    const bool item = paragraph.bullet == Bullet::kShown ||
                      (paragraph.bullet == Bullet::kUnsaid &&
                       (outline || paragraph.level > 0));
    builder.AddBlock(item ? BlockType::kListItem : BlockType::kParagraph,
                     CollapseWhiteSpace(paragraph.text),
                     item ? static_cast<std::uint8_t>(paragraph.level + 1)
                          : std::uint8_t{0});
  }
}

void WriteShape(PptShape shape, DrawingPictures& pictures,
                DocumentBuilder& builder) {
  if (shape.kind == PptShape::Kind::kTitle) {
    const std::string title = CollapseWhiteSpace(shape.text.Joined());
    if (!builder.has_title()) builder.SetTitle(title);
    builder.AddBlock(BlockType::kHeading, title, 1);
  } else if (shape.kind == PptShape::Kind::kTable) {
    WriteTableOrText(std::move(shape.table), builder);
  } else {
    WriteText(shape, builder);
  }
  builder.AddBlock(BlockType::kFigure, shape.description);
  pictures.Add(shape.picture, shape.shown, builder);
}

std::string StringOf(std::string_view comment, std::uint16_t instance) {
  while (const auto record = TakeRecord(comment)) {
    if (record->type == type::kString && record->instance == instance) {
      return WithoutControls(Utf16ToUtf8(record->body));
    }
  }
  return {};
}

void WriteComment(std::string_view comment, DocumentBuilder& builder) {
  const std::string text = CollapseWhiteSpace(StringOf(comment, 1));
  if (text.empty()) return;
  const std::string_view atom = FindRecord(comment, type::kCommentAtom);
  // Behind its number: year, month, day of the week, day.
  char day[32];
  std::snprintf(day, sizeof(day), "%04u-%02u-%02u", U16At(atom, 4),
                U16At(atom, 6), U16At(atom, 10));
  builder.AddBlock(
      BlockType::kParagraph,
      CommentLabel("", StringOf(comment, 0), atom.size() < 12 ? "" : day) +
          ": " + text);
}

// They stand among what PowerPoint 2002 added to the format.
void WriteComments(std::string_view slide, DocumentBuilder& builder) {
  std::string_view tags = FindRecord(slide, type::kTags);
  while (const auto tag = TakeRecord(tags)) {
    if (tag->type != type::kTag) continue;
    std::string_view data = FindRecord(tag->body, type::kTagData);
    while (const auto record = TakeRecord(data)) {
      if (record->type == type::kComment) WriteComment(record->body, builder);
    }
  }
}

}  // namespace

void WritePptSlide(const PptSlide& slide, std::size_t nesting_max,
                   DrawingPictures& pictures, DocumentBuilder& builder,
                   PptWarnings& warnings) {
  const std::string_view show = FindRecord(slide.slide, type::kSlideShow);
  if ((U16At(show, 10) & kHidden) != 0) ++warnings.hidden;
  PptShapes shapes =
      ReadPptShapes(slide.slide, ReadTexts(slide.outline), nesting_max);
  warnings.left_out += shapes.left_out;
  for (PptShape& shape : shapes.shapes) {
    if (builder.failed()) return;
    WriteShape(std::move(shape), pictures, builder);
  }
  const PptShapes notes = ReadPptShapes(slide.notes, {}, nesting_max);
  warnings.left_out += notes.left_out;
  for (const PptShape& shape : notes.shapes) {
    // The others repeat the slide.
    if (shape.kind != PptShape::Kind::kNotes) continue;
    const std::string text = shape.text.Joined();
    if (TrimWhiteSpace(text).empty()) continue;
    builder.AddBlock(BlockType::kParagraph,
                     "Notes: " + std::string(TrimWhiteSpace(text)));
  }
  WriteComments(slide.slide, builder);
}

}  // namespace cairn
