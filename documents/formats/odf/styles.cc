#include "documents/formats/odf/styles.h"
#include "text/utf8.h"

#include <cstddef>
#include <utility>

namespace cairn {
namespace {

constexpr int kAncestorsMax = 20;

std::string KeyOf(std::string_view family, std::string_view name) {
  return std::string(family) + ":" + std::string(name);
}

// "preformatted text" of "Preformatted_20_Text".
std::string Plain(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i, 4) == "_20_") {
      out.push_back(' ');
      i += 3;
    } else {
      out.push_back(AsciiLower(name[i]));
    }
  }
  return out;
}

bool HidesItsUsers(XmlNode style) {
  for (const XmlNode properties : style.children()) {
    if (AttributeOf(properties, "display") == "false" ||
        AttributeOf(properties, "visibility") == "hidden") {
      return true;
    }
  }
  return false;
}

// "super 58%" or "33% 58%".
bool RaisesItsText(XmlNode style) {
  const std::string_view place =
      AttributeOf(ChildOf(style, "text-properties"), "text-position");
  return place.starts_with("super") ||
         NumberOf(place.substr(0, place.find('%')), 0) > 0;
}

}  // namespace

OdfStyles::OdfStyles(const std::vector<XmlNode>& roots) {
  for (const XmlNode root : roots) {
    for (const std::string_view group : {"automatic-styles", "styles"}) {
      for (const XmlNode node : ChildOf(root, group).children()) {
        if (!Is(node, "style")) continue;
        Style style;
        style.parent = AttributeOf(node, "parent-style-name");
        style.hidden = HidesItsUsers(node);
        style.raised = RaisesItsText(node);
        styles_.emplace(
            KeyOf(AttributeOf(node, "family"), AttributeOf(node, "name")),
            std::move(style));
      }
    }
  }
}

template <typename Predicate>
bool OdfStyles::AnyAncestor(std::string_view name, Predicate holds) const {
  std::string at(name);
  for (int i = 0; i < kAncestorsMax && !at.empty(); ++i) {
    if (holds(Plain(at))) return true;
    const auto found = styles_.find(KeyOf("paragraph", at));
    if (found == styles_.end()) return false;
    at = found->second.parent;
  }
  return false;
}

bool OdfStyles::IsTitle(std::string_view name) const {
  return AnyAncestor(name,
                     [](const std::string& plain) { return plain == "title"; });
}

bool OdfStyles::IsCode(std::string_view name) const {
  return AnyAncestor(name, [](const std::string& plain) {
    return plain == "preformatted text" || plain == "source code" ||
           plain == "code" || plain == "html preformatted";
  });
}

bool OdfStyles::IsRaised(std::string_view text_style) const {
  const auto found = styles_.find(KeyOf("text", text_style));
  return found != styles_.end() && found->second.raised;
}

bool OdfStyles::IsHidden(std::string_view family, std::string_view name) const {
  const auto found = styles_.find(KeyOf(family, name));
  return found != styles_.end() && found->second.hidden;
}

}  // namespace cairn
