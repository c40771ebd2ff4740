#include "documents/captions.h"

#include <cstdint>

#include "text/labels.h"

namespace cairn {
namespace {

bool IsTableCaption(const ParsedDocument& document, std::uint32_t index) {
  const Block& block = document.blocks[index];
  if (block.type != BlockType::kParagraph && block.type != BlockType::kFigure) {
    return false;
  }
  const auto caption = FindCaption(block.span.Of(document.text));
  return caption && caption->label.key.starts_with("table ");
}

}  // namespace

void AdoptCaptions(ParsedDocument& document) {
  std::uint32_t taken = Block::kNone;
  for (Table& table : document.tables) {
    if (!table.caption.empty()) continue;
    const std::uint32_t at = table.block;
    if (at > 0 && at - 1 != taken && IsTableCaption(document, at - 1)) {
      taken = at - 1;
    } else if (at + 1 < document.blocks.size() &&
               IsTableCaption(document, at + 1)) {
      taken = at + 1;
    } else {
      continue;
    }
    table.caption = document.blocks[taken].span;
  }
}

}  // namespace cairn
