#include "models/rules/labels.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "text/labels.h"

namespace cairn::rules {
namespace {

// A longer section is found by its first chunks.
constexpr std::size_t kChunksOfPart = 16;
// Longer ones are no headings and no captions.
constexpr std::uint32_t kLineBytesMax = 400;

class LabelFinder {
 public:
  LabelFinder(const ParsedDocument& document, const std::vector<Chunk>& chunks)
      : document_(document), chunks_(chunks), text_(document.text) {}

  std::vector<ExtractedLabel> Find() {
    ReadHeadings();
    for (const Chunk& chunk : chunks_) {
      AddSections(chunk);
      AddTable(chunk);
    }
    for (const Table& table : document_.tables) {
      for (const Cell& cell : table.cells) AddReferences(cell.span, {});
    }
    for (const Block& block : document_.blocks) {
      const bool runs = block.type == BlockType::kParagraph ||
                        block.type == BlockType::kListItem ||
                        block.type == BlockType::kFigure;
      if (runs) AddText(block);
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const ExtractedLabel& a, const ExtractedLabel& b) {
                       return std::tie(a.chunk, a.span) <
                              std::tie(b.chunk, b.span);
                     });
    return std::move(found_);
  }

 private:
  // What each block stands under: its own label or that of the nearest heading
  // above that has one.
  void ReadHeadings() {
    labels_.resize(document_.blocks.size());
    sections_.resize(document_.blocks.size(), Block::kNone);
    for (std::uint32_t i = 0; i < document_.blocks.size(); ++i) {
      const Block& block = document_.blocks[i];
      if (block.type == BlockType::kHeading &&
          block.span.size() <= kLineBytesMax) {
        labels_[i] = ReadHeading(block.span.Of(text_)).label;
        labels_[i].span = labels_[i].span.Moved(block.span.begin);
      }
      if (!labels_[i].key.empty()) {
        sections_[i] = i;
      } else if (block.heading < i) {
        sections_[i] = sections_[block.heading];
      }
    }
  }

  void AddSections(const Chunk& chunk) {
    std::set<std::uint32_t> sections;
    for (std::uint32_t i = chunk.first_block;
         i <= chunk.last_block && i < sections_.size(); ++i) {
      if (sections_[i] != Block::kNone) sections.insert(sections_[i]);
    }
    for (const std::uint32_t section : sections)
      AddPart(labels_[section], chunk);
  }

  void AddPart(const Label& label, const Chunk& chunk) {
    if (++sizes_[label.key] > kChunksOfPart) return;
    const bool inside = chunk.span.Contains(label.span);
    found_.push_back({.key = label.key,
                      .surface = std::string(label.span.Of(text_)),
                      .span = inside ? label.span : ByteSpan{},
                      .reference = false,
                      .chunk = chunk.ordinal});
  }

  // The part of a table that the chunk holds.
  void AddTable(const Chunk& chunk) {
    if (chunk.table >= document_.tables.size()) return;
    const ByteSpan caption = document_.tables[chunk.table].caption;
    Label label = ReadCaption(caption.Of(text_)).label;
    if (label.key.empty()) return;
    label.span = label.span.Moved(caption.begin);
    AddPart(label, chunk);
  }

  void AddText(const Block& block) {
    const std::string_view text = block.span.Of(text_);
    ByteSpan own;
    if (const auto caption = FindCaption(text)) {
      Label label = caption->label;
      label.span = own = label.span.Moved(block.span.begin);
      if (const Chunk* chunk = Holder(own)) AddPart(label, *chunk);
    }
    AddReferences(block.span, own);
  }

  void AddReferences(ByteSpan region, ByteSpan own) {
    for (Label& label : FindReferences(region.Of(text_))) {
      const ByteSpan span = label.span.Moved(region.begin);
      const Chunk* chunk = Holder(span);
      if (label.of_other || chunk == nullptr ||
          (!own.empty() && own.Overlaps(span)))
        continue;
      found_.push_back({.key = std::move(label.key),
                        .surface = std::string(span.Of(text_)),
                        .span = span,
                        .reference = true,
                        .chunk = chunk->ordinal});
    }
  }

  const Chunk* Holder(ByteSpan span) const {
    const auto after = std::upper_bound(
        chunks_.begin(), chunks_.end(), span.begin,
        [](std::uint32_t at, const Chunk& c) { return at < c.span.begin; });
    if (after == chunks_.begin()) return nullptr;
    const Chunk& chunk = *std::prev(after);
    return chunk.span.Contains(span) ? &chunk : nullptr;
  }

  const ParsedDocument& document_;
  const std::vector<Chunk>& chunks_;
  std::string_view text_;
  std::vector<Label> labels_;            // Of the blocks; keys may be empty.
  std::vector<std::uint32_t> sections_;  // The block that has the label.
  std::unordered_map<std::string, std::size_t> sizes_;  // Chunks of a part.
  std::vector<ExtractedLabel> found_;
};

}  // namespace

std::vector<ExtractedLabel> FindLabels(const ParsedDocument& document,
                                       const std::vector<Chunk>& chunks) {
  return LabelFinder(document, chunks).Find();
}

}  // namespace cairn::rules
