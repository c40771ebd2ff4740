// ParagraphReader: what stands in a paragraph of a Word document.
//
// Life cycle: one document, its paragraphs in reading order, since a field may
// begin in one paragraph and end in another.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/ooxml/opc_package.h"
#include "documents/formats/package/xml.h"

namespace cairn {

enum class NoteKind { kFootnote, kEndnote, kComment };

struct NoteReference {
  NoteKind kind = NoteKind::kFootnote;
  std::string id;
};

struct ParagraphContent {
  std::string text;  // Breaks as '\n', white space as it stands.
  std::vector<NoteReference> notes;
  std::vector<XmlNode> boxes;  // w:txbxContent, to be read after the paragraph.
  std::vector<std::string> figures;   // Alternative texts.
  std::vector<std::string> charts;    // Relationship ids.
  std::vector<std::string> diagrams;  // Relationship ids of SmartArt data.
};

class ParagraphReader {
 public:
  // Any element that holds inline content: w:p, w:r, w:hyperlink, ...
  ParagraphContent Read(XmlNode paragraph);

  std::size_t deletions() const { return deletions_; }
  std::size_t hidden() const { return hidden_; }

 private:
  void Inline(XmlNode node, ParagraphContent& out);
  void Run(XmlNode run, ParagraphContent& out);
  void RunPart(XmlNode node, ParagraphContent& out);
  void Drawing(XmlNode node, ParagraphContent& out);
  void FieldBorder(XmlNode node);
  bool InInstruction() const;

  std::vector<bool> fields_;  // Open ones; true: past its instruction.
  std::size_t deletions_ = 0, hidden_ = 0;
};

}  // namespace cairn
