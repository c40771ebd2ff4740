#include "documents/formats/image/image_metadata.h"

#include <algorithm>
#include <cstdint>
#include <pugixml.hpp>

#include "documents/charset.h"
#include "documents/document_builder.h"

namespace cairn::image {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kTextMax = 64 << 10;
constexpr std::size_t kPartsMax = 10'000;  // Chunks or segments of a file.
constexpr std::size_t kXmpMax = 1 << 20;

std::size_t BigEndian(std::string_view bytes, std::size_t at,
                      std::size_t size) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

// Data sets of IPTC: 0x1c, record, number, two bytes of length, text.
void ReadIptc(std::string_view bytes, ImageMetadata& out) {
  for (std::size_t at = 0; at + 5 <= bytes.size() && bytes[at] == 0x1c;) {
    const std::size_t size = BigEndian(bytes, at + 3, 2);
    if (size > bytes.size() - at - 5) return;
    const std::string_view text = bytes.substr(at + 5, size);
    if (bytes[at + 1] == 2) {
      switch (bytes[at + 2]) {
        case 5:
          out.Add("title", text);
          break;
        case 25:
          out.Add("keywords", text);
          break;
        case 80:
          out.Add("author", text);
          break;
        case 105:
          out.Add("headline", text);
          break;
        case 116:
          out.Add("copyright", text);
          break;
        case 120:
          out.Add("caption", text);
          break;
        default:
          break;
      }
    }
    at += 5 + size;
  }
}

// Resources of Photoshop: "8BIM", id, a name of even length, size, data.
void ReadPhotoshop(std::string_view bytes, ImageMetadata& out) {
  constexpr std::size_t kIptc = 0x0404;
  for (std::size_t at = 0;
       at + 12 <= bytes.size() && bytes.substr(at, 4) == "8BIM"sv;) {
    const std::size_t id = BigEndian(bytes, at + 4, 2);
    const std::size_t name = (BigEndian(bytes, at + 6, 1) | 1) + 1;
    const std::size_t place = at + 6 + name;
    if (place + 4 > bytes.size()) return;
    const std::size_t size = BigEndian(bytes, place, 4);
    if (size > bytes.size() - place - 4) return;
    if (id == kIptc) ReadIptc(bytes.substr(place + 4, size), out);
    at = place + 4 + size + size % 2;
  }
}

void ReadJpeg(std::string_view bytes, ImageMetadata& out) {
  constexpr std::string_view kExif = "Exif\0\0"sv;
  constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
  constexpr std::string_view kPhotoshop = "Photoshop 3.0\0"sv;
  std::size_t at = 2;
  for (std::size_t parts = 0; parts < kPartsMax && at + 4 <= bytes.size();
       ++parts) {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    // The scan begins, or the file is damaged.
    if (bytes[at] != '\xff' || marker == 0xda || marker == 0xd9) return;
    const std::size_t size = BigEndian(bytes, at + 2, 2);
    if (size < 2 || size > bytes.size() - at - 2) return;
    const std::string_view body = bytes.substr(at + 4, size - 2);
    if (marker == 0xe1 && body.starts_with(kExif)) {
      ReadExif(body.substr(kExif.size()), out);
    } else if (marker == 0xe1 && body.starts_with(kXmp)) {
      ReadXmp(body.substr(kXmp.size()), out);
    } else if (marker == 0xed && body.starts_with(kPhotoshop)) {
      ReadPhotoshop(body.substr(kPhotoshop.size()), out);
    } else if (marker == 0xfe) {
      out.Add("comment", body);
    }
    at += 2 + size;
  }
}

// Of the texts of a PNG, by their keyword; others have no meaning for readers.
void AddPngText(std::string_view keyword, std::string_view text,
                ImageMetadata& out) {
  if (keyword == "XML:com.adobe.xmp") return ReadXmp(text, out);
  if (keyword == "Title") return out.Add("title", text);
  if (keyword == "Description") return out.Add("caption", text);
  if (keyword == "Author") return out.Add("author", text);
  if (keyword == "Copyright") return out.Add("copyright", text);
  if (keyword == "Creation Time") return out.Add("taken", text);
  if (keyword == "Comment") return out.Add("comment", text);
  if (keyword == "Source") return out.Add("camera", text);
}

// iTXt: keyword, 0, compressed?, method, language, 0, keyword there, 0, text.
void ReadInternational(std::string_view body, ImageMetadata& out) {
  const std::size_t keyword = body.find('\0');
  if (keyword == std::string_view::npos || body.size() - keyword < 3) return;
  if (body[keyword + 1] != 0) {
    ++out.unread;
    return;
  }
  const std::size_t language = body.find('\0', keyword + 3);
  if (language == std::string_view::npos) return;
  const std::size_t translated = body.find('\0', language + 1);
  if (translated == std::string_view::npos) return;
  AddPngText(body.substr(0, keyword), body.substr(translated + 1), out);
}

void ReadPng(std::string_view bytes, ImageMetadata& out) {
  std::size_t at = 8;
  for (std::size_t parts = 0; parts < kPartsMax && at + 12 <= bytes.size();
       ++parts) {
    const std::size_t size = BigEndian(bytes, at, 4);
    if (size > bytes.size() - at - 12) return;
    const std::string_view type = bytes.substr(at + 4, 4);
    const std::string_view body = bytes.substr(at + 8, size);
    if (type == "tEXt") {
      const std::size_t end = body.find('\0');
      if (end != std::string_view::npos) {
        AddPngText(body.substr(0, end), body.substr(end + 1), out);
      }
    } else if (type == "iTXt") {
      ReadInternational(body, out);
    } else if (type == "zTXt") {
      ++out.unread;
    } else if (type == "eXIf") {
      ReadExif(body, out);
    }
    at += 12 + size;
  }
}

void ReadWebp(std::string_view bytes, ImageMetadata& out) {
  std::size_t at = 12;
  for (std::size_t parts = 0; parts < kPartsMax && at + 8 <= bytes.size();
       ++parts) {
    std::size_t size = 0;
    for (std::size_t i = 4; i > 0; --i) {
      size = size << 8 | static_cast<unsigned char>(bytes[at + 3 + i]);
    }
    if (size > bytes.size() - at - 8) return;
    const std::string_view type = bytes.substr(at, 4);
    std::string_view body = bytes.substr(at + 8, size);
    if (type == "EXIF") {
      if (body.starts_with("Exif\0\0"sv)) body.remove_prefix(6);
      ReadExif(body, out);
    } else if (type == "XMP ") {
      ReadXmp(body, out);
    }
    at += 8 + size + size % 2;
  }
}

// "description" of "dc:description".
std::string_view LocalName(std::string_view name) {
  return name.substr(std::min(name.rfind(':') + 1, name.size()));
}

void AddXmp(std::string_view name, std::string_view text, ImageMetadata& out) {
  if (name == "title") return out.Add("title", text);
  if (name == "description" || name == "AltTextAccessibility") {
    return out.Add("caption", text);
  }
  if (name == "ExtDescrAccessibility") return out.Add("description", text);
  if (name == "creator") return out.Add("author", text);
  if (name == "rights") return out.Add("copyright", text);
  if (name == "subject") return out.Add("keywords", text);
  if (name == "Headline") return out.Add("headline", text);
  if (name == "DateTimeOriginal" || name == "DateCreated") {
    return out.Add("taken", text);
  }
}

// Text below `node`, parts (rdf:li) parted by commas.
std::string TextOf(const pugi::xml_node& node) {
  std::string text = node.child_value();
  for (const pugi::xml_node& list : node.children()) {
    for (const pugi::xml_node& item : list.children()) {
      const std::string_view value = item.child_value();
      if (value.empty() || text.size() > kTextMax) continue;
      if (!TrimWhiteSpace(text).empty()) text += ", ";
      text += value;
    }
  }
  return text;
}

std::string Utf8Of(std::string_view text) {
  if (text.starts_with("\xff\xfe")) {
    return ConvertFrom(text.substr(2), "UTF-16LE").value_or("");
  }
  if (IsValidUtf8(text)) return std::string(text);
  return ConvertFrom(text, "windows-1252").value_or("");
}

}  // namespace

void ReadXmp(std::string_view xml, ImageMetadata& out) {
  if (xml.size() > kXmpMax) return;
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return;
  // x:xmpmeta, rdf:RDF, rdf:Description, property.
  for (const pugi::xml_node& root : document.children()) {
    const pugi::xml_node rdf =
        LocalName(root.name()) == "RDF" ? root : root.child("rdf:RDF");
    for (const pugi::xml_node& about : rdf.children()) {
      for (const pugi::xml_attribute& property : about.attributes()) {
        AddXmp(LocalName(property.name()), property.value(), out);
      }
      for (const pugi::xml_node& property : about.children()) {
        AddXmp(LocalName(property.name()), TextOf(property), out);
      }
    }
  }
}

void ImageMetadata::Add(std::string_view name, std::string_view text) {
  std::string value = CollapseWhiteSpace(Utf8Of(text.substr(0, kTextMax)));
  std::erase_if(value, [](char sign) {
    return static_cast<unsigned char>(sign) < 0x20 || sign == 0x7f;
  });
  if (value.empty()) return;
  if (name == "title") {
    if (title.empty()) title = std::move(value);
    return;
  }
  if (name == "caption") {
    if (caption.empty()) {
      caption = std::move(value);
      return;
    }
    // The same text often stands in two places.
    if (value == caption) return;
    name = "description";
  }
  for (auto& [known, known_value] : details) {
    if (known != name) continue;
    if (name == "keywords" && known_value != value) {
      known_value += ", " + value;
    }
    return;
  }
  details.emplace_back(name, std::move(value));
}

ImageMetadata ReadImageMetadata(std::string_view bytes) {
  ImageMetadata out;
  if (bytes.starts_with("\xff\xd8\xff")) {
    ReadJpeg(bytes, out);
  } else if (bytes.starts_with("\x89PNG")) {
    ReadPng(bytes, out);
  } else if (bytes.starts_with("RIFF")) {
    ReadWebp(bytes, out);
  } else if (bytes.starts_with("II*") || bytes.starts_with("MM")) {
    ReadExif(bytes, out);
    out.orientation = 1;  // Its decoder has turned it.
  }
  return out;
}

}  // namespace cairn::image
