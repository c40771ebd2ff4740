#include "documents/formats/docx/tables.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cairn {
namespace {

constexpr int kSpanMax = 1000;

// Children of that name, also inside content controls and insertions.
void Find(XmlNode node, std::string_view wanted, std::vector<XmlNode>& out) {
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name == wanted) {
      out.push_back(child);
    } else if (name == "sdt" || name == "sdtContent" || name == "customXml" ||
               name == "ins" || name == "moveTo") {
      Find(child, wanted, out);
    }
  }
}

std::vector<XmlNode> Rows(XmlNode table) {
  std::vector<XmlNode> rows;
  Find(table, "tr", rows);
  std::erase_if(rows, [](XmlNode row) {
    return static_cast<bool>(ChildAt(row, "trPr", "del"));
  });
  return rows;
}

std::vector<XmlNode> Cells(XmlNode row) {
  std::vector<XmlNode> cells;
  Find(row, "tc", cells);
  return cells;
}

int Value(XmlNode properties, std::string_view name) {
  return std::clamp(NumberOf(AttributeOf(ChildOf(properties, name), "val"), 0),
                    0, kSpanMax);
}

bool IsHeader(XmlNode row) {
  const XmlNode header = ChildAt(row, "trPr", "tblHeader");
  return header &&
         (!HasAttribute(header, "val") || IsTrue(AttributeOf(header, "val")));
}

// One paragraph that is neither a heading nor a list item by itself.
bool HoldsOneLine(XmlNode cell) {
  int paragraphs = 0;
  for (const XmlNode child : cell.children()) {
    if (Is(child, "tcPr")) continue;
    if (!Is(child, "p") || ++paragraphs > 1) return false;
  }
  return paragraphs == 1;
}

class Reader {
 public:
  explicit Reader(DocxTableText& text) : text_(text) {}

  TableDraft Read(XmlNode table) {
    bool head = true;
    for (const XmlNode row : Rows(table)) {
      head = head && IsHeader(row);
      out_.header_rows += head ? 1 : 0;
      Row(row);
    }
    return std::move(out_);
  }

 private:
  struct Anchor {
    std::size_t row = SIZE_MAX, cell = 0;
  };

  void Row(XmlNode row) {
    out_.rows.emplace_back();
    auto column =
        static_cast<std::uint32_t>(Value(ChildOf(row, "trPr"), "gridBefore"));
    for (const XmlNode node : Cells(row)) {
      const XmlNode properties = ChildOf(node, "tcPr");
      const auto span = static_cast<std::uint32_t>(
          std::max(Value(properties, "gridSpan"), 1));
      const XmlNode merge = ChildOf(properties, "vMerge");
      const bool continues = merge && AttributeOf(merge, "val") != "restart" &&
                             column < anchors_.size() &&
                             anchors_[column].row != SIZE_MAX;
      std::string text = text_.CellText(node);
      const bool to_the_left =
          AttributeOf(ChildOf(properties, "hMerge"), "val") == "continue" &&
          !out_.rows.back().empty();
      if (continues) {
        Extend(anchors_[column], text);
      } else if (to_the_left) {
        ++out_.rows.back().back().column_span;
      } else {
        Claim(column, span, static_cast<bool>(merge));
        out_.rows.back().push_back(
            {.text = std::move(text), .column = column, .column_span = span});
      }
      column += span;
      if (column > 20U * kSpanMax) return;
    }
  }

  void Claim(std::uint32_t column, std::uint32_t span, bool merges) {
    if (anchors_.size() < column + span) anchors_.resize(column + span);
    for (std::uint32_t i = column; i < column + span; ++i) {
      anchors_[i] = Anchor();
    }
    if (merges) {
      anchors_[column] = {out_.rows.size() - 1, out_.rows.back().size()};
    }
  }

  void Extend(const Anchor& anchor, const std::string& text) {
    DraftCell& cell = out_.rows[anchor.row][anchor.cell];
    cell.row_span = static_cast<std::uint32_t>(out_.rows.size() - anchor.row);
    if (TrimWhiteSpace(text).empty()) return;
    cell.text += "\n" + text;
  }

  DocxTableText& text_;
  TableDraft out_;
  std::vector<Anchor> anchors_;  // Cells that go on below, by column.
};

}  // namespace

bool IsDocxLayout(XmlNode table, bool draws_rows) {
  const std::vector<XmlNode> rows = Rows(table);
  bool lines = draws_rows && rows.size() > 1;
  for (const XmlNode row : rows) {
    const std::vector<XmlNode> cells = Cells(row);
    if (cells.size() > 1) return false;
    for (const XmlNode cell : cells) lines = lines && HoldsOneLine(cell);
  }
  return !lines;
}

std::vector<XmlNode> DocxCells(XmlNode table) {
  std::vector<XmlNode> out;
  for (const XmlNode row : Rows(table)) {
    const std::vector<XmlNode> cells = Cells(row);
    out.insert(out.end(), cells.begin(), cells.end());
  }
  return out;
}

TableDraft ReadDocxTable(XmlNode table, DocxTableText& text) {
  return Reader(text).Read(table);
}

}  // namespace cairn
