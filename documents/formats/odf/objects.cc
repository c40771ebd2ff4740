#include "documents/formats/odf/objects.h"

#include "documents/document_builder.h"

namespace cairn {
namespace {

XmlNode ChartOf(XmlNode root) {
  return ChildOf(ChildAt(root, "body", "chart"), "chart");
}

// The source that the formula editor keeps reads better than its symbols.
void AddSymbols(XmlNode node, std::string& out) {
  for (const XmlNode child : node.children()) {
    if (Is(child, "annotation")) continue;
    if (LocalName(child).empty()) {
      out += child.value();
    } else {
      AddSymbols(child, out);
      out.push_back(' ');
    }
  }
}

}  // namespace

XmlNode ChartTable(XmlNode object_root) {
  return ChildOf(ChartOf(object_root), "table");
}

std::string ChartTitle(XmlNode object_root) {
  return CollapseWhiteSpace(AllText(ChildOf(ChartOf(object_root), "title")));
}

std::string FormulaText(XmlNode object_root) {
  if (!Is(object_root, "math")) return {};
  if (const XmlNode source = FindBelow(object_root, "annotation")) {
    return CollapseWhiteSpace(AllText(source));
  }
  std::string out;
  AddSymbols(object_root, out);
  return CollapseWhiteSpace(out);
}

}  // namespace cairn
