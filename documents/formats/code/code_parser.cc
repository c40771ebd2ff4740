#include "documents/formats/code/code_parser.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/text_input.h"

namespace cairn {
namespace {

constexpr std::size_t kCodeBlockLines = 8;
constexpr std::size_t kCodeBlockLinesMax = 80;

// How definitions begin in C, C++, Java, Python, JavaScript, Go, Rust, Ruby...
constexpr std::array<std::string_view, 30> kDefinitions = {
    "def ",      "class ",   "func ",      "fn ",        "pub ",
    "impl ",     "struct ",  "enum ",      "trait ",     "interface ",
    "function ", "export ",  "public ",    "private ",   "protected ",
    "static ",   "template", "namespace ", "module ",    "async ",
    "@",         "type ",    "protocol ",  "extension ", "fun ",
    "object ",   "mod ",     "/**",        "///",        "abstract "};

bool IsEmpty(std::string_view line) { return TrimWhiteSpace(line).empty(); }

bool IsAtMargin(std::string_view line) {
  constexpr std::string_view kClosing = ")}]>";
  return !line.empty() && line[0] != ' ' && line[0] != '\t' &&
         kClosing.find(line[0]) == std::string_view::npos;
}

bool IsDefinition(std::string_view line) {
  return std::any_of(
      kDefinitions.begin(), kDefinitions.end(),
      [line](std::string_view word) { return line.starts_with(word); });
}

class Code final : public FormatParser {
 public:
  std::string_view name() const override { return "code"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

void AddBlocks(std::string_view text, DocumentBuilder& builder) {
  std::size_t begin = 0;
  std::size_t lines = 0;
  bool after_empty = false;
  for (std::size_t at = 0; at < text.size() && !builder.failed();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (after_empty && !IsEmpty(line)) {
      const bool cut = lines >= kCodeBlockLinesMax ||
                       (IsAtMargin(line) &&
                        (lines >= kCodeBlockLines || IsDefinition(line)));
      if (cut) {
        builder.AddBlock(BlockType::kCode,
                         TrimCode(text.substr(begin, at - begin)));
        begin = at;
        lines = 0;
      }
    }
    after_empty = IsEmpty(line);
    ++lines;
    at = end + 1;
  }
  builder.AddBlock(BlockType::kCode, TrimCode(text.substr(begin)));
}

StatusOr<ParsedDocument> Code::Parse(const ParseInput& input,
                                     const Limits& limits) const {
  DocumentBuilder builder(name(), limits);
  CAIRN_ASSIGN_OR_RETURN(const std::string source,
                         ReadTextInput(input, limits, builder));
  AddBlocks(source, builder);
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& CodeParser() {
  static const Code* const parser = new Code();
  return *parser;
}

}  // namespace cairn
