#include "documents/formats/latex/latex_text.h"

#include <algorithm>
#include <array>

#include "documents/document_builder.h"
#include "text/utf8.h"

namespace cairn {
namespace {

struct Named {
  std::string_view name;
  std::string_view text;
};

constexpr std::array kWords = {
    Named{"ldots", "…"},
    Named{"dots", "…"},
    Named{"textendash", "–"},
    Named{"textemdash", "—"},
    Named{"ss", "ß"},
    Named{"ae", "æ"},
    Named{"AE", "Æ"},
    Named{"oe", "œ"},
    Named{"OE", "Œ"},
    Named{"aa", "å"},
    Named{"AA", "Å"},
    Named{"o", "ø"},
    Named{"O", "Ø"},
    Named{"l", "ł"},
    Named{"L", "Ł"},
    Named{"i", "i"},
    Named{"LaTeX", "LaTeX"},
    Named{"TeX", "TeX"},
    Named{"quad", " "},
    Named{"qquad", " "},
    Named{"newline", " "},
    Named{"par", "\n\n"},
    Named{"textbackslash", "\\"},
    Named{"S", "§"},
    Named{"copyright", "©"},
    Named{"pounds", "£"},
    Named{"euro", "€"},
    Named{"textdegree", "°"},
    Named{"degree", "°"},
    Named{"textasciitilde", "~"},
};

// Their first argument is for programs, not for readers.
constexpr std::array<std::string_view, 21> kSilent = {
    "label",         "vspace",        "hspace",      "includegraphics",
    "pagestyle",     "thispagestyle", "hypertarget", "bibliographystyle",
    "index",         "color",         "textcolor",   "usepackage",
    "documentclass", "parbox",        "hyperlink",   "hypersetup",
    "graphicspath",  "geometry",      "href",        "phantom",
    "thanks"};
// So are their first two.
constexpr std::array<std::string_view, 7> kSilentTwice = {
    "rule",         "setlength", "addtolength", "setcounter",
    "addtocounter", "fontsize",  "resizebox"};

// A combining sign for an accent's command.
std::string_view Combining(char accent) {
  switch (accent) {
    case '\'':
      return "\xcc\x81";
    case '`':
      return "\xcc\x80";
    case '^':
      return "\xcc\x82";
    case '"':
      return "\xcc\x88";
    case '~':
      return "\xcc\x83";
    case '=':
      return "\xcc\x84";
    case '.':
      return "\xcc\x87";
    default:
      return {};
  }
}

// The usual letters as one character, as people type them in a search.
std::string Accented(char accent, char letter) {
  constexpr std::string_view kMarks = "'`^\"~";
  constexpr std::string_view kLetters = "aeiouAEIOU";
  constexpr std::array<std::string_view, 5> kComposed = {
      "áéíóúÁÉÍÓÚ", "àèìòùÀÈÌÒÙ", "âêîôûÂÊÎÔÛ", "äëïöüÄËÏÖÜ", ""};
  const std::size_t mark = kMarks.find(accent);
  const std::size_t at = kLetters.find(letter);
  if (accent == '~' && letter == 'n') return "ñ";
  if (accent == '~' && letter == 'N') return "Ñ";
  if (accent == '~' && letter == 'a') return "ã";
  if (accent == '~' && letter == 'o') return "õ";
  if (mark < 4 && at != std::string_view::npos) {
    return std::string(kComposed[mark].substr(2 * at, 2));
  }
  return std::string(1, letter) + std::string(Combining(accent));
}

class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source) {}

  std::string Read() {
    while (at_ < source_.size()) Step();
    return std::move(out_);
  }

 private:
  void Step() {
    const char sign = source_[at_];
    const std::string_view rest = source_.substr(at_, 3);
    if (sign == '\\') {
      Command();
    } else if (sign == '$') {
      Formula();
    } else if (rest == "---") {
      Put("—", 3);
    } else if (rest.starts_with("--")) {
      Put("–", 2);
    } else if (rest.starts_with("``")) {
      Put("“", 2);
    } else if (rest.starts_with("''")) {
      Put("”", 2);
    } else if (sign == '~') {
      Put(" ", 1);
    } else if (sign == '{' || sign == '}') {
      ++at_;
    } else {
      out_.push_back(sign);
      ++at_;
    }
  }

  void Put(std::string_view text, std::size_t size) {
    out_ += text;
    at_ += size;
  }

  void Formula() {
    const std::size_t end =
        source_.substr(0, at_ + kLatexArgumentBytesMax).find('$', at_ + 1);
    if (end == std::string_view::npos) return Put("$", 1);
    Put(source_.substr(at_, end + 1 - at_), end + 1 - at_);
  }

  void Command() {
    if (++at_ >= source_.size()) return;
    const char sign = source_[at_];
    if (!IsAsciiLetter(sign)) {
      ++at_;
      if (!Combining(sign).empty()) return Accent(sign);
      if (sign == '\\') {
        SkipLatexOption(source_, at_);
        out_.push_back('\n');
      } else if (sign == '(' || sign == ')' || sign == '[' || sign == ']') {
        out_.push_back('$');
      } else if (sign == ',' || sign == ';' || sign == ':' || sign == ' ' ||
                 sign == '\n') {
        out_.push_back(' ');
      } else if (sign != '-' && sign != '/' && sign != '!' && sign != '@' &&
                 static_cast<unsigned char>(sign) < 0x80) {
        out_.push_back(sign);
      } else if (static_cast<unsigned char>(sign) >= 0x80) {
        --at_;
        out_.push_back(source_[at_++]);
      }
      return;
    }
    const std::size_t begin = at_;
    while (at_ < source_.size() && IsAsciiLetter(source_[at_])) ++at_;
    Word(source_.substr(begin, at_ - begin));
  }

  void Accent(char accent) {
    while (at_ < source_.size() &&
           (source_[at_] == '{' || source_[at_] == '\\')) {
      ++at_;
    }
    if (at_ >= source_.size() || !IsAsciiLetter(source_[at_])) return;
    out_ += Accented(accent, source_[at_++]);
    if (at_ < source_.size() && source_[at_] == '}') ++at_;
  }

  void Word(std::string_view word) {
    if (at_ < source_.size() && source_[at_] == '*') ++at_;
    for (const Named& known : kWords) {
      if (word != known.name) continue;
      out_ += known.text;
      SkipBlank();
      return;
    }
    SkipLatexOption(source_, at_);
    if (std::find(kSilent.begin(), kSilent.end(), word) != kSilent.end()) {
      Argument();
    } else if (std::find(kSilentTwice.begin(), kSilentTwice.end(), word) !=
               kSilentTwice.end()) {
      Argument();
      SkipLatexOption(source_, at_);
      Argument();
    } else if (word.starts_with("cite") || word.ends_with("ref") ||
               word == "parencite" || word == "textcite") {
      SkipLatexOption(source_, at_);
      const std::string_view keys = Argument();
      if (!keys.empty()) out_ += "[" + std::string(keys) + "]";
    } else if (word == "begin" || word == "end") {
      Argument();
    } else if (at_ < source_.size() && source_[at_] != '{') {
      SkipBlank();
    }
  }

  std::string_view Argument() {
    if (at_ >= source_.size() || source_[at_] != '{' ||
        failures_ > kLatexFailuresMax) {
      return {};
    }
    const std::size_t before = at_;
    const std::string_view argument = TakeLatexArgument(source_, at_);
    failures_ += at_ == before ? 1 : 0;
    return argument;
  }

  // A space after a command's name only ends the name.
  void SkipBlank() {
    if (at_ < source_.size() && source_[at_] == ' ') ++at_;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t failures_ = 0;
  std::string out_;
};

}  // namespace

std::string WithoutLatexComments(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool verbatim = false;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    for (const char* name :
         {"verbatim}", "Verbatim}", "lstlisting}", "minted}"}) {
      if (line.find("\\begin{" + std::string(name)) != std::string_view::npos) {
        verbatim = true;
      }
      if (line.find("\\end{" + std::string(name)) != std::string_view::npos) {
        verbatim = false;
      }
    }
    std::size_t percent = verbatim ? std::string_view::npos : line.find('%');
    while (percent != std::string_view::npos && percent > 0 &&
           line[percent - 1] == '\\') {
      percent = line.find('%', percent + 1);
    }
    out += line.substr(0, percent);
    // A line that is all comment is no empty line, which would end a paragraph.
    if (percent == std::string_view::npos || percent > 0) out.push_back('\n');
  }
  return out;
}

std::string_view TakeLatexArgument(std::string_view text, std::size_t& at) {
  std::size_t open = at;
  while (open < text.size() && open < at + 8 &&
         (text[open] == ' ' || text[open] == '\n')) {
    ++open;
  }
  if (open >= text.size() || text[open] != '{') return {};
  std::size_t depth = 0;
  const std::size_t stop = std::min(text.size(), open + kLatexArgumentBytesMax);
  for (std::size_t i = open; i < stop; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      at = i + 1;
      return text.substr(open + 1, i - open - 1);
    }
  }
  return {};
}

void SkipLatexOption(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '[') return;
  const std::size_t end = text.substr(0, at + 500).find(']', at);
  if (end != std::string_view::npos) at = end + 1;
}

std::string PlainTextOfLatex(std::string_view source) {
  return Reader(source).Read();
}

}  // namespace cairn
