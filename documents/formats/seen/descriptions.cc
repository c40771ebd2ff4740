#include "documents/formats/seen/descriptions.h"

#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/subtitles/cue_writer.h"

namespace cairn {
namespace {

Block Append(BlockType type, const std::string& text,
             ParsedDocument& document) {
  if (!document.text.empty()) document.text += "\n\n";
  Block block;
  block.type = type;
  block.span.begin = static_cast<std::uint32_t>(document.text.size());
  document.text += text;
  block.span.end = static_cast<std::uint32_t>(document.text.size());
  return block;
}

std::string TextOf(const Description& description) {
  std::string text = CollapseWhiteSpace(CleanText(description.text));
  if (text.empty() || !description.time.has_value()) return text;
  return ShownTimes(description.time->begin_ms, description.time->end_ms) +
         text;
}

}  // namespace

StatusOr<bool> AppendDescriptions(const std::vector<Description>& descriptions,
                                  const Describer& describer,
                                  const Limits& limits,
                                  ParsedDocument& document) {
  const std::string heading =
      "Description by " + CollapseWhiteSpace(CleanText(describer.name));
  std::vector<std::pair<const Description*, std::string>> texts;
  std::size_t bytes = heading.size() + 2;
  for (const Description& description : descriptions) {
    std::string text = TextOf(description);
    if (text.empty()) continue;
    bytes += text.size() + 2;
    texts.emplace_back(&description, std::move(text));
  }
  if (texts.empty()) return false;
  if (document.text.size() + bytes > limits.text_bytes_max) {
    return InvalidArgumentError(
        "the text with the descriptions is above the limit text_bytes_max of " +
            std::to_string(limits.text_bytes_max),
        "TEXT_TOO_LARGE");
  }
  if (document.blocks.size() + texts.size() + 1 > limits.blocks_max) {
    return InvalidArgumentError(
        "the document with the descriptions has more blocks than the limit "
        "blocks_max of " +
            std::to_string(limits.blocks_max),
        "TOO_MANY_BLOCKS");
  }
  const auto parent = static_cast<std::uint32_t>(document.blocks.size());
  Block block = Append(BlockType::kHeading, heading, document);
  block.level = 1;
  block.page = texts.front().first->page;
  document.blocks.push_back(std::move(block));
  for (const auto& [description, text] : texts) {
    block = Append(BlockType::kParagraph, text, document);
    block.heading = parent;
    block.page = description->page;
    block.time = description->time;
    document.blocks.push_back(std::move(block));
  }
  document.properties["described_by"] = CleanText(describer.id);
  document.warnings.push_back(
      "what is seen was described by " + CleanText(describer.id) +
      " and may be wrong; it stands under \"" + heading + "\"");
  return true;
}

}  // namespace cairn
