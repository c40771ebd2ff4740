#include "documents/formats/asciidoc/inline_text.h"

#include <array>

#include "documents/document_builder.h"

namespace cairn {
namespace {

// Looked at for the end of a macro, so that the time stays linear.
constexpr std::size_t kMacroBytesMax = 2000;
constexpr std::string_view kMarks = "*_`#";
constexpr std::array<std::string_view, 7> kMacros = {
    "link:", "https://", "http://", "mailto:", "xref:", "image:", "footnote:"};

bool IsWord(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
         (sign >= '0' && sign <= '9') ||
         static_cast<unsigned char>(sign) >= 128;
}

// The bytes of a macro such as "link:x[text]" at the start; 0: none.
std::size_t TakeMacro(std::string_view text, std::string& out) {
  text = text.substr(0, kMacroBytesMax);
  for (const std::string_view macro : kMacros) {
    if (!text.starts_with(macro)) continue;
    const std::size_t open = text.find_first_of(" \t[", macro.size());
    if (open == std::string_view::npos || text[open] != '[') return 0;
    const std::size_t close = text.find(']', open);
    if (close == std::string_view::npos) return 0;
    const std::string_view label = text.substr(open + 1, close - open - 1);
    if (macro == "footnote:") {
      out += " [" + std::string(label) + "]";
    } else {
      out += label.empty() ? text.substr(0, open) : label;
    }
    return close + 1;
  }
  if (!text.starts_with("<<")) return 0;
  const std::size_t close = text.substr(0, 500).find(">>");
  if (close == std::string_view::npos) return 0;
  const std::string_view inside = text.substr(2, close - 2);
  const std::size_t comma = inside.find(',');
  out += TrimWhiteSpace(
      comma == std::string_view::npos ? inside : inside.substr(comma + 1));
  return close + 2;
}

}  // namespace

std::string AsciidocInlineText(std::string_view line) {
  std::string out;
  std::array<bool, kMarks.size()> open{};
  for (std::size_t i = 0; i < line.size();) {
    const bool after_word = i > 0 && IsWord(line[i - 1]);
    if (!after_word) {
      const std::size_t used = TakeMacro(line.substr(i), out);
      if (used > 0) {
        i += used;
        continue;
      }
    }
    const std::size_t mark = kMarks.find(line[i]);
    const bool before_text = i + 1 < line.size() && line[i + 1] != ' ';
    const bool before_word = i + 1 < line.size() && IsWord(line[i + 1]);
    if (mark != std::string_view::npos) {
      const bool begins = !open[mark] && !after_word && before_text;
      const bool ends = open[mark] && !before_word && line[i - 1] != ' ';
      const bool pair = before_text && line[i + 1] == line[i];
      if ((begins && line.find(line[i], i + 1) != std::string_view::npos) ||
          ends) {
        open[mark] = !open[mark];
        i += pair ? 2 : 1;
        continue;
      }
    }
    out.push_back(line[i++]);
  }
  return out;
}

}  // namespace cairn
