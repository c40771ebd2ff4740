#include "documents/formats/doc/anchors.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/package/comment_label.h"

namespace cairn {
namespace {

constexpr std::size_t kFootnoteRefBytes = 2;
constexpr std::size_t kCommentRefBytes = 30;
constexpr std::size_t kShapeBytes = 26;
constexpr std::size_t kBoxBytes = 22;
constexpr std::size_t kCommentDateBytes = 18;
constexpr std::size_t kAuthorsMax = 10'000;
// Lines between text and notes, before the headers of the first section.
constexpr std::size_t kSeparators = 6;

// Places and, behind them, an entry for each but the last [MS-DOC 2.2.2].
struct Plc {
  std::string_view bytes;
  std::size_t entry_bytes = 0;

  std::size_t count() const {
    return bytes.size() < 4 ? 0 : (bytes.size() - 4) / (4 + entry_bytes);
  }
  std::uint32_t Place(std::size_t i) const { return U32At(bytes, 4 * i); }
  std::string_view Entry(std::size_t i) const {
    return Slice(bytes, 4 * (count() + 1) + entry_bytes * i, entry_bytes);
  }
};

std::string_view PartOf(std::string_view table, const Fib& fib,
                        DocPartIndex index) {
  const DocPart part = fib.Part(index);
  return Slice(table, part.at, part.size);
}

// Counted strings without any directory.
std::vector<std::string> ReadAuthors(std::string_view part) {
  std::vector<std::string> authors;
  for (std::size_t at = 0;
       at + 2 <= part.size() && authors.size() < kAuthorsMax;) {
    const std::size_t length = U16At(part, at);
    authors.push_back(
        WithoutControls(Utf16ToUtf8(Slice(part, at + 2, 2 * length))));
    at += 2 + 2 * length;
  }
  return authors;
}

}  // namespace

DocAnchors::DocAnchors(std::string_view table, const Fib& fib,
                       std::uint32_t text_size)
    : text_size_(text_size) {
  ReadNotes(table, fib);
  ReadComments(table, fib);
  ReadBoxes(table, fib);
  ReadMargins(table, fib);
  std::stable_sort(
      anchors_.begin(), anchors_.end(),
      [](const DocAnchor& a, const DocAnchor& b) { return a.at < b.at; });
}

// A range may not begin before the one before it ends: the notes of a damaged
// file would repeat its text.
std::vector<DocNote> DocAnchors::RangesOf(std::string_view list,
                                          std::uint32_t base,
                                          std::uint32_t size,
                                          std::size_t entry) const {
  const Plc plc{list, entry};
  const std::uint64_t end =
      std::min<std::uint64_t>(std::uint64_t{base} + size, text_size_);
  std::uint64_t last = std::min<std::uint64_t>(base, end);
  std::vector<DocNote> out(plc.count());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint64_t from =
        std::clamp(std::uint64_t{base} + plc.Place(i), last, end);
    const std::uint64_t to =
        std::clamp(std::uint64_t{base} + plc.Place(i + 1), from, end);
    out[i].range = {static_cast<std::uint32_t>(from),
                    static_cast<std::uint32_t>(to)};
    last = to;
  }
  return out;
}

void DocAnchors::Anchor(std::string_view refs, std::size_t entry,
                        DocAnchorKind kind) {
  const Plc plc{refs, entry};
  for (std::size_t i = 0; i < plc.count(); ++i) {
    anchors_.push_back({.at = plc.Place(i), .kind = kind, .index = i});
  }
}

void DocAnchors::ReadNotes(std::string_view table, const Fib& fib) {
  footnotes_ = RangesOf(PartOf(table, fib, DocPartIndex::kFootnotes), fib.body,
                        fib.footnotes, 0);
  Anchor(PartOf(table, fib, DocPartIndex::kFootnoteRefs), kFootnoteRefBytes,
         DocAnchorKind::kFootnote);
  const std::uint32_t before =
      fib.body + fib.footnotes + fib.headers + fib.macros + fib.comments;
  endnotes_ = RangesOf(PartOf(table, fib, DocPartIndex::kEndnotes), before,
                       fib.endnotes, 0);
  Anchor(PartOf(table, fib, DocPartIndex::kEndnoteRefs), kFootnoteRefBytes,
         DocAnchorKind::kEndnote);
}

void DocAnchors::ReadComments(std::string_view table, const Fib& fib) {
  const std::string_view refs = PartOf(table, fib, DocPartIndex::kCommentRefs);
  comments_ = RangesOf(PartOf(table, fib, DocPartIndex::kComments),
                       fib.body + fib.footnotes + fib.headers + fib.macros,
                       fib.comments, 0);
  Anchor(refs, kCommentRefBytes, DocAnchorKind::kComment);
  const std::vector<std::string> authors =
      ReadAuthors(PartOf(table, fib, DocPartIndex::kCommentAuthors));
  const std::string_view dates =
      PartOf(table, fib, DocPartIndex::kCommentDates);
  const Plc plc{refs, kCommentRefBytes};
  for (std::size_t i = 0; i < std::min(plc.count(), comments_.size()); ++i) {
    const std::size_t author = U16At(plc.Entry(i), 20);
    if (author < authors.size()) comments_[i].author = authors[author];
    comments_[i].day = DayOfDttm(U32At(dates, kCommentDateBytes * i));
  }
}

// A box knows the number of its shape, and the shape its place in the text.
// What the box says stands before what is said of the shape.
void DocAnchors::ReadBoxes(std::string_view table, const Fib& fib) {
  const std::string_view list = PartOf(table, fib, DocPartIndex::kBoxes);
  boxes_ = RangesOf(list,
                    fib.body + fib.footnotes + fib.headers + fib.macros +
                        fib.comments + fib.endnotes,
                    fib.boxes, kBoxBytes);
  const Plc boxes{list, kBoxBytes};
  std::unordered_map<std::uint32_t, std::size_t> by_shape;
  for (std::size_t i = 0; i < boxes_.size(); ++i) {
    by_shape.emplace(U32At(boxes.Entry(i), 14), i);
  }
  const Plc shapes{PartOf(table, fib, DocPartIndex::kShapes), kShapeBytes};
  for (std::size_t i = 0; i < shapes.count(); ++i) {
    const std::string_view entry = shapes.Entry(i);
    const std::uint32_t id = U32At(entry, 0);
    const auto found = by_shape.find(id);
    if (found != by_shape.end()) {
      anchors_.push_back({.at = shapes.Place(i),
                          .kind = DocAnchorKind::kBox,
                          .index = found->second});
      by_shape.erase(found);
    }
    anchors_.push_back({.at = shapes.Place(i),
                        .kind = DocAnchorKind::kShape,
                        .index = shapes_.size()});
    const auto side = [&](std::size_t from, std::size_t to) {
      return std::abs(static_cast<double>(I32At(entry, to)) -
                      static_cast<double>(I32At(entry, from)));
    };
    shapes_.push_back({.id = id, .width = side(4, 12), .height = side(8, 16)});
  }
}

void DocAnchors::ReadMargins(std::string_view table, const Fib& fib) {
  const std::vector<DocNote> stories =
      RangesOf(PartOf(table, fib, DocPartIndex::kHeaders),
               fib.body + fib.footnotes, fib.headers, 0);
  for (std::size_t i = kSeparators; i < stories.size(); ++i) {
    // Of each section: headers of even and odd pages, footers of both, header
    // and footer of the first page.
    const std::size_t kind = i % 6;
    if (stories[i].range.begin == stories[i].range.end) continue;
    margins_.push_back({.range = stories[i].range,
                        .header = kind == 0 || kind == 1 || kind == 4});
  }
  const std::vector<DocNote> boxes =
      RangesOf(PartOf(table, fib, DocPartIndex::kHeaderBoxes),
               fib.body + fib.footnotes + fib.headers + fib.macros +
                   fib.comments + fib.endnotes + fib.boxes,
               fib.header_boxes, kBoxBytes);
  for (const DocNote& box : boxes) {
    margins_.push_back({.range = box.range, .header = true});
  }
}

std::span<const DocAnchor> DocAnchors::In(const TextRange& range) const {
  const auto before = [](const DocAnchor& anchor, std::uint32_t at) {
    return anchor.at < at;
  };
  const auto first =
      std::lower_bound(anchors_.begin(), anchors_.end(), range.begin, before);
  const auto last = std::lower_bound(first, anchors_.end(), range.end, before);
  return {first, last};
}

const DocNote& DocAnchors::NoteOf(const DocAnchor& anchor) const {
  static const DocNote* const none = new DocNote();
  const std::vector<DocNote>& notes =
      anchor.kind == DocAnchorKind::kFootnote  ? footnotes_
      : anchor.kind == DocAnchorKind::kEndnote ? endnotes_
      : anchor.kind == DocAnchorKind::kComment ? comments_
                                               : boxes_;
  return anchor.index < notes.size() ? notes[anchor.index] : *none;
}

}  // namespace cairn
