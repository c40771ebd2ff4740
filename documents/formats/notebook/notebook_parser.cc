#include "documents/formats/notebook/notebook_parser.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/embed.h"
#include "documents/formats/html/html_parser.h"
#include "documents/formats/json/json_tree.h"
#include "documents/formats/markdown/markdown_parser.h"
#include "documents/text_input.h"

namespace cairn {
namespace {

// A text is a string, or an array of strings that follow each other.
std::string JoinedText(const JsonNode* node) {
  if (node == nullptr) return {};
  if (node->scalar()) {
    return node->kind == JsonNode::Kind::kString ? node->text : std::string();
  }
  std::string out;
  for (const JsonNode& line : node->children) out += line.text;
  return out;
}

// Terminals' colours: the escape sign is gone already, "[0;31m" is left.
std::string WithoutColours(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') {
      std::size_t end = i + 1;
      while (end < text.size() && end < i + 12 &&
             (text[end] == ';' || (text[end] >= '0' && text[end] <= '9'))) {
        ++end;
      }
      if (end > i + 1 && end < text.size() && text[end] == 'm') {
        i = end;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

std::string_view WithoutEmptyEnds(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  return text;
}

class NotebookWriter {
 public:
  NotebookWriter(const Limits& limits, DocumentBuilder& builder)
      : limits_(limits), builder_(builder) {}

  void AddCell(const JsonNode& cell);
  void Report();

 private:
  bool Embed(const FormatParser& parser, const std::string& text);
  void AddCode(std::string_view text) {
    builder_.AddBlock(BlockType::kCode, WithoutEmptyEnds(text));
  }
  void AddOutput(const JsonNode& output);
  void AddData(const JsonNode& data);

  const Limits& limits_;
  DocumentBuilder& builder_;
  std::size_t pictures_ = 0, others_ = 0;
};

bool NotebookWriter::Embed(const FormatParser& parser,
                           const std::string& text) {
  const StatusOr<ParsedDocument> part = parser.Parse({.bytes = text}, limits_);
  if (!part.ok()) return false;
  if (!builder_.has_title()) {
    for (const Block& block : part->blocks) {
      if (block.type != BlockType::kHeading || block.level != 1) continue;
      builder_.SetTitle(block.span.Of(part->text));
      break;
    }
  }
  EmbedDocument(*part, {}, 0, builder_);
  return true;
}

void NotebookWriter::AddCell(const JsonNode& cell) {
  const std::string_view type = cell.TextOf("cell_type");
  const JsonNode* source = cell.Find("source");
  const std::string text =
      JoinedText(source != nullptr ? source : cell.Find("input"));
  if (type == "markdown") {
    if (!Embed(MarkdownParser(), text)) {
      builder_.AddBlock(BlockType::kParagraph, TrimWhiteSpace(text));
    }
  } else if (type == "heading") {  // Of nbformat 3.
    const JsonNode* level = cell.Find("level");
    const int wanted = level == nullptr ? 1 : std::atoi(level->text.c_str());
    builder_.AddBlock(BlockType::kHeading, CollapseWhiteSpace(text),
                      static_cast<std::uint8_t>(std::clamp(wanted, 1, 6)));
  } else if (type == "code") {
    AddCode(text);
    const JsonNode* outputs = cell.Find("outputs");
    if (outputs == nullptr) return;
    for (const JsonNode& output : outputs->children) AddOutput(output);
  } else {
    builder_.AddBlock(BlockType::kParagraph, TrimWhiteSpace(text));
  }
}

void NotebookWriter::AddOutput(const JsonNode& output) {
  const std::string_view type = output.TextOf("output_type");
  if (type == "stream") {
    AddCode(WithoutColours(JoinedText(output.Find("text"))));
  } else if (type == "error" || type == "pyerr") {
    AddCode(std::string(output.TextOf("ename")) + ": " +
            std::string(output.TextOf("evalue")));
  } else if (const JsonNode* data = output.Find("data"); data != nullptr) {
    AddData(*data);
  } else {
    AddData(output);  // Of nbformat 3: the forms stand in the output itself.
  }
}

void NotebookWriter::AddData(const JsonNode& data) {
  const auto text_of = [&data](const char* name, const char* old_name) {
    const JsonNode* node = data.Find(name);
    return JoinedText(node != nullptr ? node : data.Find(old_name));
  };
  const std::string html = text_of("text/html", "html");
  if (html.find("<table") != std::string::npos && Embed(HtmlParser(), html)) {
    return;
  }
  const std::string markdown = text_of("text/markdown", "markdown");
  if (!markdown.empty() && Embed(MarkdownParser(), markdown)) return;
  bool picture = false;
  for (const JsonNode& form : data.children) {
    picture |= form.key.starts_with("image/") || form.key == "png" ||
               form.key == "jpeg" || form.key == "svg";
  }
  pictures_ += picture ? 1 : 0;
  const std::string plain = text_of("text/plain", "text");
  const std::string latex = text_of("text/latex", "latex");
  const std::string& best = latex.empty() || !plain.empty() ? plain : latex;
  if (!TrimWhiteSpace(best).empty()) {
    // "<Figure size 640x480 with 1 Axes>" says less than the warning.
    if (!picture || !best.starts_with('<')) AddCode(WithoutColours(best));
  } else if (!html.empty() && Embed(HtmlParser(), html)) {
    return;
  } else if (!picture) {
    ++others_;
  }
}

void NotebookWriter::Report() {
  if (pictures_ > 0) {
    builder_.AddWarning(std::to_string(pictures_) +
                        " pictures in outputs were not read");
  }
  if (others_ > 0) {
    builder_.AddWarning(std::to_string(others_) +
                        " outputs have no form that is text");
  }
}

class Notebook final : public FormatParser {
 public:
  std::string_view name() const override { return "notebook"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

StatusOr<ParsedDocument> Notebook::Parse(const ParseInput& input,
                                         const Limits& limits) const {
  DocumentBuilder builder(name(), limits);
  CAIRN_ASSIGN_OR_RETURN(const std::string source,
                         ReadTextInput(input, "utf-8", limits, builder));
  CAIRN_ASSIGN_OR_RETURN(const JsonNode root, ReadJson(source, limits));
  const JsonNode* cells = root.Find("cells");
  const JsonNode* sheets = root.Find("worksheets");
  if (cells == nullptr && sheets != nullptr && !sheets->children.empty()) {
    cells = sheets->children.front().Find("cells");
  }
  if (cells == nullptr) {
    return InvalidArgumentError(
        "the file has no \"cells\": it is no Jupyter notebook; name it .json "
        "to read it as JSON",
        "NOT_A_NOTEBOOK");
  }
  if (const JsonNode* metadata = root.Find("metadata"); metadata != nullptr) {
    builder.SetTitle(metadata->TextOf("title"));
  }
  NotebookWriter writer(limits, builder);
  for (const JsonNode& cell : cells->children) {
    if (builder.failed()) break;
    writer.AddCell(cell);
  }
  writer.Report();
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& NotebookParser() {
  static const Notebook* const parser = new Notebook();
  return *parser;
}

}  // namespace cairn
