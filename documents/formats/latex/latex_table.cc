#include "documents/formats/latex/latex_table.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "documents/formats/latex/latex_text.h"

namespace cairn {
namespace {

constexpr std::uint32_t kSpanMax = 500;

// Rules at the beginning of a row, passed over; true when there were some.
bool TakeRules(std::string_view& row) {
  bool found = false;
  for (;;) {
    row = TrimWhiteSpace(row);
    std::string_view rule;
    for (const std::string_view name :
         {"\\hline", "\\toprule", "\\midrule", "\\bottomrule", "\\cline",
          "\\cmidrule", "\\tabularnewline", "\\noalign{}"}) {
      if (row.starts_with(name) && name.size() > rule.size()) rule = name;
    }
    if (rule.empty()) return found;
    found = true;
    std::size_t at = rule.size();
    SkipLatexOption(row, at);
    if (at < row.size() && row[at] == '(') {
      const std::size_t end = row.find(')', at);
      if (end != std::string_view::npos) at = end + 1;
    }
    if (rule == "\\cline" || rule == "\\cmidrule") TakeLatexArgument(row, at);
    row.remove_prefix(at);
  }
}

// Parts at depth 0 of braces between `\\` (rows) or `&` (cells).
std::vector<std::string_view> Split(std::string_view text, bool rows) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char sign = text[i];
    depth += sign == '{' ? 1 : sign == '}' && depth > 0 ? -1 : 0;
    if (sign == '&' && !rows && depth == 0) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
    if (sign != '\\' || i + 1 >= text.size()) continue;
    constexpr std::string_view kNewLine = "tabularnewline";
    const bool named = text.substr(i + 1).starts_with(kNewLine);
    const bool row_end = rows && depth == 0 && (named || text[i + 1] == '\\');
    if (row_end) parts.push_back(text.substr(begin, i - begin));
    i += row_end && named ? kNewLine.size() : 1;
    if (row_end) {
      begin = i + 1;
      SkipLatexOption(text, begin);
    }
  }
  if (begin < text.size()) parts.push_back(text.substr(begin));
  return parts;
}

// "\multicolumn{2}{c}{text}" and "\multirow{2}{*}{text}" at the beginning.
std::uint32_t TakeSpan(std::string_view& cell, std::string_view command) {
  if (!cell.starts_with(command)) return 1;
  std::size_t at = command.size();
  SkipLatexOption(cell, at);
  const std::string number(TakeLatexArgument(cell, at));
  SkipLatexOption(cell, at);
  TakeLatexArgument(cell, at);
  cell = TrimWhiteSpace(cell.substr(at));
  if (cell.starts_with('{') && cell.ends_with('}')) {
    cell = TrimWhiteSpace(cell.substr(1, cell.size() - 2));
  }
  const int span = std::atoi(number.c_str());
  return static_cast<std::uint32_t>(
      std::clamp<int>(span, 1, static_cast<int>(kSpanMax)));
}

// Of a long table the head of the first page stands for that of the others, and
// "continued on the next page" is no row.
std::string AsOnOnePage(std::string_view rows) {
  constexpr std::array<std::string_view, 4> kEnds = {
      "\\endfirsthead", "\\endhead", "\\endfoot", "\\endlastfoot"};
  std::string head;
  for (std::size_t i = 0; i < kEnds.size(); ++i) {  // Each comes once.
    std::size_t begin = std::string_view::npos;
    std::string_view end;
    for (const std::string_view command : kEnds) {
      const std::size_t found = rows.find(command);
      if (found >= begin) continue;
      begin = found;
      end = command;
    }
    if (end.empty()) break;
    const bool first = end == kEnds[0];
    if (first || (end == kEnds[1] && head.empty())) {
      head = std::string(rows.substr(0, begin));
    }
    rows.remove_prefix(begin + end.size());
  }
  return head + std::string(rows);
}

// Takes "\\caption{...}" from the beginning of a row; empty: there is none.
std::string TakeCaption(std::string_view& row) {
  constexpr std::string_view kCaption = "\\caption";
  if (!row.starts_with(kCaption)) return {};
  std::size_t at = kCaption.size();
  if (at < row.size() && row[at] == '*') ++at;
  SkipLatexOption(row, at);
  std::string caption =
      CollapseWhiteSpace(PlainTextOfLatex(TakeLatexArgument(row, at)));
  row = TrimWhiteSpace(row.substr(at));
  if (row.starts_with("\\label")) {
    at = 6;
    TakeLatexArgument(row, at);
    row = TrimWhiteSpace(row.substr(at));
  }
  return caption;
}

void WriteRow(std::string_view row, std::vector<std::uint32_t>& taken,
              DocumentBuilder& builder) {
  builder.BeginRow();
  std::uint32_t column = 0;
  for (std::string_view cell : Split(row, /*rows=*/false)) {
    if (column >= 2 * kSpanMax) break;
    cell = TrimWhiteSpace(cell);
    const std::uint32_t wide = TakeSpan(cell, "\\multicolumn");
    const std::uint32_t high = TakeSpan(cell, "\\multirow");
    const std::string text = PlainTextOfLatex(cell);
    if (taken.size() < column + wide) taken.resize(column + wide, 0);
    // LaTeX writes empty cells below a high one; they are part of it.
    const bool below = taken[column] > 0 && TrimWhiteSpace(text).empty();
    for (std::uint32_t i = column; i < column + wide; ++i) {
      taken[i] = below ? taken[i] - (taken[i] > 0 ? 1 : 0) : high - 1;
    }
    if (!below) {
      builder.AddCell({.text = text,
                       .column = column,
                       .row_span = high,
                       .column_span = wide});
    }
    column += wide;
  }
}

}  // namespace

void WriteLatexTable(std::string_view rows, std::string_view caption,
                     DocumentBuilder& builder) {
  std::vector<std::uint32_t> taken;
  std::uint32_t written = 0;
  std::uint32_t header_rows = 0;
  std::string page = AsOnOnePage(rows);
  std::string_view rest = TrimWhiteSpace(page);
  const std::string own_caption = TakeCaption(rest);
  builder.BeginTable(caption.empty() ? own_caption : caption);
  for (std::string_view row : Split(rest, /*rows=*/true)) {
    if (TakeRules(row) && written > 0 && header_rows == 0) {
      header_rows = written;
    }
    if (row.empty()) continue;
    WriteRow(row, taken, builder);
    ++written;
  }
  builder.EndTable(header_rows < written ? header_rows : 0);
}

}  // namespace cairn
