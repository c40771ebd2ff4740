// DocxStyles: what the styles of a document say about its paragraphs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "documents/formats/package/xml.h"

namespace cairn {

// What a style or a paragraph says of itself; -1: nothing.
struct ParagraphStyle {
  int outline_level = -1;  // From 0; 9: body text.
  int list = -1;           // A numId; 0: none, whatever is inherited.
  int list_level = -1;     // From 0.
  bool title = false;
  bool code = false;
};

// Whether a w:tblPr, or that of a style, draws lines between rows; nothing when
// it does not say.
std::optional<bool> DrawsRowsOf(XmlNode table_properties);

// Of a w:pPr.
ParagraphStyle ReadParagraphProperties(XmlNode properties);

class DocxStyles {
 public:
  // `styles`: the root of styles.xml; false: there is none.
  explicit DocxStyles(XmlNode styles);

  // Own and inherited; for an unknown id what the id itself suggests.
  ParagraphStyle Of(std::string_view id) const;
  // A table style that draws lines between rows, itself or an ancestor.
  bool DrawsRows(std::string_view table_style) const;

 private:
  struct TableStyle {
    std::string based_on;
    bool says = false, draws_rows = false;
  };
  struct Style {
    std::string name;  // Lower case.
    std::string based_on;
    ParagraphStyle own;
  };
  std::unordered_map<std::string, Style> styles_;
  std::unordered_map<std::string, TableStyle> table_styles_;
  std::string default_;  // Id of the default paragraph style.
};

}  // namespace cairn
