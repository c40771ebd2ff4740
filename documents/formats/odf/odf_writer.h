// OdfWriter: the content of OpenDocument texts, and of boxes anywhere, to
// blocks.
//
// Life cycle: one document; Write for each piece in reading order, Warn at the
// end.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/figures/figure_pictures.h"
#include "documents/formats/odf/inline_text.h"
#include "documents/formats/odf/numbering.h"
#include "documents/formats/odf/odf_package.h"
#include "documents/formats/odf/styles.h"
#include "documents/formats/odf/tables.h"

namespace cairn {

class OdfWriter final : public OdfCellText {
 public:
  OdfWriter(OdfPackage& package, const OdfStyles& styles, const Limits& limits,
            FigurePictures& pictures, DocumentBuilder& builder)
      : package_(package),
        pictures_(pictures),
        styles_(styles),
        numbering_(package.style_roots()),
        limits_(limits),
        builder_(builder) {}

  // What stands on every page, once.
  void WriteMargins();
  // Every block below `node`.
  void Write(XmlNode node);
  void WriteShape(XmlNode shape);
  // "Comment on B7 by Ada, 2024-03-05: ..."; `place`: empty, or where it
  // stands.
  void WriteComment(XmlNode annotation, const std::string& place);
  // All text of a box in lines, without what hangs on it.
  std::string TextOf(XmlNode node);
  std::string CellText(XmlNode cell) override;
  void Warn();

  std::size_t repetitions_cut = 0;

 private:
  void Blocks(XmlNode node, int list_level);
  void Block(XmlNode node, int list_level);
  void Item(XmlNode item, int list_level, bool numbered);
  void Paragraph(XmlNode node, int list_level, bool is_item);
  void Heading(XmlNode node);
  void Hanging(const OdfContent& content);
  void Note(XmlNode note);
  void Frame(XmlNode frame);
  void Pictures(XmlNode frame);
  void Object(XmlNode object);
  void Table(XmlNode table);
  void AddLines(XmlNode node, std::string& out);
  void FlushCode();

  OdfPackage& package_;
  FigurePictures& pictures_;
  const OdfStyles& styles_;
  OdfNumbering numbering_;
  const Limits& limits_;
  DocumentBuilder& builder_;
  std::string label_;                // Of the list item that begins.
  std::string code_;                 // Lines of code so far.
  std::vector<OdfContent> waiting_;  // What hangs on cells.
  bool in_note_ = false;
  int nested_tables_ = 0;
  std::size_t footnotes_ = 0, endnotes_ = 0, deletions_ = 0, contents_ = 0;
};

}  // namespace cairn
