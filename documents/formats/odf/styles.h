// OdfStyles: what the styles of an OpenDocument file say of their users.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/formats/package/xml.h"

namespace cairn {

class OdfStyles {
 public:
  // `roots`: elements that hold office:styles or office:automatic-styles.
  explicit OdfStyles(const std::vector<XmlNode>& roots);

  // Of a paragraph style or one of its ancestors.
  bool IsTitle(std::string_view name) const;
  bool IsCode(std::string_view name) const;
  // A style of text above the line.
  bool IsRaised(std::string_view text_style) const;
  // A sheet or a slide that is not shown. `family`: "table", "drawing-page".
  bool IsHidden(std::string_view family, std::string_view name) const;

 private:
  struct Style {
    std::string parent;
    bool hidden = false, raised = false;
  };
  template <typename Predicate>
  bool AnyAncestor(std::string_view name, Predicate holds) const;

  std::unordered_map<std::string, Style> styles_;  // By family and name.
};

}  // namespace cairn
