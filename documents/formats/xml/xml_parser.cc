#include "documents/formats/xml/xml_parser.h"

#include <string>
#include <string_view>
#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/json/json_parser.h"
#include "documents/formats/xml/jats_writer.h"
#include "documents/formats/xml/xml_tree.h"
#include "documents/text_input.h"

namespace cairn {
namespace {

using NodeKind = JsonNode::Kind;

// Text between the elements, not only white space: running text.
bool IsMixed(const XmlTree& tree, const XmlNode& element) {
  for (const std::uint32_t child : element.children) {
    const XmlNode& node = tree.node(child);
    if (node.name.empty() && !TrimWhiteSpace(node.text).empty()) return true;
  }
  return false;
}

JsonNode Scalar(std::string_view key, std::string text) {
  JsonNode node;
  node.kind = NodeKind::kString;
  node.key = key;
  node.text = std::move(text);
  return node;
}

// Neighbours of one name become one array.
void AddMember(JsonNode member, JsonNode& parent) {
  if (parent.children.empty() || parent.children.back().key != member.key) {
    parent.children.push_back(std::move(member));
    return;
  }
  JsonNode& last = parent.children.back();
  if (last.kind != NodeKind::kArray) {
    JsonNode array;
    array.kind = NodeKind::kArray;
    array.key = last.key;
    last.key.clear();
    array.children.push_back(std::move(last));
    last = std::move(array);
  }
  member.key.clear();
  last.children.push_back(std::move(member));
}

JsonNode NamedValues(const XmlTree& tree, const XmlNode& element) {
  const bool mixed = IsMixed(tree, element);
  if (mixed && element.attributes.empty()) {
    return Scalar(element.name, CollapseWhiteSpace(tree.TextOf(element)));
  }
  JsonNode out;
  out.kind = NodeKind::kObject;
  out.key = element.name;
  for (const auto& [key, value] : element.attributes) {
    const bool shown = key != "xmlns" && !TrimWhiteSpace(value).empty();
    if (shown) out.children.push_back(Scalar(key, CollapseWhiteSpace(value)));
  }
  if (mixed) {
    out.children.push_back(
        Scalar("text", CollapseWhiteSpace(tree.TextOf(element))));
    return out;
  }
  for (const std::uint32_t child : element.children) {
    const XmlNode& node = tree.node(child);
    if (!node.name.empty()) AddMember(NamedValues(tree, node), out);
  }
  return out;
}

class Xml final : public FormatParser {
 public:
  std::string_view name() const override { return "xml"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

void WriteByNames(const XmlTree& tree, DocumentBuilder& builder) {
  for (const std::uint32_t child : tree.root().children) {
    const XmlNode& node = tree.node(child);
    if (node.name.empty()) {
      builder.AddBlock(BlockType::kParagraph, CollapseWhiteSpace(node.text));
      continue;
    }
    if (const XmlNode* title = tree.Find(node, "title")) {
      builder.SetTitle(tree.TextOf(*title));
    }
    WriteJson(NamedValues(tree, node), builder);
  }
}

StatusOr<ParsedDocument> Xml::Parse(const ParseInput& input,
                                    const Limits& limits) const {
  std::string_view charset = CharsetOfMediaType(input.media_type);
  if (charset.empty()) charset = CharsetOfHtml(input.bytes);
  DocumentBuilder builder(name(), limits);
  CAIRN_ASSIGN_OR_RETURN(const std::string source,
                         ReadTextInput(input, charset, limits, builder));
  if (source.find('<') == std::string::npos) {
    return InvalidArgumentError(
        "the file has no element: it is no XML, whatever its name says",
        "NOT_XML");
  }
  const XmlTree tree(source, limits.nesting_max);
  if (tree.cut_off()) {
    return InvalidArgumentError("the file has more than " +
                                    std::to_string(kXmlNodesMax) +
                                    " elements and texts: split it",
                                "TOO_MANY_ELEMENTS");
  }
  if (tree.dropped_tags() > 0) {
    builder.AddWarning(std::to_string(tree.dropped_tags()) +
                       " tags were left out: nested deeper than the limit "
                       "nesting_max of " +
                       std::to_string(limits.nesting_max));
  }
  const auto articles = FindJatsArticles(tree);
  for (const XmlNode* article : articles) WriteJats(tree, *article, builder);
  if (articles.empty()) WriteByNames(tree, builder);
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& XmlParser() {
  static const Xml* const parser = new Xml();
  return *parser;
}

}  // namespace cairn
