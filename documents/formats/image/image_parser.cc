#include "documents/formats/image/image_parser.h"

#include <string>
#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/image/image_metadata.h"
#include "documents/formats/image/image_pages.h"
#include "documents/ocr/picture_reader.h"

namespace cairn {
namespace image {
namespace {

// Puts a block behind the text.
Status Append(BlockType type, const std::string& text, const Limits& limits,
              ParsedDocument& document) {
  if (document.text.size() + text.size() + 2 > limits.text_bytes_max ||
      document.blocks.size() >= limits.blocks_max) {
    return InvalidArgumentError(
        "the text of the image is above the limit text_bytes_max or "
        "blocks_max",
        "TEXT_TOO_LARGE");
  }
  if (!document.text.empty()) document.text += "\n\n";
  Block block;
  block.type = type;
  block.page = 1;
  block.span.begin = static_cast<std::uint32_t>(document.text.size());
  document.text += text;
  block.span.end = static_cast<std::uint32_t>(document.text.size());
  document.blocks.push_back(std::move(block));
  return OkStatus();
}

// "Author: Ann Lee. Taken: 2021:05:03 10:11:12."
std::string DetailsText(const ImageMetadata& metadata) {
  std::string out;
  for (const auto& [name, value] : metadata.details) {
    if (!out.empty()) out += out.ends_with('.') ? " " : ". ";
    const std::size_t first = out.size();
    out += name;
    out[first] = static_cast<char>(out[first] - 'a' + 'A');
    out += ": " + value;
  }
  return out;
}

Status AppendMetadata(const ImageMetadata& metadata, const Limits& limits,
                      ParsedDocument& document) {
  if (!metadata.caption.empty()) {
    CAIRN_RETURN_IF_ERROR(
        Append(BlockType::kFigure, metadata.caption, limits, document));
  }
  if (!metadata.details.empty()) {
    CAIRN_RETURN_IF_ERROR(
        Append(BlockType::kParagraph, DetailsText(metadata), limits, document));
  }
  if (metadata.unread > 0) {
    document.warnings.push_back(
        std::to_string(metadata.unread) +
        " compressed texts of the PNG (description, comments) were left out");
  }
  return OkStatus();
}

StatusOr<ParsedDocument> ParseImage(const ParseInput& input,
                                    const Limits& limits) {
  if (input.bytes.size() > limits.document_bytes_max) {
    return InvalidArgumentError(
        "the image has " + std::to_string(input.bytes.size()) +
            " bytes, above the limit document_bytes_max of " +
            std::to_string(limits.document_bytes_max),
        "DOCUMENT_TOO_LARGE");
  }
  const ImageMetadata metadata = ReadImageMetadata(input.bytes);
  CAIRN_ASSIGN_OR_RETURN(
      ImagePages pages,
      ReadImagePages(input.bytes, metadata.orientation, limits));
  ParsedDocument document;
  const std::uint32_t count = pages.layout.pages();
  if (pages.layout.glyphs() > 0) {
    CAIRN_ASSIGN_OR_RETURN(
        document, std::move(pages.layout).Write({}, metadata.title, limits));
    for (const pdf::PagePlace& place : pages.report.places) {
      pdf::PutBack(place, document);
    }
  }
  document.format = "image";
  document.pages = count;
  if (document.title.empty()) {
    document.title = CutUtf8(metadata.title, limits.title_bytes_max);
  }
  pdf::AddWarnings(pages.report, document);
  if (pages.damaged) {
    document.warnings.push_back("the image is damaged after page " +
                                std::to_string(count));
  }
  CAIRN_RETURN_IF_ERROR(AppendMetadata(metadata, limits, document));
  if (document.blocks.empty() && !document.title.empty()) {
    CAIRN_RETURN_IF_ERROR(
        Append(BlockType::kFigure, document.title, limits, document));
  }
  if (document.blocks.empty()) {
    return InvalidArgumentError(
        "no words were found in the image, and it carries no description; give "
        "it one (a caption in its Exif, XMP or PNG texts) to make it findable",
        "NO_TEXT_IN_IMAGE");
  }
  return document;
}

class Parser final : public FormatParser {
 public:
  std::string_view name() const override { return "image"; }
  bool needs_jail() const override { return true; }
  bool reads_pictures() const override { return true; }
  Status PrepareForJail() const override {
    // Captions of older programs need the tables of their encoding.
    (void)ConvertFrom("a", "windows-1252");
    (void)ConvertFrom(std::string_view("a\0", 2), "UTF-16LE");
    return ocr::PrepareReader();
  }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override {
    return ParseImage(input, limits);
  }
};

}  // namespace
}  // namespace image

const FormatParser& ImageParser() {
  static const image::Parser parser;
  return parser;
}

}  // namespace cairn
