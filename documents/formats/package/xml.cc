#include "documents/formats/package/xml.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "documents/charset.h"

namespace cairn {
namespace {

// What pugixml takes for an element and an attribute on 64 bits, with the text
// node that a mixed element may have before and after it.
constexpr std::size_t kElementBytes = 64;
constexpr std::size_t kMixedElementBytes = 192;
constexpr std::size_t kAttributeBytes = 40;

struct Shape {
  std::size_t elements = 0, attributes = 0, depth = 0;
};

bool StartsName(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
         sign == '_' || sign == ':' || static_cast<unsigned char>(sign) >= 0x80;
}

// One past `end`, or the end of the text.
std::size_t After(std::string_view xml, std::size_t at, std::string_view end) {
  const std::size_t found = xml.find(end, at);
  return found == std::string_view::npos ? xml.size() : found + end.size();
}

// One past the '>' of the tag at `at`; counts its attributes.
std::size_t SkipTag(std::string_view xml, std::size_t at, Shape& shape) {
  while (at < xml.size() && xml[at] != '>') {
    if (xml[at] == '"' || xml[at] == '\'') {
      ++shape.attributes;
      const std::size_t close = xml.find(xml[at], at + 1);
      if (close == std::string_view::npos) return xml.size();
      at = close;
    }
    ++at;
  }
  return std::min(at + 1, xml.size());
}

// How large and how deep the tree would get.
Shape Measure(std::string_view xml) {
  Shape shape;
  std::size_t open = 0;
  std::size_t at = xml.find('<');
  while (at != std::string_view::npos && at + 1 < xml.size()) {
    const std::string_view rest = xml.substr(at, 9);
    std::size_t next = at + 1;
    if (rest.starts_with("<!--")) {
      next = After(xml, at + 4, "-->");
    } else if (rest == "<![CDATA[") {
      next = After(xml, at + 9, "]]>");
    } else if (rest[1] == '?') {
      next = After(xml, at + 2, "?>");
    } else if (rest[1] == '/') {
      next = After(xml, at + 2, ">");
      if (open > 0) --open;
    } else if (StartsName(rest[1])) {
      next = SkipTag(xml, at + 1, shape);
      ++shape.elements;
      shape.depth = std::max(shape.depth, open + 1);
      if (xml[next - 1] == '>' && xml[next - 2] != '/') ++open;
    }
    at = next < xml.size() ? xml.find('<', next) : std::string_view::npos;
  }
  return shape;
}

bool IsAllowed(std::uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n';
  return code != 0x7f && (code < 0xd800 || code > 0xdfff) && code <= 0x10ffff;
}

// References to what is no character become spaces.
void MendReferences(std::string& xml) {
  std::size_t at = xml.find("&#");
  while (at != std::string::npos) {
    std::size_t i = at + 2;
    const bool hex = i < xml.size() && xml[i] == 'x';
    if (hex) ++i;
    std::uint32_t code = 0;
    for (; i < xml.size() && i < at + 16 && xml[i] != ';'; ++i) {
      const char sign = static_cast<char>(xml[i] | 0x20);
      const bool digit = xml[i] >= '0' && xml[i] <= '9';
      const bool letter = hex && sign >= 'a' && sign <= 'f';
      if (!digit && !letter) break;
      const auto value =
          static_cast<std::uint32_t>(digit ? xml[i] - '0' : sign - 'a' + 10);
      code = std::min<std::uint32_t>(code * (hex ? 16 : 10) + value, 0x200000);
    }
    const bool complete = i < xml.size() && xml[i] == ';';
    if (complete && !IsAllowed(code)) {
      std::fill(xml.begin() + static_cast<std::ptrdiff_t>(at),
                xml.begin() + static_cast<std::ptrdiff_t>(i + 1), ' ');
    } else if (!complete) {
      xml[at] = ' ';  // Nothing that a parser may understand differently.
    }
    at = xml.find("&#", at + 1);
  }
}

Status CheckShape(const Shape& shape, std::string_view part, XmlSpace space,
                  const Limits& limits) {
  const std::size_t nesting_max = std::max<std::size_t>(limits.nesting_max, 8);
  if (shape.depth > nesting_max) {
    return InvalidArgumentError(
        "the part " + std::string(part) + " nests " +
            std::to_string(shape.depth) +
            " elements in each other, above the limit nesting_max of " +
            std::to_string(nesting_max),
        "XML_TOO_DEEP");
  }
  const std::size_t each =
      space == XmlSpace::kMixed ? kMixedElementBytes : kElementBytes;
  if (shape.elements * each + shape.attributes * kAttributeBytes >
      kXmlTreeBytesMax) {
    return InvalidArgumentError(
        "the part " + std::string(part) + " has " +
            std::to_string(shape.elements) +
            " elements, too many for one document: split it",
        "XML_TOO_LARGE");
  }
  return OkStatus();
}

std::string_view Local(const char* name) {
  const std::string_view view(name);
  const std::size_t colon = view.find(':');
  return colon == std::string_view::npos ? view : view.substr(colon + 1);
}

}  // namespace

StatusOr<std::unique_ptr<XmlDocument>> LoadXml(std::string bytes,
                                               std::string_view part,
                                               XmlSpace space,
                                               const Limits& limits) {
  Limits decoding = limits;
  decoding.document_bytes_max = SIZE_MAX;  // The package has its own limits.
  decoding.text_bytes_max = SIZE_MAX;
  StatusOr<DecodedText> decoded =
      DecodeText(bytes, CharsetOfHtml(bytes), decoding);
  if (!decoded.ok()) {
    return InvalidArgumentError(
        "the part " + std::string(part) + " holds no XML", "DAMAGED_XML");
  }
  std::string().swap(bytes);
  auto document = std::make_unique<XmlDocument>();
  document->text = std::move(decoded->text);
  MendReferences(document->text);
  CAIRN_RETURN_IF_ERROR(
      CheckShape(Measure(document->text), part, space, limits));
  const unsigned flags =
      pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
      (space == XmlSpace::kMixed
           ? pugi::parse_ws_pcdata
           : pugi::parse_ws_pcdata_single | pugi::parse_embed_pcdata);
  const pugi::xml_parse_result result = document->tree.load_buffer_inplace(
      document->text.data(), document->text.size(), flags, pugi::encoding_utf8);
  if (!document->root()) {
    return InvalidArgumentError(
        "the part " + std::string(part) + " is no XML: " + result.description(),
        "DAMAGED_XML");
  }
  if (!result) {
    document->damage = "the part " + std::string(part) +
                       " is damaged and was read up to byte " +
                       std::to_string(result.offset) + ": " +
                       result.description();
  }
  return document;
}

std::string_view LocalName(XmlNode node) { return Local(node.name()); }

XmlNode ChildOf(XmlNode node, std::string_view local) {
  for (const XmlNode child : node.children()) {
    if (Is(child, local)) return child;
  }
  return {};
}

XmlNode ChildAt(XmlNode node, std::string_view first, std::string_view second) {
  return ChildOf(ChildOf(node, first), second);
}

XmlNode FindBelow(XmlNode node, std::string_view local) {
  for (const XmlNode child : node.children()) {
    if (Is(child, local)) return child;
    if (const XmlNode found = FindBelow(child, local)) return found;
  }
  return {};
}

std::string_view AttributeOf(XmlNode node, std::string_view local) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (Local(attribute.name()) == local) return attribute.value();
  }
  return {};
}

bool HasAttribute(XmlNode node, std::string_view local) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (Local(attribute.name()) == local) return true;
  }
  return false;
}

std::string_view PrefixedAttributeOf(XmlNode node, std::string_view local) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view name(attribute.name());
    if (name.size() > local.size() && Local(attribute.name()) == local) {
      return attribute.value();
    }
  }
  return {};
}

int NumberOf(std::string_view text, int otherwise) {
  long long value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (end == text.data()) return otherwise;
  if (error != std::errc()) return otherwise;
  return static_cast<int>(
      std::clamp<long long>(value, -1'000'000'000, 1'000'000'000));
}

bool IsTrue(std::string_view text) {
  return text == "1" || text == "true" || text == "on";
}

std::string AllText(XmlNode node) {
  // An element holds the text before its first child itself.
  std::string out = node.value();
  for (const XmlNode child : node.children()) out += AllText(child);
  return out;
}

}  // namespace cairn
