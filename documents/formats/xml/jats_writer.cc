#include "documents/formats/xml/jats_writer.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "documents/superscript.h"

namespace cairn {
namespace {

bool IsOneOf(std::string_view name, std::initializer_list<const char*> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class JatsWriter {
 public:
  JatsWriter(const XmlTree& tree, DocumentBuilder& builder)
      : tree_(tree), builder_(builder) {}

  void WriteArticle(const XmlNode& article, int level);

 private:
  void WriteFront(const XmlNode& front, int level);
  void WriteAuthors(const XmlNode& meta);
  void WriteChildren(const XmlNode& node, int level);
  void WriteNode(const XmlNode& node, int level);
  void WriteSection(const XmlNode& node, std::string_view fallback, int level);
  void WriteParagraph(const XmlNode& node, int level);
  void WriteList(const XmlNode& list, int list_level);
  void WriteTable(const XmlNode& wrap, int level);
  void WriteRows(const XmlNode& node, bool head);
  void WriteReferences(const XmlNode& list, int level);
  void AddHeading(std::string_view text, int level) {
    builder_.AddBlock(BlockType::kHeading, text,
                      static_cast<std::uint8_t>(std::min(level, 6)));
  }
  void AppendInline(const XmlNode& node, std::string& out) const;
  std::string InlineOf(const XmlNode& node) const;
  std::string CaptionOf(const XmlNode& node) const;
  std::string CitationOf(const XmlNode& ref) const;

  const XmlTree& tree_;
  DocumentBuilder& builder_;
  std::uint32_t header_rows_ = 0;
  std::vector<std::uint32_t> taken_;  // By column: rows a cell above still has.
};

// TeX of a formula stands in a whole document of its own.
std::string TexOf(std::string_view text) {
  const std::size_t begin = text.find("\\begin{document}");
  const std::size_t end = text.find("\\end{document}");
  if (begin != std::string_view::npos && end != std::string_view::npos &&
      begin + 16 <= end) {
    text = text.substr(begin + 16, end - begin - 16);
  }
  return CollapseWhiteSpace(text);
}

void JatsWriter::AppendInline(const XmlNode& node, std::string& out) const {
  if (node.name.empty()) {
    out += node.text;
    return;
  }
  if (IsOneOf(node.name, {"graphic", "inline-graphic", "object-id"})) return;
  if (node.name == "tex-math") {
    out += TexOf(tree_.TextOf(node));
    return;
  }
  if (node.name == "alternatives") {
    // The same thing in several forms: one is enough.
    const XmlNode* best = tree_.Find(node, "tex-math");
    if (best == nullptr) best = tree_.Find(node, "math");
    if (best != nullptr) return AppendInline(*best, out);
  }
  if (node.name == "break") out.push_back(' ');
  const std::size_t begin = out.size();
  for (const std::uint32_t child : node.children) {
    AppendInline(tree_.node(child), out);
  }
  if (node.name == "sup" && begin > 0) {
    const std::string raised = Superscript(std::string_view(out).substr(begin));
    if (!raised.empty()) out.replace(begin, std::string::npos, raised);
  }
  // Blocks inside of an inline text, such as paragraphs of a cell.
  if (IsOneOf(node.name, {"p", "title", "label", "list-item", "def"})) {
    out.push_back(' ');
  }
}

std::string JatsWriter::InlineOf(const XmlNode& node) const {
  std::string out;
  AppendInline(node, out);
  return CollapseWhiteSpace(out);
}

std::string JatsWriter::CaptionOf(const XmlNode& node) const {
  std::string out;
  for (const char* part : {"label", "caption"}) {
    const XmlNode* found = tree_.Find(node, part);
    if (found == nullptr) continue;
    if (!out.empty()) out.push_back(' ');
    out += InlineOf(*found);
  }
  return out;
}

void JatsWriter::WriteAuthors(const XmlNode& meta) {
  for (const std::uint32_t group_index : meta.children) {
    const XmlNode& group = tree_.node(group_index);
    if (group.name != "contrib-group") continue;
    std::string authors;
    for (const std::uint32_t index : group.children) {
      const XmlNode& contrib = tree_.node(index);
      if (contrib.name != "contrib") continue;
      std::string author;
      if (const XmlNode* name = tree_.Find(contrib, "name")) {
        for (const char* part : {"given-names", "surname"}) {
          const XmlNode* found = tree_.Find(*name, part);
          if (found != nullptr) author += InlineOf(*found) + " ";
        }
      } else if (const XmlNode* collab = tree_.Find(contrib, "collab")) {
        author = InlineOf(*collab);
      }
      if (author.empty()) continue;
      if (!authors.empty()) authors += ", ";
      authors += TrimWhiteSpace(author);
    }
    builder_.AddBlock(BlockType::kParagraph, authors);
  }
  for (const std::uint32_t index : meta.children) {
    const XmlNode& node = tree_.node(index);
    if (node.name == "aff") WriteParagraph(node, 1);
    if (node.name != "contrib-group") continue;
    for (const std::uint32_t child : node.children) {
      if (tree_.node(child).name == "aff") WriteParagraph(tree_.node(child), 1);
    }
  }
}

void JatsWriter::WriteFront(const XmlNode& front, int level) {
  const XmlNode* found = tree_.Find(front, "article-meta");
  const XmlNode& meta = found == nullptr ? front : *found;
  if (const XmlNode* group = tree_.Find(meta, "title-group")) {
    if (const XmlNode* title = tree_.Find(*group, "article-title")) {
      const std::string text = InlineOf(*title);
      if (!builder_.has_title()) builder_.SetTitle(text);
      AddHeading(text, level);
    }
  }
  WriteAuthors(meta);
  for (const std::uint32_t index : meta.children) {
    const XmlNode& node = tree_.node(index);
    if (node.name == "abstract" || node.name == "trans-abstract") {
      WriteSection(node, "Abstract", level + 1);
    } else if (node.name == "kwd-group") {
      std::string words;
      for (const std::uint32_t child : node.children) {
        if (tree_.node(child).name != "kwd") continue;
        words +=
            (words.empty() ? "Keywords: " : ", ") + InlineOf(tree_.node(child));
      }
      builder_.AddBlock(BlockType::kParagraph, words);
    }
  }
}

void JatsWriter::WriteArticle(const XmlNode& article, int level) {
  for (const std::uint32_t index : article.children) {
    const XmlNode& node = tree_.node(index);
    if (node.name == "front" || node.name == "front-stub") {
      WriteFront(node, level);
    } else if (node.name == "body" || node.name == "back" ||
               node.name == "floats-group") {
      WriteChildren(node, level + 1);
    } else if (node.name == "sub-article" || node.name == "response") {
      WriteArticle(node, level + 1);
    }
  }
}

void JatsWriter::WriteChildren(const XmlNode& node, int level) {
  for (const std::uint32_t child : node.children) {
    if (builder_.failed()) return;
    WriteNode(tree_.node(child), level);
  }
}

void JatsWriter::WriteSection(const XmlNode& node, std::string_view fallback,
                              int level) {
  std::string heading;
  if (const XmlNode* label = tree_.Find(node, "label")) {
    heading = InlineOf(*label) + " ";
  }
  const XmlNode* title = tree_.Find(node, "title");
  heading += title != nullptr ? InlineOf(*title) : std::string(fallback);
  AddHeading(TrimWhiteSpace(heading), level);
  for (const std::uint32_t child : node.children) {
    const XmlNode& one = tree_.node(child);
    if (&one == title || one.name == "label") continue;
    WriteNode(one, level + 1);
  }
}

bool IsBlock(std::string_view name) {
  return IsOneOf(name, {"list", "table-wrap", "fig", "fig-group",
                        "disp-formula", "disp-quote", "boxed-text", "def-list",
                        "code", "preformat", "p", "table-wrap-group"});
}

// Tables and the like inside of a paragraph end it; what follows is another.
void JatsWriter::WriteParagraph(const XmlNode& node, int level) {
  std::string text;
  const auto flush = [&] {
    builder_.AddBlock(BlockType::kParagraph, CollapseWhiteSpace(text));
    text.clear();
  };
  for (const std::uint32_t child : node.children) {
    const XmlNode& one = tree_.node(child);
    if (IsBlock(one.name)) {
      flush();
      WriteNode(one, level);
    } else {
      AppendInline(one, text);
    }
  }
  flush();
}

void JatsWriter::WriteList(const XmlNode& list, int list_level) {
  for (const std::uint32_t index : list.children) {
    const XmlNode& item = tree_.node(index);
    if (!IsOneOf(item.name, {"list-item", "def-item"})) continue;
    std::string text;
    for (const std::uint32_t child : item.children) {
      if (tree_.node(child).name != "list") {
        AppendInline(tree_.node(child), text);
      }
    }
    builder_.AddBlock(BlockType::kListItem, CollapseWhiteSpace(text),
                      static_cast<std::uint8_t>(std::min(list_level, 9)));
    for (const std::uint32_t child : item.children) {
      if (tree_.node(child).name == "list") {
        WriteList(tree_.node(child), list_level + 1);
      }
    }
  }
}

std::uint32_t SpanOf(const XmlNode& cell, std::string_view attribute) {
  const std::string text(cell.Attribute(attribute));
  return static_cast<std::uint32_t>(
      std::clamp(std::atoi(text.c_str()), 1, 1'000));
}

void JatsWriter::WriteRows(const XmlNode& node, bool head) {
  for (const std::uint32_t index : node.children) {
    const XmlNode& row = tree_.node(index);
    if (row.name == "thead" || row.name == "tbody" || row.name == "tfoot") {
      WriteRows(row, row.name == "thead");
    }
    if (row.name != "tr") continue;
    builder_.BeginRow();
    header_rows_ += head ? 1 : 0;
    std::vector<std::uint32_t> left = taken_;
    for (std::uint32_t& rows : left) rows -= rows > 0 ? 1 : 0;
    std::uint32_t column = 0;
    for (const std::uint32_t child : row.children) {
      const XmlNode& cell = tree_.node(child);
      if (cell.name != "td" && cell.name != "th") continue;
      while (column < taken_.size() && taken_[column] > 0) ++column;
      constexpr std::uint32_t kColumnsMax = 1'000;
      if (column >= kColumnsMax) break;
      std::uint32_t wide = SpanOf(cell, "colspan");
      for (std::uint32_t i = 1; i < wide; ++i) {
        const std::uint32_t at = column + i;
        if (at < taken_.size() && taken_[at] > 0) wide = i;
      }
      const std::uint32_t high = SpanOf(cell, "rowspan");
      if (left.size() < column + wide) left.resize(column + wide, 0);
      std::fill_n(left.begin() + column, wide, high - 1);
      builder_.AddCell({.text = InlineOf(cell),
                        .column = column,
                        .row_span = high,
                        .column_span = wide,
                        .header = cell.name == "th"});
      column += wide;
    }
    taken_ = std::move(left);
  }
}

void JatsWriter::WriteTable(const XmlNode& wrap, int level) {
  const std::string caption = CaptionOf(wrap);
  const XmlNode* table = tree_.Find(wrap, "table");
  if (table == nullptr) {
    const XmlNode* forms = tree_.Find(wrap, "alternatives");
    if (forms != nullptr) table = tree_.Find(*forms, "table");
  }
  if (table == nullptr) {
    builder_.AddBlock(BlockType::kFigure, caption);
  } else {
    builder_.BeginTable(caption);
    header_rows_ = 0;
    taken_.clear();
    WriteRows(*table, /*head=*/false);
    builder_.EndTable(header_rows_);
  }
  if (const XmlNode* foot = tree_.Find(wrap, "table-wrap-foot")) {
    WriteChildren(*foot, level);
  }
}

// Fields of an element-citation have no punctuation between them.
std::string JatsWriter::CitationOf(const XmlNode& ref) const {
  std::string out;
  for (const std::uint32_t index : ref.children) {
    const XmlNode& node = tree_.node(index);
    if (node.name == "element-citation") {
      for (const std::uint32_t field : node.children) {
        const XmlNode& one = tree_.node(field);
        std::string text;
        if (one.name == "person-group") {
          for (const std::uint32_t name : one.children) {
            std::string person;
            for (const std::uint32_t part : tree_.node(name).children) {
              person += tree_.TextOf(tree_.node(part)) + " ";
            }
            person = CollapseWhiteSpace(person);
            if (!person.empty()) text += (text.empty() ? "" : ", ") + person;
          }
        } else {
          text = InlineOf(one);
        }
        if (!text.empty()) out += text + ". ";
      }
    } else {
      AppendInline(node, out);
      out.push_back(' ');
    }
  }
  return CollapseWhiteSpace(out);
}

void JatsWriter::WriteReferences(const XmlNode& list, int level) {
  const XmlNode* title = tree_.Find(list, "title");
  AddHeading(title == nullptr ? "References" : InlineOf(*title), level);
  for (const std::uint32_t child : list.children) {
    const XmlNode& one = tree_.node(child);
    if (one.name == "ref-list") WriteReferences(one, level + 1);
    if (one.name == "ref") {
      builder_.AddBlock(BlockType::kListItem, CitationOf(one), 1);
    }
  }
}

void JatsWriter::WriteNode(const XmlNode& node, int level) {
  const std::string_view name = node.name;
  if (name.empty()) {
    builder_.AddBlock(BlockType::kParagraph, CollapseWhiteSpace(node.text));
  } else if (IsOneOf(name, {"sec", "app", "boxed-text", "glossary"})) {
    WriteSection(node, "", level);
  } else if (name == "ack") {
    WriteSection(node, "Acknowledgements", level);
  } else if (name == "ref-list") {
    WriteReferences(node, level);
  } else if (name == "table-wrap") {
    WriteTable(node, level);
  } else if (name == "fig" || name == "media" ||
             name == "supplementary-material") {
    builder_.AddBlock(BlockType::kFigure, CaptionOf(node));
  } else if (name == "list" || name == "def-list") {
    WriteList(node, 1);
  } else if (name == "title") {
    AddHeading(InlineOf(node), level);
  } else if (name == "code" || name == "preformat") {
    builder_.AddBlock(BlockType::kCode, tree_.TextOf(node));
  } else if (name == "disp-formula") {
    builder_.AddBlock(BlockType::kParagraph, InlineOf(node));
  } else if (IsOneOf(name, {"fn-group", "app-group", "disp-quote", "fig-group",
                            "table-wrap-group", "notes", "fn", "bio",
                            "disp-formula-group", "sec-meta", "statement"})) {
    WriteChildren(node, level);
  } else if (name != "graphic" && name != "object-id") {
    WriteParagraph(node, level);
  }
}

void FindArticles(const XmlTree& tree, const XmlNode& node, int depth,
                  std::vector<const XmlNode*>& out) {
  for (const std::uint32_t index : node.children) {
    const XmlNode& child = tree.node(index);
    const bool article =
        child.name == "article" && (tree.Find(child, "front") != nullptr ||
                                    tree.Find(child, "body") != nullptr);
    if (article) {
      out.push_back(&child);
    } else if (depth < 3) {
      FindArticles(tree, child, depth + 1, out);
    }
  }
}

}  // namespace

std::vector<const XmlNode*> FindJatsArticles(const XmlTree& tree) {
  std::vector<const XmlNode*> out;
  FindArticles(tree, tree.root(), 0, out);
  return out;
}

void WriteJats(const XmlTree& tree, const XmlNode& article,
               DocumentBuilder& builder) {
  builder.SetLanguage(article.Attribute("lang"));
  JatsWriter(tree, builder).WriteArticle(article, 1);
}

}  // namespace cairn
