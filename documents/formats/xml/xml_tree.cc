#include "documents/formats/xml/xml_tree.h"

#include <algorithm>

#include "documents/entities.h"

namespace cairn {
namespace {

constexpr std::string_view kWhite = " \t\n\f";

std::string WithEntities(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '&') {
      const std::size_t end = raw.substr(0, i + 40).find(';', i);
      if (end != std::string_view::npos) {
        AppendEntity(out, raw.substr(i, end - i + 1));
        i = end;
        continue;
      }
    }
    out.push_back(raw[i]);
  }
  return out;
}

std::string_view LocalName(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The end of a tag: quoted values may hold '>'.
std::size_t EndOfTag(std::string_view text, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char sign = text[at];
    if (quote != 0) {
      if (sign == quote) quote = 0;
      if (sign == '<') return std::string_view::npos;
    } else if (sign == '"' || sign == '\'') {
      quote = sign;
    } else if (sign == '>') {
      return at;
    }
  }
  return std::string_view::npos;
}

// The end of "<!DOCTYPE ... [ ... ]>".
std::size_t EndOfDoctype(std::string_view text, std::size_t at) {
  const std::size_t close = text.find('>', at);
  const std::size_t subset = text.substr(0, close).find('[', at);
  if (subset == std::string_view::npos) return close;
  const std::size_t end = text.find("]>", subset);
  return end == std::string_view::npos ? end : end + 1;
}

}  // namespace

std::string_view XmlNode::Attribute(std::string_view attribute) const {
  for (const auto& [name_of, value] : attributes) {
    if (name_of == attribute) return value;
  }
  return {};
}

XmlTree::XmlTree(std::string_view text, std::size_t nesting_max)
    : nodes_(1),
      open_{0},
      nesting_max_(std::min<std::size_t>(nesting_max, 500)) {
  std::size_t at = 0;
  while (at < text.size() && !cut_off_) {
    const std::size_t open = std::min(text.find('<', at), text.size());
    if (open > at) AddText(text.substr(at, open - at), /*verbatim=*/false);
    at = open;
    if (at < text.size()) ReadMarkup(text, at);
  }
}

void XmlTree::ReadMarkup(std::string_view text, std::size_t& at) {
  const std::string_view rest = text.substr(at, 16);
  const auto skip_to = [&](std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, at + from);
    const std::size_t stop = std::min(found, text.size());
    const std::string_view inside = text.substr(at + from, stop - at - from);
    at = found == std::string_view::npos ? text.size() : found + end.size();
    return inside;
  };
  if (rest.starts_with("<!--")) {
    skip_to("-->", 4);
  } else if (rest.starts_with("<![CDATA[")) {
    AddText(skip_to("]]>", 9), /*verbatim=*/true);
  } else if (rest.starts_with("<?")) {
    skip_to("?>", 2);
  } else if (rest.starts_with("<!")) {
    const std::size_t end = EndOfDoctype(text, at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  } else {
    const std::size_t end = EndOfTag(text, at + 1);
    if (end == std::string_view::npos) {
      AddText("<", /*verbatim=*/true);
      ++at;
      return;
    }
    const std::string_view tag = text.substr(at + 1, end - at - 1);
    at = end + 1;
    if (tag.starts_with('/')) {
      CloseTag(tag.substr(1));
    } else {
      AddTag(tag);
    }
  }
}

void XmlTree::AddText(std::string_view raw, bool verbatim) {
  if (nodes_.size() >= kXmlNodesMax) {
    cut_off_ = true;
    return;
  }
  XmlNode node;
  node.text = verbatim ? std::string(raw) : WithEntities(raw);
  nodes_[open_.back()].children.push_back(
      static_cast<std::uint32_t>(nodes_.size()));
  nodes_.push_back(std::move(node));
}

void XmlTree::AddTag(std::string_view tag) {
  constexpr std::size_t kAttributesMax = 64;
  const bool empty = tag.ends_with('/');
  if (empty) tag.remove_suffix(1);
  if (open_.size() > nesting_max_) {
    ++dropped_;
    too_deep_ += empty ? 0 : 1;
    return;
  }
  if (nodes_.size() >= kXmlNodesMax) {
    cut_off_ = true;
    return;
  }
  XmlNode node;
  const std::string_view name = tag.substr(0, tag.find_first_of(kWhite));
  node.name = LocalName(name);
  if (node.name.empty()) node.name = "_";
  tag.remove_prefix(name.size());
  while (node.attributes.size() < kAttributesMax) {
    const std::size_t equals = tag.find('=');
    const std::size_t quote = tag.find_first_of("\"'");
    if (equals == std::string_view::npos || quote == std::string_view::npos ||
        quote < equals) {
      break;
    }
    const std::size_t end = tag.find(tag[quote], quote + 1);
    if (end == std::string_view::npos) break;
    std::string_view key = tag.substr(0, equals);
    const std::size_t first = key.find_first_not_of(kWhite);
    key = first == std::string_view::npos ? std::string_view()
                                          : key.substr(first);
    key = key.substr(0, key.find_first_of(kWhite));
    node.attributes.emplace_back(
        std::string(LocalName(key)),
        WithEntities(tag.substr(quote + 1, end - quote - 1)));
    tag.remove_prefix(end + 1);
  }
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  nodes_[open_.back()].children.push_back(index);
  nodes_.push_back(std::move(node));
  if (!empty) open_.push_back(index);
}

// A tag that closes an outer element closes those within it too.
void XmlTree::CloseTag(std::string_view name) {
  if (too_deep_ > 0) {
    --too_deep_;
    return;
  }
  name = LocalName(name.substr(0, name.find_first_of(kWhite)));
  for (std::size_t i = open_.size(); i > 1; --i) {
    if (nodes_[open_[i - 1]].name == name) {
      open_.resize(i - 1);
      return;
    }
  }
}

const XmlNode* XmlTree::Find(const XmlNode& parent,
                             std::string_view name) const {
  for (const std::uint32_t child : parent.children) {
    if (nodes_[child].name == name) return &nodes_[child];
  }
  return nullptr;
}

void XmlTree::AppendText(const XmlNode& node, std::string& out) const {
  out += node.text;
  for (const std::uint32_t child : node.children)
    AppendText(nodes_[child], out);
}

std::string XmlTree::TextOf(const XmlNode& node) const {
  std::string out;
  AppendText(node, out);
  return out;
}

}  // namespace cairn
