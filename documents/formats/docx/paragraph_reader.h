// ParagraphReader: what stands in a paragraph of a Word document.
//
// Life cycle: one document, its paragraphs in reading order, since a field may
// begin in one paragraph and end in another.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/figures/figure_pictures.h"
#include "documents/formats/ooxml/opc_package.h"
#include "documents/formats/package/xml.h"

namespace cairn {

enum class NoteKind { kFootnote, kEndnote, kComment };

struct NoteReference {
  NoteKind kind = NoteKind::kFootnote;
  std::string id;
};

// An alternative text, or the picture that it is of, which follows it.
struct DocxFigure {
  std::string text;
  std::string picture;  // A relationship id.
  ShownSize shown;
};

struct ParagraphContent {
  std::string text;  // Breaks as '\n', white space as it stands.
  std::vector<NoteReference> notes;
  std::vector<XmlNode> boxes;  // w:txbxContent, to be read after the paragraph.
  std::vector<DocxFigure> figures;
  std::vector<std::string> charts;    // Relationship ids.
  std::vector<std::string> diagrams;  // Relationship ids of SmartArt data.
};

enum class PageNumbers { kShown, kDropped };

class ParagraphReader {
 public:
  explicit ParagraphReader(PageNumbers page_numbers = PageNumbers::kShown)
      : page_numbers_(page_numbers) {}

  // Any element that holds inline content: w:p, w:r, w:hyperlink, ...
  ParagraphContent Read(XmlNode paragraph);

  std::size_t deletions() const { return deletions_; }
  std::size_t hidden() const { return hidden_; }
  // Numbers of pages that were dropped.
  std::size_t dropped_numbers() const { return dropped_numbers_; }

 private:
  struct Field {
    std::string instruction;
    bool past_instruction = false;
    bool dropped = false;
  };
  void Inline(XmlNode node, ParagraphContent& out);
  void Run(XmlNode run, ParagraphContent& out);
  void RunPart(XmlNode node, ParagraphContent& out);
  void Drawing(XmlNode node, ShownSize shown, ParagraphContent& out);
  void FieldBorder(XmlNode node);
  // Nothing is shown of instructions and of fields that are dropped.
  bool InInstruction() const;
  bool IsDropped(std::string_view instruction);

  PageNumbers page_numbers_;
  std::vector<Field> fields_;  // Open ones.
  std::size_t deletions_ = 0, hidden_ = 0, dropped_numbers_ = 0;
};

}  // namespace cairn
