#include "documents/formats/latex/latex_parser.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/latex/latex_table.h"
#include "documents/formats/latex/latex_text.h"
#include "documents/text_input.h"
#include "text/utf8.h"

namespace cairn {
namespace {

struct Section {
  std::string_view name;
  std::uint8_t level;
};
constexpr std::array kSections = {
    Section{"part", 1},          Section{"chapter", 1},
    Section{"section", 2},       Section{"subsection", 3},
    Section{"subsubsection", 4}, Section{"paragraph", 5},
    Section{"subparagraph", 6},
};

// What stands on the title page, in its order.
constexpr std::initializer_list<const char*> kTitlePage = {"title", "author",
                                                           "date"};

bool IsOneOf(std::string_view name, std::initializer_list<const char*> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "A \and B" as "A, B".
std::string AuthorsOf(std::string_view latex) {
  std::string authors;
  while (!latex.empty()) {
    const std::size_t end = std::min(latex.find("\\and"), latex.size());
    const std::string one =
        CollapseWhiteSpace(PlainTextOfLatex(latex.substr(0, end)));
    if (!authors.empty() && !one.empty()) authors += ", ";
    authors += one;
    latex.remove_prefix(std::min(end + 4, latex.size()));
  }
  return authors;
}

class LatexReader {
 public:
  LatexReader(std::string_view text, DocumentBuilder& builder)
      : text_(text), builder_(builder) {}

  void Read();

 private:
  void Command();
  bool Definition(std::string_view word);
  bool Heading(std::string_view word);
  void TitlePage(std::string_view word);
  void Begin(std::string_view environment);
  bool Code(std::string_view environment);
  void End(std::string_view environment);
  void Formula(std::string_view environment);
  void Item();
  void Caption();
  void Flush();
  void FlushTable();
  std::string_view Argument();
  std::string_view TakeEnvironment(std::string_view environment);

  std::string_view text_;
  DocumentBuilder& builder_;
  std::size_t at_ = 0;
  std::string running_;  // LaTeX of the open paragraph.
  std::vector<std::string> notes_;
  std::size_t list_depth_ = 0;
  bool in_item_ = false;
  bool in_table_ = false;
  std::string caption_;
  std::string_view rows_;
  bool has_chapters_ = false;
  std::size_t inputs_ = 0, failures_ = 0;
};

std::string_view LatexReader::Argument() {
  if (failures_ > kLatexFailuresMax) return {};
  const std::size_t before = at_;
  const std::string_view argument = TakeLatexArgument(text_, at_);
  failures_ += at_ == before ? 1 : 0;
  return argument;
}

void LatexReader::Flush() {
  const std::string text = PlainTextOfLatex(std::exchange(running_, {}));
  if (in_item_) {
    builder_.AddBlock(
        BlockType::kListItem, CollapseWhiteSpace(text),
        static_cast<std::uint8_t>(std::clamp<std::size_t>(list_depth_, 1, 9)));
  } else {
    builder_.AddBlock(BlockType::kParagraph, CollapseWhiteSpace(text));
  }
  for (const std::string& note : std::exchange(notes_, {})) {
    builder_.AddBlock(BlockType::kParagraph, note);
  }
}

bool LatexReader::Heading(std::string_view word) {
  for (const Section& section : kSections) {
    if (word != section.name) continue;
    Flush();
    in_item_ = false;
    SkipLatexOption(text_, at_);
    const bool lower = !has_chapters_ && section.level > 1;
    builder_.AddBlock(
        BlockType::kHeading, CollapseWhiteSpace(PlainTextOfLatex(Argument())),
        static_cast<std::uint8_t>(section.level - (lower ? 1 : 0)));
    return true;
  }
  return false;
}

// Commands that say nothing to a reader here.
bool LatexReader::Definition(std::string_view word) {
  if (IsOneOf(word,
              {"newcommand", "renewcommand", "providecommand", "newenvironment",
               "DeclareMathOperator", "newtheorem", "def"})) {
    while (at_ < text_.size() && text_[at_] != '{' && text_[at_] != '\n') ++at_;
    for (int i = 0; i < 3 && at_ < text_.size(); ++i) {
      SkipLatexOption(text_, at_);
      if (at_ < text_.size() && text_[at_] == '{') Argument();
    }
    return true;
  }
  if (IsOneOf(word, {"input", "include", "subfile", "bibliography",
                     "lstinputlisting"})) {
    ++inputs_;
    Argument();
    return true;
  }
  return IsOneOf(word,
                 {"maketitle", "tableofcontents", "centering", "noindent",
                  "newpage", "clearpage", "appendix", "small", "label"}) &&
         (word != "label" || !Argument().empty());
}

void LatexReader::Caption() {
  SkipLatexOption(text_, at_);
  std::string caption = CollapseWhiteSpace(PlainTextOfLatex(Argument()));
  if (in_table_) {
    caption_ = std::move(caption);
  } else {
    Flush();
    builder_.AddBlock(BlockType::kFigure, caption);
  }
}

void LatexReader::Item() {
  Flush();
  in_item_ = true;
  if (at_ < text_.size() && text_[at_] == '[') {
    const std::size_t begin = at_ + 1;
    SkipLatexOption(text_, at_);
    if (at_ > begin) {
      running_ += text_.substr(begin, at_ - 1 - begin);
      running_ += ' ';
    }
  }
}

void LatexReader::Command() {
  const std::size_t begin = at_++;
  const std::size_t name = at_;
  while (at_ < text_.size() && IsAsciiLetter(text_[at_])) ++at_;
  const std::string_view word = text_.substr(name, at_ - name);
  if (word.empty()) {  // A sign such as "\%", or "\\": of the running text.
    at_ = std::min(name + 1, text_.size());
    if (text_.substr(name).starts_with('[')) return Formula("]");
    running_ += text_.substr(begin, at_ - begin);
    return;
  }
  if (at_ < text_.size() && text_[at_] == '*') ++at_;
  if (Heading(word) || Definition(word)) return;
  if (word == "begin") {
    Begin(Argument());
  } else if (word == "end") {
    End(Argument());
  } else if (word == "item") {
    Item();
  } else if (word == "bibitem") {
    Flush();
    in_item_ = true;
    SkipLatexOption(text_, at_);
    Argument();
  } else if (word == "caption") {
    Caption();
  } else if (word == "footnote") {
    SkipLatexOption(text_, at_);
    notes_.push_back(CollapseWhiteSpace(PlainTextOfLatex(Argument())));
  } else if (IsOneOf(word, kTitlePage)) {
    TitlePage(word);
  } else if (word == "hypertarget") {
    Argument();  // A name; what it is the name of follows.
  } else {
    running_ += text_.substr(begin, at_ - begin);
  }
}

void LatexReader::TitlePage(std::string_view word) {
  Flush();
  SkipLatexOption(text_, at_);
  const std::string_view argument = Argument();
  if (word == "author") {
    const std::string authors = AuthorsOf(argument);
    builder_.SetProperty("author", authors);
    builder_.AddBlock(BlockType::kParagraph, authors);
    return;
  }
  const std::string text = CollapseWhiteSpace(PlainTextOfLatex(argument));
  if (word == "date") {
    builder_.AddBlock(BlockType::kParagraph, text);
    return;
  }
  builder_.SetTitle(text);
  builder_.AddBlock(BlockType::kHeading, text, 1);
}

// The inside of an environment; the text behind it is next.
std::string_view LatexReader::TakeEnvironment(std::string_view environment) {
  const std::string end =
      environment == "]" ? "\\]" : "\\end{" + std::string(environment) + "}";
  const std::size_t found = text_.find(end, at_);
  const std::size_t stop = std::min(found, text_.size());
  const std::string_view inside = text_.substr(at_, stop - at_);
  at_ = found == std::string_view::npos ? text_.size() : stop + end.size();
  return inside;
}

void LatexReader::Formula(std::string_view environment) {
  Flush();
  builder_.AddBlock(BlockType::kParagraph,
                    TrimWhiteSpace(TakeEnvironment(environment)));
}

// False: it is no environment of code.
bool LatexReader::Code(std::string_view environment) {
  // Code whose colours are commands, as pandoc writes it.
  const bool coloured = environment == "Highlighting";
  if (!coloured &&
      !IsOneOf(environment, {"verbatim", "lstlisting", "minted", "Verbatim"})) {
    return false;
  }
  Flush();
  SkipLatexOption(text_, at_);
  if (environment == "minted") Argument();
  const std::string_view inside = TakeEnvironment(environment);
  builder_.AddBlock(BlockType::kCode, coloured
                                          ? TrimCode(PlainTextOfLatex(inside))
                                          : TrimWhiteSpace(inside));
  return true;
}

void LatexReader::Begin(std::string_view environment) {
  std::string_view plain = environment;
  if (plain.ends_with('*')) plain.remove_suffix(1);
  if (Code(environment)) return;
  if (IsOneOf(plain, {"equation", "align", "gather", "multline", "eqnarray",
                      "displaymath", "alignat", "math"})) {
    Formula(environment);
  } else if (plain == "comment") {
    TakeEnvironment(environment);
  } else if (IsOneOf(plain, {"tabular", "tabularx", "tabulary", "longtable"})) {
    Flush();
    FlushTable();
    SkipLatexOption(text_, at_);
    if (plain == "tabularx" || plain == "tabulary" || plain != environment) {
      Argument();
    }
    Argument();
    rows_ = TakeEnvironment(environment);
    if (!in_table_) FlushTable();
  } else if (plain == "table") {
    Flush();
    in_table_ = true;
    SkipLatexOption(text_, at_);
  } else if (IsOneOf(plain, {"itemize", "enumerate", "description"})) {
    Flush();
    ++list_depth_;
    SkipLatexOption(text_, at_);
  } else if (plain == "abstract") {
    Flush();
    builder_.AddBlock(BlockType::kHeading, "Abstract", 2);
  } else if (plain == "thebibliography") {
    Flush();
    Argument();
    builder_.AddBlock(BlockType::kHeading, "References", 2);
  } else {
    Flush();
    SkipLatexOption(text_, at_);
    if (plain == "minipage" || plain == "multicols") Argument();
  }
}

void LatexReader::FlushTable() {
  if (!rows_.empty()) {
    WriteLatexTable(rows_, caption_, builder_);
    caption_.clear();
  } else if (!in_table_ && !caption_.empty()) {
    builder_.AddBlock(BlockType::kFigure, std::exchange(caption_, {}));
  }
  rows_ = {};
}

void LatexReader::End(std::string_view environment) {
  Flush();
  if (environment.starts_with("table")) {
    in_table_ = false;
    FlushTable();
  }
  if (IsOneOf(environment, {"itemize", "enumerate", "description"})) {
    list_depth_ -= list_depth_ > 0 ? 1 : 0;
    in_item_ = false;
  }
  if (environment == "thebibliography") in_item_ = false;
  if (environment == "document") at_ = text_.size();
}

void LatexReader::Read() {
  has_chapters_ = text_.find("\\chapter") != std::string_view::npos;
  const std::size_t body = text_.find("\\begin{document}");
  if (body != std::string_view::npos) {
    // Of the preamble only what makes the title page is for readers.
    for (const std::string_view name : kTitlePage) {
      const std::string command = "\\" + std::string(name) + "{";
      const std::size_t found = text_.substr(0, body).find(command);
      if (found == std::string_view::npos) continue;
      at_ = found;
      Command();
    }
    at_ = body + 16;
  }
  while (at_ < text_.size() && !builder_.failed()) {
    const std::string_view rest = text_.substr(at_, 2);
    if (rest[0] == '\\') {
      Command();
    } else if (rest == "$$") {
      const std::size_t end = text_.find("$$", at_ + 2);
      const std::size_t stop = std::min(end, text_.size());
      Flush();
      builder_.AddBlock(BlockType::kParagraph,
                        TrimWhiteSpace(text_.substr(at_ + 2, stop - at_ - 2)));
      at_ = std::min(stop + 2, text_.size());
    } else if (rest == "\n\n") {
      if (!TrimWhiteSpace(running_).empty()) Flush();
      ++at_;
    } else {
      running_.push_back(text_[at_++]);
    }
  }
  Flush();
  in_table_ = false;
  FlushTable();
  if (inputs_ > 0) {
    builder_.AddWarning(std::to_string(inputs_) +
                        " files of \\input, \\include or \\bibliography were "
                        "not read: give them as documents of their own");
  }
}

class Latex final : public FormatParser {
 public:
  std::string_view name() const override { return "latex"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override {
    DocumentBuilder builder(name(), limits);
    CAIRN_ASSIGN_OR_RETURN(const std::string source,
                           ReadTextInput(input, limits, builder));
    const std::string text = WithoutLatexComments(source);
    LatexReader(text, builder).Read();
    return std::move(builder).Finish();
  }
};

}  // namespace

const FormatParser& LatexParser() {
  static const Latex* const parser = new Latex();
  return *parser;
}

}  // namespace cairn
