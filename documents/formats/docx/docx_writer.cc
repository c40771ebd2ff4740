#include "documents/formats/docx/docx_writer.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "documents/formats/docx/numbering.h"
#include "documents/formats/docx/paragraph_reader.h"
#include "documents/formats/docx/styles.h"
#include "documents/formats/docx/tables.h"
#include "documents/formats/ooxml/chart.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/page_margins.h"

namespace cairn {
namespace {

// Deeper tables inside tables are read line by line.
constexpr int kNestedTablesMax = 4;

// Every paragraph a line, those of tables and boxes too.
void AddMarginText(XmlNode node, ParagraphReader& reader, std::string& out) {
  for (const XmlNode child : node.children()) {
    if (out.size() > kPageMarginBytesMax) return;
    if (Is(child, "AlternateContent")) {
      AddMarginText(PreferredContent(child), reader, out);
    } else if (Is(child, "p")) {
      const ParagraphContent content = reader.Read(child);
      out += content.text + "\n";
      for (const XmlNode box : content.boxes) AddMarginText(box, reader, out);
    } else {
      AddMarginText(child, reader, out);
    }
  }
}

using Notes = std::unordered_map<std::string, XmlNode>;

class Writer final : public DocxTableText {
 public:
  Writer(OpcPackage& package, const std::string& part, FigurePictures& pictures,
         DocumentBuilder& builder)
      : package_(package),
        pictures_(pictures),
        builder_(builder),
        relationships_(package.RelationshipsOf(part)),
        styles_document_(Load("styles")),
        numbering_document_(Load("numbering")),
        footnotes_document_(Load("footnotes")),
        endnotes_document_(Load("endnotes")),
        comments_document_(Load("comments")),
        styles_(Root(styles_document_)),
        numbering_(Root(numbering_document_)),
        footnotes_(ById(footnotes_document_)),
        endnotes_(ById(endnotes_document_)),
        comments_(ById(comments_document_)) {}

  void Run(XmlNode root) {
    Margins();
    Blocks(ChildOf(root, "body"));
    FlushCode();
    Warn();
  }

  std::string CellText(XmlNode cell) override;

 private:
  using Part = std::unique_ptr<XmlDocument>;

  Part Load(std::string_view type) {
    return package_.LoadIfAny(TargetOfType(relationships_, type));
  }
  static XmlNode Root(const Part& part) {
    return part == nullptr ? XmlNode() : part->root();
  }
  static Notes ById(const Part& part) {
    Notes notes;
    for (const XmlNode node : Root(part).children()) {
      // Separator lines are kept as notes too.
      if (!AttributeOf(node, "type").empty() &&
          AttributeOf(node, "type") != "normal") {
        continue;
      }
      notes.emplace(AttributeOf(node, "id"), node);
    }
    return notes;
  }

  void Margins();
  void Blocks(XmlNode node);
  void Paragraph(XmlNode node);
  void AddCellText(XmlNode cell, std::string& out);
  void Table(XmlNode node);
  void Notice(const ParagraphContent& content);
  void Note(const NoteReference& reference);
  void Figure(const DocxFigure& figure);
  void Chart(const std::string& id);
  void Diagram(const std::string& id);
  void FlushCode();
  void Warn();
  ParagraphStyle StyleOf(XmlNode paragraph) const;
  std::string Label(const ParagraphStyle& style);

  OpcPackage& package_;
  FigurePictures& pictures_;
  DocumentBuilder& builder_;
  Relationships relationships_;
  Part styles_document_, numbering_document_, footnotes_document_,
      endnotes_document_, comments_document_;
  DocxStyles styles_;
  DocxNumbering numbering_;
  Notes footnotes_, endnotes_, comments_;
  ParagraphReader reader_;
  std::string code_;  // Lines of code so far.
  // What cells refer to, written after their table.
  std::vector<ParagraphContent> waiting_;
  bool in_note_ = false;
  int nested_tables_ = 0;
  std::size_t footnotes_seen_ = 0, endnotes_seen_ = 0, foreign_ = 0;
};

// Whatever section they belong to; most files have the same ones everywhere.
void Writer::Margins() {
  PageMargins margins;
  for (const auto& [id, relationship] : relationships_) {
    const bool header = relationship.type == "header";
    if (!header && relationship.type != "footer") continue;
    const Part part = package_.LoadIfAny(relationship.target);
    ParagraphReader reader(PageNumbers::kDropped);
    std::string text;
    AddMarginText(Root(part), reader, text);
    margins.Add(header, text, reader.dropped_numbers() > 0);
  }
  margins.Write(builder_);
}

void Writer::Blocks(XmlNode node) {
  for (const XmlNode child : node.children()) {
    if (builder_.failed()) return;
    const std::string_view name = LocalName(child);
    if (name == "p") {
      Paragraph(child);
    } else if (name == "tbl") {
      Table(child);
    } else if (name == "AlternateContent") {
      Blocks(PreferredContent(child));
    } else if (name == "sdt" || name == "sdtContent" || name == "customXml" ||
               name == "ins" || name == "moveTo") {
      Blocks(child);
    } else if (name == "altChunk" || name == "subDoc") {
      ++foreign_;
    } else if (name == "oMathPara") {
      builder_.AddBlock(BlockType::kParagraph,
                        CollapseLines(reader_.Read(node).text));
      return;
    }
  }
}

ParagraphStyle Writer::StyleOf(XmlNode paragraph) const {
  const XmlNode properties = ChildOf(paragraph, "pPr");
  const std::string_view id = AttributeOf(ChildOf(properties, "pStyle"), "val");
  ParagraphStyle style = styles_.Of(id);
  const ParagraphStyle own = ReadParagraphProperties(properties);
  if (own.outline_level >= 0) style.outline_level = own.outline_level;
  if (own.list_level >= 0) style.list_level = own.list_level;
  if (own.list >= 0) {
    style.list = own.list;
  } else if (style.list > 0) {
    const int level = numbering_.LevelOfStyle(style.list, id);
    if (level >= 0) style.list_level = level;
  }
  return style;
}

std::string Writer::Label(const ParagraphStyle& style) {
  if (style.list <= 0) return {};
  std::string label =
      numbering_.Next(style.list, std::max(style.list_level, 0));
  return TrimWhiteSpace(label).empty() ? std::string() : label + " ";
}

void Writer::Paragraph(XmlNode node) {
  const ParagraphStyle style = StyleOf(node);
  const ParagraphContent content = reader_.Read(node);
  if (style.code && style.list <= 0) {
    if (!code_.empty()) code_.push_back('\n');
    code_ += content.text;
    if (content.notes.empty() && content.boxes.empty() &&
        content.figures.empty() && content.charts.empty() &&
        content.diagrams.empty()) {
      return;
    }
  }
  FlushCode();
  const std::string label = Label(style);
  const bool heading =
      style.title || (style.outline_level >= 0 && style.outline_level < 9);
  if (style.code && style.list <= 0) {
    // Written above.
  } else if (TrimWhiteSpace(content.text).empty()) {
    // A number alone says nothing.
  } else if (heading) {
    const int level = style.title ? 1 : std::min(style.outline_level + 1, 6);
    const std::string text = label + CollapseWhiteSpace(content.text);
    if (style.title && !builder_.has_title()) builder_.SetTitle(text);
    builder_.AddBlock(BlockType::kHeading, text,
                      static_cast<std::uint8_t>(level));
  } else if (style.list > 0) {
    builder_.AddBlock(
        BlockType::kListItem, label + CollapseLines(content.text),
        static_cast<std::uint8_t>(std::max(style.list_level, 0) + 1));
  } else {
    builder_.AddBlock(BlockType::kParagraph, CollapseLines(content.text));
  }
  Notice(content);
}

void Writer::FlushCode() {
  builder_.AddBlock(BlockType::kCode, TrimCode(code_));
  code_.clear();
}

// What hangs on a paragraph: boxes, figures, charts, notes.
void Writer::Notice(const ParagraphContent& content) {
  for (const XmlNode box : content.boxes) Blocks(box);
  FlushCode();
  for (const DocxFigure& figure : content.figures) Figure(figure);
  for (const std::string& id : content.charts) Chart(id);
  for (const std::string& id : content.diagrams) Diagram(id);
  for (const NoteReference& reference : content.notes) Note(reference);
}

void Writer::Note(const NoteReference& reference) {
  if (in_note_) return;
  const bool comment = reference.kind == NoteKind::kComment;
  const bool footnote = reference.kind == NoteKind::kFootnote;
  Notes& notes = comment ? comments_ : footnote ? footnotes_ : endnotes_;
  const auto found = notes.find(reference.id);
  if (found == notes.end()) return;
  const XmlNode note = found->second;
  std::string label;
  if (comment) {
    label = CommentLabel("", AttributeOf(note, "author"),
                         AttributeOf(note, "date")) +
            ": ";
    // The mark stands in every paragraph that a comment spans.
    notes.erase(found);
  } else if (footnote) {
    label = "Footnote " + std::to_string(++footnotes_seen_) + ": ";
  } else {
    label = "Endnote " + std::to_string(++endnotes_seen_) + ": ";
  }
  in_note_ = true;
  const std::string text = CollapseLines(CellText(note));
  in_note_ = false;
  if (!text.empty()) builder_.AddBlock(BlockType::kParagraph, label + text);
}

void Writer::Figure(const DocxFigure& figure) {
  builder_.AddBlock(BlockType::kFigure, CollapseWhiteSpace(figure.text));
  const auto found = relationships_.find(figure.picture);
  if (found == relationships_.end() || found->second.external) return;
  pictures_.Add(found->second.target, figure.shown, builder_);
}

void Writer::Chart(const std::string& id) {
  const auto found = relationships_.find(id);
  if (found == relationships_.end()) return;
  const Part chart = package_.LoadIfAny(found->second.target);
  if (chart == nullptr) return;
  TableDraft table = ReadChart(chart->root());
  if (table.rows.empty()) {
    builder_.AddBlock(BlockType::kFigure, table.caption);
    return;
  }
  WriteTable(std::move(table), builder_);
}

void Writer::Diagram(const std::string& id) {
  const auto found = relationships_.find(id);
  if (found == relationships_.end()) return;
  const Part diagram = package_.LoadIfAny(found->second.target);
  if (diagram == nullptr) return;
  for (const std::string& line : ReadDiagram(diagram->root())) {
    builder_.AddBlock(BlockType::kListItem, CollapseWhiteSpace(line), 1);
  }
}

std::string Writer::CellText(XmlNode cell) {
  std::string out;
  AddCellText(cell, out);
  return out;
}

// Paragraphs a line each; what hangs on them waits for the end of the table.
// Everything goes to the end of one string: copies would add up with depth.
void Writer::AddCellText(XmlNode cell, std::string& out) {
  const auto add = [&](std::string_view text) {
    if (TrimWhiteSpace(text).empty()) return;
    if (!out.empty()) out.push_back('\n');
    out += text;
  };
  for (const XmlNode child : cell.children()) {
    const std::string_view name = LocalName(child);
    if (name == "p") {
      const ParagraphStyle style = StyleOf(child);
      ParagraphContent content = reader_.Read(child);
      const std::string label = Label(style);
      if (!TrimWhiteSpace(content.text).empty()) add(label + content.text);
      for (const XmlNode box : content.boxes) AddCellText(box, out);
      for (DocxFigure& figure : content.figures) {
        add(std::exchange(figure.text, {}));
      }
      content.boxes.clear();
      if (!in_note_) waiting_.push_back(std::move(content));
    } else if (name == "tbl" && nested_tables_ < kNestedTablesMax) {
      ++nested_tables_;
      add(InOneLine(ReadDocxTable(child, *this)));
      --nested_tables_;
    } else if (name == "AlternateContent") {
      AddCellText(PreferredContent(child), out);
    } else if (name == "sdt" || name == "sdtContent" || name == "customXml" ||
               name == "ins" || name == "moveTo" || name == "tbl" ||
               name == "tr" || name == "tc") {
      AddCellText(child, out);
    }
  }
}

void Writer::Table(XmlNode node) {
  FlushCode();
  const XmlNode properties = ChildOf(node, "tblPr");
  const bool draws_rows = DrawsRowsOf(properties)
                              .value_or(styles_.DrawsRows(AttributeOf(
                                  ChildOf(properties, "tblStyle"), "val")));
  if (IsDocxLayout(node, draws_rows)) {
    for (const XmlNode cell : DocxCells(node)) Blocks(cell);
    FlushCode();
    return;
  }
  waiting_.clear();
  WriteTable(ReadDocxTable(node, *this), builder_);
  const std::vector<ParagraphContent> waiting = std::move(waiting_);
  waiting_.clear();
  for (const ParagraphContent& content : waiting) Notice(content);
}

void Writer::Warn() {
  builder_.AddWarning(reader_.deletions(), "tracked deletions were left out");
  builder_.AddWarning(reader_.hidden(), "pieces of hidden text were left out");
  builder_.AddWarning(foreign_, "embedded documents were left out");
}

}  // namespace

void WriteDocx(OpcPackage& package, const std::string& part, XmlNode root,
               FigurePictures& pictures, DocumentBuilder& builder) {
  Writer(package, part, pictures, builder).Run(root);
}

}  // namespace cairn
