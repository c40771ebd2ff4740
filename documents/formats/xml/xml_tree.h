// XmlTree: elements and text of an XML file.
//
// Place: under XmlParser. Not a validator: tags that do not match are mended.
// Declarations of entities are not read, so nothing expands; comments,
// instructions and the DOCTYPE are left out.
// Threads: safe. Limits: elements deeper than `nesting_max` lose their tags,
// not their text; reading stops at kXmlNodesMax nodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cairn {

inline constexpr std::size_t kXmlNodesMax = 1'000'000;

struct XmlNode {
  std::string name;  // Without its prefix; empty: a text.
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::uint32_t> children;

  std::string_view Attribute(std::string_view attribute) const;
};

class XmlTree {
 public:
  // `text`: valid UTF-8.
  XmlTree(std::string_view text, std::size_t nesting_max);

  const XmlNode& root() const {
    return nodes_.front();
  }  // Holds the outermost.
  const XmlNode& node(std::uint32_t index) const { return nodes_[index]; }
  // The first child element of this name; null: none.
  const XmlNode* Find(const XmlNode& parent, std::string_view name) const;
  // All text inside, as it stands.
  std::string TextOf(const XmlNode& node) const;

  std::size_t dropped_tags() const { return dropped_; }
  bool cut_off() const { return cut_off_; }

 private:
  void AddText(std::string_view raw, bool verbatim);
  void AddTag(std::string_view tag);
  void CloseTag(std::string_view name);
  void ReadMarkup(std::string_view text, std::size_t& at);
  void AppendText(const XmlNode& node, std::string& out) const;

  std::vector<XmlNode> nodes_;
  std::vector<std::uint32_t> open_;
  std::size_t nesting_max_;
  std::size_t too_deep_ = 0;
  std::size_t dropped_ = 0;
  bool cut_off_ = false;
};

}  // namespace cairn
