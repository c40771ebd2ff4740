// DocAnchors: what hangs on places of the text (notes, comments, shapes, text
// boxes) and what stands on every page.
//
// Life cycle: the stream must outlive it. Threads: safe; immutable. Cost:
// linear in the tables of the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/formats/doc/fib.h"

namespace cairn {

// Of characters; the end is not inside.
struct TextRange {
  std::uint32_t begin = 0, end = 0;
};

enum class DocAnchorKind { kFootnote, kEndnote, kComment, kBox, kShape };

struct DocAnchor {
  std::uint32_t at = 0;
  DocAnchorKind kind = DocAnchorKind::kFootnote;
  std::size_t index = 0;
};

struct DocNote {
  TextRange range;
  std::string author, day;  // Of a comment.
};

// Of a drawing.
struct DocShape {
  std::uint32_t id = 0;
  double width = 0, height = 0;  // Twips.
};

struct DocMargin {
  TextRange range;
  bool header = false;  // Else a footer.
};

class DocAnchors {
 public:
  // `text_size`: ranges end there at most.
  DocAnchors(std::string_view table, const Fib& fib, std::uint32_t text_size);

  // In the order of their places.
  std::span<const DocAnchor> In(const TextRange& range) const;
  const DocNote& NoteOf(const DocAnchor& anchor) const;
  const std::vector<DocNote>& boxes() const { return boxes_; }
  // Of an anchor of kShape.
  const DocShape& ShapeOf(const DocAnchor& anchor) const {
    return shapes_[anchor.index];
  }
  const std::vector<DocMargin>& margins() const { return margins_; }

 private:
  void ReadNotes(std::string_view table, const Fib& fib);
  void ReadComments(std::string_view table, const Fib& fib);
  void ReadBoxes(std::string_view table, const Fib& fib);
  void ReadMargins(std::string_view table, const Fib& fib);
  // What stands between the places that a list names.
  std::vector<DocNote> RangesOf(std::string_view list, std::uint32_t base,
                                std::uint32_t size, std::size_t entry) const;
  void Anchor(std::string_view refs, std::size_t entry, DocAnchorKind kind);

  std::uint32_t text_size_;
  std::vector<DocAnchor> anchors_;
  std::vector<DocNote> footnotes_, endnotes_, comments_, boxes_;
  std::vector<DocShape> shapes_;
  std::vector<DocMargin> margins_;
};

}  // namespace cairn
