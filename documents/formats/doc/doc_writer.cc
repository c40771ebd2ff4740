#include "documents/formats/doc/doc_writer.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/doc/anchors.h"
#include "documents/formats/doc/doc_pictures.h"
#include "documents/formats/doc/doc_text.h"
#include "documents/formats/doc/formatting.h"
#include "documents/formats/doc/numbering.h"
#include "documents/formats/doc/range_reader.h"
#include "documents/formats/doc/styles.h"
#include "documents/formats/doc/tables.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/page_margins.h"

namespace cairn {
namespace {

constexpr char16_t kPictureSign = 0x01;
constexpr char16_t kParagraphMark = 0x0d;
constexpr char16_t kCellMark = 0x07;
constexpr char16_t kPageMark = 0x0c;  // Of a section, which ends a paragraph.

class Writer {
 public:
  Writer(const DocStreams& streams, const Fib& fib, std::size_t nesting_max,
         DocumentPictures& pictures, DocumentBuilder& builder)
      : builder_(builder),
        fib_(fib),
        text_(DocText::Read(streams.main, streams.table, fib)),
        formatting_(streams.main, streams.table, fib),
        styles_(streams.table, fib),
        numbers_(streams.table, fib),
        anchors_(streams.table, fib, text_.size()),
        fonts_(ReadFontNames(streams.table, fib)),
        data_(streams.data),
        pictures_(streams, fib, nesting_max, pictures, builder),
        body_reader_(text_, formatting_, fonts_) {}

  void Run() {
    Margins();
    Blocks({0, std::min(fib_.body, text_.size())});
    for (std::size_t i = 0; i < anchors_.boxes().size(); ++i) Box(i);
    Warn();
  }

 private:
  struct Paragraph {
    TextRange range;  // Without its mark.
    std::uint32_t next = 0;
    char16_t mark = 0;
    ParagraphFormat format;
    bool title = false, code = false;
    const ParagraphRun* run = nullptr;
  };

  void Margins();
  Paragraph NextParagraph(std::uint32_t at, std::uint32_t end);
  void Format(Paragraph& paragraph);
  DocBlock BlockOf(const Paragraph& paragraph);
  void Blocks(const TextRange& range);
  void InTable(const Paragraph& paragraph);
  void EndTable();
  void WriteRows(std::vector<DocTables::Row> rows);
  void AddBlock(const DocBlock& block);
  void Notice(const TextRange& range);
  void Pictures(const TextRange& range);
  void Note(const DocAnchor& anchor);
  void Box(std::size_t index);
  std::string PlainText(const TextRange& range, RangeReader& reader);
  void FlushCode();
  void Warn();

  DocumentBuilder& builder_;
  const Fib& fib_;
  DocText text_;
  DocFormatting formatting_;
  DocStyles styles_;
  DocListNumbers numbers_;
  DocAnchors anchors_;
  std::vector<std::string> fonts_;
  DocData data_;
  DocPictures pictures_;
  RangeReader body_reader_;
  RangeReader* reader_ = &body_reader_;  // Of the part that is being read.
  DocTables tables_;
  std::string code_;  // Lines of code so far.
  // The formats of the run that was met last; its paragraphs share them.
  const ParagraphRun* known_run_ = nullptr;
  ParagraphFormat known_format_;
  std::set<std::size_t> boxes_written_, comments_written_;
  std::size_t footnotes_seen_ = 0, endnotes_seen_ = 0, objects_ = 0,
              deletions_ = 0, hidden_ = 0;
  int box_depth_ = 0;
};

Writer::Paragraph Writer::NextParagraph(std::uint32_t at, std::uint32_t end) {
  Paragraph out;
  out.range.begin = at;
  for (; at < end; ++at) {
    const char16_t sign = text_[at];
    if (sign != kParagraphMark && sign != kCellMark && sign != kPageMark) {
      continue;
    }
    if (sign == kPageMark) {
      // A new page within a paragraph has the same sign as a section's end.
      const DocText::Place place = text_.PlaceOf(at);
      const ParagraphRun* const run = formatting_.ParagraphAt(place.offset);
      if (run != nullptr && run->end != place.offset + place.width) continue;
    }
    out.mark = sign;
    break;
  }
  out.range.end = at;
  out.next = std::min(at + 1, end);
  Format(out);
  return out;
}

void Writer::Format(Paragraph& paragraph) {
  if (paragraph.range.end >= text_.size()) return;
  paragraph.run =
      formatting_.ParagraphAt(text_.PlaceOf(paragraph.range.end).offset);
  if (paragraph.run != known_run_ || known_run_ == nullptr) {
    known_run_ = paragraph.run;
    known_format_ = ParagraphFormat();
    if (known_run_ != nullptr) {
      known_format_.style = known_run_->style;
      ApplyParagraphChanges(known_run_->changes, data_, known_format_);
    }
  }
  ParagraphFormat own = known_format_;
  const std::string_view changes = text_.ChangesAt(paragraph.range.end);
  if (!changes.empty()) ApplyParagraphChanges(changes, data_, own);
  const DocStyle& style = styles_.Of(own.style);
  if (own.outline_level < 0) own.outline_level = style.format.outline_level;
  if (own.list < 0) own.list = style.format.list;
  if (own.list_level < 0) own.list_level = style.format.list_level;
  paragraph.format = own;
  paragraph.title = style.title;
  paragraph.code = style.code;
}

DocBlock Writer::BlockOf(const Paragraph& paragraph) {
  DocBlock block;
  block.range = paragraph.range;
  const std::string text = reader_->Read(paragraph.range);
  const ParagraphFormat& format = paragraph.format;
  const bool heading = paragraph.title ||
                       (format.outline_level >= 0 && format.outline_level < 9);
  if (format.list > 0) {
    // Word numbers no paragraph without any text.
    if (TrimWhiteSpace(text).empty()) return block;
    block.label = numbers_.Next(format.list, std::max(format.list_level, 0));
    if (!TrimWhiteSpace(block.label).empty()) block.label += " ";
  }
  if (heading) {
    block.type = BlockType::kHeading;
    block.level = static_cast<std::uint8_t>(
        paragraph.title ? 1 : std::min(format.outline_level + 1, 6));
    block.text = block.label + CollapseWhiteSpace(text);
  } else if (format.list > 0) {
    block.type = BlockType::kListItem;
    block.level = static_cast<std::uint8_t>(std::max(format.list_level, 0) + 1);
    block.text = block.label + CollapseLines(text);
  } else if (paragraph.code) {
    block.type = BlockType::kCode;
    block.text = text;
  } else {
    block.text = CollapseLines(text);
  }
  if (paragraph.title && !builder_.has_title()) builder_.SetTitle(block.text);
  return block;
}

void Writer::Blocks(const TextRange& range) {
  for (std::uint32_t at = range.begin; at < range.end && !builder_.failed();) {
    const Paragraph paragraph = NextParagraph(at, range.end);
    at = paragraph.next;
    if (paragraph.format.table_depth > 0) {
      InTable(paragraph);
      continue;
    }
    EndTable();
    AddBlock(BlockOf(paragraph));
    Notice(paragraph.range);
  }
  EndTable();
  FlushCode();
}

void Writer::InTable(const Paragraph& paragraph) {
  FlushCode();
  const ParagraphFormat& format = paragraph.format;
  const bool outer = paragraph.mark == kCellMark && format.table_depth <= 1;
  DocTables::Mark mark = DocTables::Mark::kNone;
  if (format.inner_row_end || (outer && format.row_end)) {
    mark = DocTables::Mark::kRow;
  } else if (format.inner_cell_end || outer) {
    mark = DocTables::Mark::kCell;
  }
  if (mark == DocTables::Mark::kRow) {
    const RowFormat row = paragraph.run == nullptr
                              ? RowFormat()
                              : ReadRowChanges(paragraph.run->changes, data_);
    tables_.Add(format.table_depth, DocBlock(), mark, row);
    return;
  }
  tables_.Add(format.table_depth, BlockOf(paragraph), mark, RowFormat());
}

void Writer::EndTable() {
  if (tables_.empty()) return;
  WriteRows(tables_.Take());
}

// As deep as DocTables lets tables stand inside of each other.
void Writer::WriteRows(std::vector<DocTables::Row> rows) {
  std::vector<DocBlock> blocks;
  for (const DocTables::Row& row : rows) {
    for (const DocTables::Cell& cell : row.cells) {
      blocks.insert(blocks.end(), cell.blocks.begin(), cell.blocks.end());
    }
  }
  if (!IsDocLayout(rows)) {
    WriteDocTable(std::move(rows), builder_);
    for (const DocBlock& block : blocks) Notice(block.range);
    return;
  }
  for (const DocBlock& block : blocks) {
    if (block.inner_table > 0) {
      WriteRows(tables_.TakeInner(block.inner_table));
      continue;
    }
    AddBlock(block);
    Notice(block.range);
  }
  FlushCode();
}

void Writer::AddBlock(const DocBlock& block) {
  if (block.type == BlockType::kCode) {
    if (!code_.empty()) code_.push_back('\n');
    code_ += block.text;
    return;
  }
  FlushCode();
  // A number alone says nothing.
  if (block.text.size() <= block.label.size()) return;
  builder_.AddBlock(block.type, block.text, block.level);
}

void Writer::FlushCode() {
  builder_.AddBlock(BlockType::kCode, TrimCode(code_));
  code_.clear();
}

// What hangs on a paragraph; the mark of a cell may carry it too.
void Writer::Notice(const TextRange& range) {
  Pictures(range);
  for (const DocAnchor& anchor : anchors_.In({range.begin, range.end + 1})) {
    FlushCode();
    if (anchor.kind == DocAnchorKind::kBox) {
      Box(anchor.index);
    } else if (anchor.kind == DocAnchorKind::kShape) {
      pictures_.AddShape(anchors_.ShapeOf(anchor));
    } else {
      Note(anchor);
    }
  }
}

void Writer::Pictures(const TextRange& range) {
  const std::uint32_t end = std::min(range.end, text_.size());
  for (std::uint32_t at = range.begin; at < end; ++at) {
    if (text_[at] != kPictureSign) continue;
    const CharacterRun* const run =
        formatting_.CharactersAt(text_.PlaceOf(at).offset);
    if (run == nullptr) continue;
    FlushCode();
    pictures_.AddInline(ReadCharacterChanges(run->changes));
  }
}

// Boxes may hold tables and headings; boxes inside of boxes do not exist.
void Writer::Box(std::size_t index) {
  if (box_depth_ > 0 || !boxes_written_.insert(index).second) return;
  ++box_depth_;
  RangeReader reader(text_, formatting_, fonts_);
  reader_ = &reader;
  Blocks(anchors_.boxes()[index].range);
  reader_ = &body_reader_;
  deletions_ += reader.deletions();
  hidden_ += reader.hidden();
  objects_ += reader.objects();
  --box_depth_;
}

std::string Writer::PlainText(const TextRange& range, RangeReader& reader) {
  std::string out;
  for (std::uint32_t at = range.begin; at < range.end;) {
    const Paragraph paragraph = NextParagraph(at, range.end);
    at = paragraph.next;
    out += reader.Read(paragraph.range) + "\n";
  }
  return CollapseLines(out);
}

void Writer::Note(const DocAnchor& anchor) {
  const DocNote& note = anchors_.NoteOf(anchor);
  std::string label;
  if (anchor.kind == DocAnchorKind::kComment) {
    if (!comments_written_.insert(anchor.index).second) return;
    label = CommentLabel("", note.author, note.day);
  } else if (anchor.kind == DocAnchorKind::kFootnote) {
    label = "Footnote " + std::to_string(++footnotes_seen_);
  } else {
    label = "Endnote " + std::to_string(++endnotes_seen_);
  }
  RangeReader reader(text_, formatting_, fonts_);
  const std::string text = PlainText(note.range, reader);
  deletions_ += reader.deletions();
  hidden_ += reader.hidden();
  if (!text.empty()) {
    builder_.AddBlock(BlockType::kParagraph, label + ": " + text);
  }
}

// Whatever section they belong to; most files have the same ones everywhere.
void Writer::Margins() {
  PageMargins margins;
  for (const DocMargin& margin : anchors_.margins()) {
    RangeReader reader(text_, formatting_, fonts_, DocPageNumbers::kDropped);
    const std::string text = PlainText(margin.range, reader);
    margins.Add(margin.header, text, reader.dropped_numbers() > 0);
  }
  margins.Write(builder_);
}

void Writer::Warn() {
  builder_.AddWarning(deletions_ + body_reader_.deletions(),
                      "tracked deletions were left out");
  builder_.AddWarning(hidden_ + body_reader_.hidden(),
                      "pieces of hidden text were left out");
  builder_.AddWarning(objects_ + body_reader_.objects(),
                      "embedded objects of other programs were left out");
  pictures_.Warn();
  if (text_.cut()) {
    builder_.AddWarning(
        "the file is damaged: not all of its text could be found");
  }
}

}  // namespace

void WriteDoc(const DocStreams& streams, const Fib& fib,
              std::size_t nesting_max, DocumentPictures& pictures,
              DocumentBuilder& builder) {
  Writer(streams, fib, nesting_max, pictures, builder).Run();
}

void WriteOldDoc(std::string_view stream, const Fib& fib,
                 DocumentBuilder& builder) {
  const DocText text = DocText::Read(stream, stream, fib);
  const DocFormatting formatting("", "", Fib());
  const std::vector<std::string> fonts;
  RangeReader reader(text, formatting, fonts);
  TextRange range;
  for (std::uint32_t at = 0; at < text.size() && !builder.failed(); ++at) {
    const char16_t sign = text[at];
    if (sign != kParagraphMark && sign != kCellMark && sign != kPageMark &&
        at + 1 < text.size()) {
      continue;
    }
    range.end = at + 1 < text.size() ? at : text.size();
    builder.AddBlock(BlockType::kParagraph, CollapseLines(reader.Read(range)));
    range.begin = at + 1;
  }
  builder.AddWarning(
      "the document is of Word 6 or 95: its text was read without headings, "
      "lists, tables and pictures; save it as .docx to keep them");
  if (text.cut()) {
    builder.AddWarning(
        "the file is damaged: not all of its text could be found");
  }
}

}  // namespace cairn
