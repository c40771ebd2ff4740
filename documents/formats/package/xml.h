// Xml: foreign XML to a tree, within limits, and short ways to read it.
//
// Place: under the formats that are packages of XML. Names are compared
// without their namespace prefix, since producers choose prefixes freely.
// Document types are skipped: no entity of theirs is ever expanded, nothing
// outside the bytes is ever read. The text of the tree is valid UTF-8 without
// control characters, whatever the references in it ask for.
// Memory: the decoded text and at most kXmlTreeBytesMax of tree.
// Threads: none; one parse owns a tree.
// Errors: INVALID_ARGUMENT with XML_TOO_DEEP, XML_TOO_LARGE, DAMAGED_XML (not
// even a root element). What stands before a syntax error is kept, with
// `damage` saying what was wrong.
// Library: pugixml, which the formats use through the names here.
#pragma once

#include <cstddef>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"

namespace cairn {

using XmlNode = pugi::xml_node;

inline constexpr std::size_t kXmlTreeBytesMax = std::size_t{512} << 20;

struct XmlDocument {
  std::string text;  // The tree points into it.
  pugi::xml_document tree;
  std::string damage;  // Empty: well-formed.

  XmlNode root() const { return tree.document_element(); }
};

enum class XmlSpace {
  kData,   // White space alone between elements means nothing.
  kMixed,  // Text stands beside elements, and every space counts.
};

// `part`: the name for messages.
StatusOr<std::unique_ptr<XmlDocument>> LoadXml(std::string bytes,
                                               std::string_view part,
                                               XmlSpace space,
                                               const Limits& limits);

// "p" of "w:p"; empty for what is no element.
std::string_view LocalName(XmlNode node);
inline bool Is(XmlNode node, std::string_view local) {
  return LocalName(node) == local;
}

// The first child element of that name; false when none.
XmlNode ChildOf(XmlNode node, std::string_view local);
// The child of the child...; false when a step is missing.
XmlNode ChildAt(XmlNode node, std::string_view first, std::string_view second);
// The first element of that name below, in document order.
XmlNode FindBelow(XmlNode node, std::string_view local);

// The value of an attribute by its name without prefix; empty when absent.
std::string_view AttributeOf(XmlNode node, std::string_view local);
bool HasAttribute(XmlNode node, std::string_view local);
// The value of an attribute that has a prefix: "r:id", beside a plain "id".
std::string_view PrefixedAttributeOf(XmlNode node, std::string_view local);
// A whole number, clamped; `otherwise` when it is none.
int NumberOf(std::string_view text, int otherwise);
// "1", "true", "on".
bool IsTrue(std::string_view text);

// All text below, as it stands.
std::string AllText(XmlNode node);

}  // namespace cairn
