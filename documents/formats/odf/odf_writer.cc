#include "documents/formats/odf/odf_writer.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "documents/formats/odf/length.h"
#include "documents/formats/odf/objects.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/page_margins.h"

namespace cairn {
namespace {

bool IsContainer(std::string_view name) {
  return name == "section" || name == "index-body" || name == "index-title" ||
         name == "text-box" || name == "alphabetical-index" ||
         name == "illustration-index" || name == "table-index" ||
         name == "object-index" || name == "user-index" ||
         name == "bibliography" || name == "page-sequence";
}

// An item that begins with a list of its own has no mark that people see.
bool HasOwnText(XmlNode item) {
  for (const XmlNode child : item.children()) {
    if (!LocalName(child).empty()) return !Is(child, "list");
  }
  return false;
}

// Every paragraph a line; true when page numbers stood in it.
bool AddMarginText(XmlNode node, const OdfStyles& styles, std::string& out) {
  bool numbered = false;
  for (const XmlNode child : node.children()) {
    if (out.size() > kPageMarginBytesMax) break;
    if (Is(child, "p") || Is(child, "h")) {
      const OdfContent content = ReadOdfMargin(child, styles);
      out += content.text + "\n";
      numbered |= content.numbered;
    } else {
      numbered |= AddMarginText(child, styles, out);
    }
  }
  return numbered;
}

}  // namespace

void OdfWriter::WriteMargins() {
  PageMargins margins;
  for (const XmlNode root : package_.style_roots()) {
    for (const XmlNode page : ChildOf(root, "master-styles").children()) {
      if (!Is(page, "master-page")) continue;
      for (const XmlNode node : page.children()) {
        const bool header = LocalName(node).starts_with("header");
        if (!header && !LocalName(node).starts_with("footer")) continue;
        std::string text;
        margins.Add(header, text, AddMarginText(node, styles_, text));
      }
    }
  }
  margins.Write(builder_);
}

void OdfWriter::Write(XmlNode node) {
  Blocks(node, 0);
  FlushCode();
}

void OdfWriter::Blocks(XmlNode node, int list_level) {
  for (const XmlNode child : node.children()) {
    if (builder_.failed()) return;
    Block(child, list_level);
  }
}

void OdfWriter::Block(XmlNode node, int list_level) {
  const std::string_view name = LocalName(node);
  if (name == "p") {
    Paragraph(node, list_level, false);
  } else if (name == "h") {
    Heading(node);
  } else if (name == "list") {
    numbering_.BeginList(node);
    for (const XmlNode item : node.children()) {
      if (Is(item, "list-item")) Item(item, list_level + 1, true);
      if (Is(item, "list-header")) Item(item, list_level + 1, false);
    }
    numbering_.EndList();
  } else if (name == "numbered-paragraph") {
    Item(node, NumberOf(AttributeOf(node, "level"), 1), true);
  } else if (name == "table") {
    Table(node);
  } else if (name == "table-of-content") {
    ++contents_;
  } else if (name == "tracked-changes") {
    for (const XmlNode change : node.children()) {
      if (ChildOf(change, "deletion")) ++deletions_;
    }
  } else if (name == "annotation" || name == "note") {
    Note(node);
  } else if (IsOdfShape(node)) {
    WriteShape(node);
  } else if (IsContainer(name)) {
    Blocks(node, list_level);
  }
}

// The first paragraph carries the item's mark, the others stand below it.
void OdfWriter::Item(XmlNode item, int list_level, bool numbered) {
  bool marked = numbered;
  label_ = numbered && HasOwnText(item) ? numbering_.Next(item) : std::string();
  for (const XmlNode child : item.children()) {
    if (builder_.failed()) return;
    if (Is(child, "p")) {
      Paragraph(child, list_level, marked);
      marked = false;
      label_.clear();
    } else {
      Block(child, list_level);
    }
  }
}

void OdfWriter::Paragraph(XmlNode node, int list_level, bool is_item) {
  const std::string_view style = AttributeOf(node, "style-name");
  const OdfContent content = ReadOdfParagraph(node, styles_);
  if (list_level == 0 && styles_.IsCode(style)) {
    if (!code_.empty()) code_.push_back('\n');
    code_ += content.text;
    if (content.notes.empty() && content.shapes.empty()) return;
    FlushCode();
    Hanging(content);
    return;
  }
  FlushCode();
  std::string text = CollapseLines(content.text);
  if (list_level == 0 && !text.empty() && styles_.IsTitle(style)) {
    const std::string title = CollapseWhiteSpace(text);
    if (!builder_.has_title()) builder_.SetTitle(title);
    builder_.AddBlock(BlockType::kHeading, title, 1);
  } else if (is_item) {
    if (!text.empty()) text.insert(0, label_);
    builder_.AddBlock(
        BlockType::kListItem, text,
        static_cast<std::uint8_t>(std::clamp(list_level, 1, 255)));
  } else {
    builder_.AddBlock(BlockType::kParagraph, text);
  }
  Hanging(content);
}

void OdfWriter::Heading(XmlNode node) {
  FlushCode();
  const OdfContent content = ReadOdfParagraph(node, styles_);
  const int level = NumberOf(AttributeOf(node, "outline-level"), 1);
  std::string text = CollapseWhiteSpace(content.text);
  // An empty heading has a number too, which nobody sees.
  const std::string own = numbering_.NextHeading(node, level);
  if (!text.empty()) text.insert(0, label_.empty() ? own : label_);
  label_.clear();
  builder_.AddBlock(BlockType::kHeading, text,
                    static_cast<std::uint8_t>(std::clamp(level, 1, 6)));
  Hanging(content);
}

void OdfWriter::FlushCode() {
  builder_.AddBlock(BlockType::kCode, TrimCode(code_));
  code_.clear();
}

void OdfWriter::Hanging(const OdfContent& content) {
  for (const XmlNode shape : content.shapes) WriteShape(shape);
  FlushCode();
  for (const XmlNode note : content.notes) Note(note);
}

void OdfWriter::Note(XmlNode note) {
  if (in_note_) return;
  if (Is(note, "annotation")) return WriteComment(note, "");
  const bool endnote = AttributeOf(note, "note-class") == "endnote";
  const std::string label = endnote
                                ? "Endnote " + std::to_string(++endnotes_)
                                : "Footnote " + std::to_string(++footnotes_);
  const std::string text = TextOf(ChildOf(note, "note-body"));
  if (!text.empty()) {
    builder_.AddBlock(BlockType::kParagraph, label + ": " + text);
  }
}

void OdfWriter::WriteComment(XmlNode annotation, const std::string& place) {
  const std::string label =
      CommentLabel(place, AllText(ChildOf(annotation, "creator")),
                   AllText(ChildOf(annotation, "date")));
  const std::string text = TextOf(annotation);
  if (!text.empty()) {
    builder_.AddBlock(BlockType::kParagraph, label + ": " + text);
  }
}

void OdfWriter::WriteShape(XmlNode shape) {
  FlushCode();
  if (Is(shape, "g")) {
    for (const XmlNode child : shape.children()) {
      if (IsOdfShape(child)) WriteShape(child);
    }
  } else if (Is(shape, "frame")) {
    Frame(shape);
  } else {
    Write(shape);
  }
  std::string text = AllText(ChildOf(shape, "desc"));
  if (TrimWhiteSpace(text).empty()) text = AllText(ChildOf(shape, "title"));
  builder_.AddBlock(BlockType::kFigure, CollapseWhiteSpace(text));
  if (Is(shape, "frame")) Pictures(shape);
}

// Of a frame that holds nothing better; the same picture in several formats.
void OdfWriter::Pictures(XmlNode frame) {
  ShownSize shown;
  OdfLength(AttributeOf(frame, "width"), shown.width);
  OdfLength(AttributeOf(frame, "height"), shown.height);
  for (const XmlNode child : frame.children()) {
    const std::string_view name = LocalName(child);
    if (name == "text-box" || name == "table" || name == "object") return;
    if (name == "image") {
      pictures_.Add(ResolvePartName("", AttributeOf(child, "href")), shown,
                    builder_);
    }
  }
}

// The first content that can be read; the others are pictures of it.
void OdfWriter::Frame(XmlNode frame) {
  for (const XmlNode child : frame.children()) {
    const std::string_view name = LocalName(child);
    if (name == "text-box") return Write(child);
    if (name == "table") return Table(child);
    if (name == "object") return Object(child);
    if (name == "image") {
      Write(child);  // Text may stand on it.
      return;
    }
  }
}

void OdfWriter::Object(XmlNode object) {
  // A flat file holds the object itself.
  XmlNode root = ChildOf(object, "document");
  if (!root) root = ChildOf(object, "math");
  std::unique_ptr<XmlDocument> part;
  if (!root) {
    part = package_.LoadObject(AttributeOf(object, "href"));
    if (part == nullptr) return;
    root = part->root();
  }
  if (const XmlNode chart = ChartTable(root)) {
    TableDraft table =
        ReadOdfTable(chart, limits_, *this, false, repetitions_cut);
    table.caption = ChartTitle(root);
    WriteTable(std::move(table), builder_);
    // They point into the object's tree, which is gone after this call.
    waiting_.clear();
    return;
  }
  builder_.AddBlock(BlockType::kParagraph, FormulaText(root));
}

void OdfWriter::Table(XmlNode table) {
  FlushCode();
  if (IsOdfLayout(table)) {
    for (const OdfRow& row : OdfRows(table)) {
      for (const XmlNode cell : row.node.children()) {
        if (Is(cell, "table-cell")) Write(cell);
      }
    }
    return;
  }
  waiting_.clear();
  TableDraft draft =
      ReadOdfTable(table, limits_, *this, false, repetitions_cut);
  WriteTable(std::move(draft), builder_);
  const std::vector<OdfContent> waiting = std::move(waiting_);
  waiting_.clear();
  for (const OdfContent& content : waiting) {
    for (const XmlNode shape : content.shapes) WriteShape(shape);
    for (const XmlNode note : content.notes) Note(note);
  }
}

std::string OdfWriter::TextOf(XmlNode node) {
  const bool before = std::exchange(in_note_, true);
  std::string out = CellText(node);
  in_note_ = before;
  return out;
}

std::string OdfWriter::CellText(XmlNode cell) {
  std::string out;
  AddLines(cell, out);
  return CollapseLines(out);
}

// Paragraphs a line each; what hangs on them waits for the end of the table.
void OdfWriter::AddLines(XmlNode node, std::string& out) {
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name == "p" || name == "h") {
      OdfContent content = ReadOdfParagraph(child, styles_);
      if (!out.empty()) out.push_back('\n');
      out += std::exchange(label_, std::string()) + content.text;
      if (!in_note_ && !(content.shapes.empty() && content.notes.empty())) {
        content.text.clear();
        waiting_.push_back(std::move(content));
      }
    } else if (name == "table" && nested_tables_ < kOdfNestedTablesMax) {
      if (!out.empty()) out.push_back('\n');
      ++nested_tables_;
      out +=
          InOneLine(ReadOdfTable(child, limits_, *this, true, repetitions_cut));
      --nested_tables_;
    } else if (name == "list") {
      numbering_.BeginList(child);
      AddLines(child, out);
      numbering_.EndList();
    } else if (name == "list-item") {
      label_ = HasOwnText(child) ? numbering_.Next(child) : std::string();
      AddLines(child, out);
      label_.clear();
    } else if (name == "list-header" || IsContainer(name) ||
               name.starts_with("table")) {
      AddLines(child, out);
    }
  }
}

void OdfWriter::Warn() {
  builder_.AddWarning(deletions_, "tracked deletions were left out");
  builder_.AddWarning(
      contents_, "tables of contents were left out: they repeat the headings");
  builder_.AddWarning(
      repetitions_cut,
      "cells or rows that repeat more than 1000 times, or inside another "
      "table, were read once");
}

}  // namespace cairn
