#include "documents/formats/latex/latex_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Latex(std::string_view bytes) {
  return ParseOk(bytes, "", "a.tex");
}

TEST(LatexParser, ReadsStructure) {
  const ParsedDocument document = Latex(
      "\\documentclass{article}\n\\newcommand{\\x}[1]{no #1}\n\\title{The "
      "\\textbf{Title}}\n\\begin{document}\n\\maketitle\n\\begin{abstract}"
      "\nShort"
      ".\n\\end{abstract}\n\\section[s]{One}\\label{a}\nText % no\nruns 5\\% "
      "\\emph{on}.\\footnote{A note.}\n\n\\begin{itemize}\n\\item a\n\\begin{"
      "enumerate}\n\\item "
      "b\n\\end{enumerate}\n\\end{itemize}\n\\subsection*{Two}"
      "\nSee~\\cite{k} and $x_1$.\n\\begin{equation}\nE = "
      "mc^2\n\\end{equation}\n"
      "\\begin{verbatim}\n50% "
      "x\n\\end{verbatim}\n\\input{more}\n\\end{document}\n"
      "after");
  EXPECT_EQ(
      Outline(document),
      "heading1 The Title|heading2 Abstract|paragraph Short.|heading1 One|"
      "paragraph Text runs 5% on.|paragraph A note.|list_item1 a|"
      "list_item2 b|heading2 Two|paragraph See [k] and $x_1$.|"
      "paragraph E = mc^2|code 50% x");
  EXPECT_EQ(document.title, "The Title");
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(LatexParser, ReadsTablesAndCaptions) {
  const ParsedDocument document = Latex(
      "\\begin{table}[h]\n\\begin{tabular}{|l|c|}\n\\hline\na & b \\& c & "
      "d\\\\ "
      "\\hline\n\\multirow{2}{*}{x} & \\multicolumn{2}{c}{1}\\\\\n & 2 & 3 "
      "\\\\\n"
      "\\end{tabular}\n\\caption{Cap.}\n\\end{table}\n\\begin{figure}\n"
      "\\includegraphics[width=1cm]{f.png}\n\\caption{Seen.}\n\\end{figure}\n");
  EXPECT_EQ(Outline(document),
            "table Cap. a | b & c | d x | 1  | 2 | 3|figure Seen.");
  const Table& table = document.tables[0];
  EXPECT_EQ(table.header_rows, 1U);
  EXPECT_EQ(table.cells[3].row_span, 2U);
  EXPECT_EQ(table.cells[4].column_span, 2U);
}

TEST(LatexParser, ReadsLongTablesAsOnOnePage) {
  const ParsedDocument document = Latex(
      "\\begin{longtable}[]{@{}lr@{}}\n\\caption{Sales}\\label{t}"
      "\\tabularnewline\n\\toprule\na & b \\\\\n\\midrule\n"
      "\\endfirsthead\n\\toprule\na & b \\\\\n\\midrule\n\\endhead\n"
      "\\multicolumn{2}{c}{Continued}\\\\\n\\endfoot\n\\endlastfoot\n"
      "c & 1 \\tabularnewline\nd & 2 \\\\\n\\bottomrule\n\\end{longtable}\n");
  EXPECT_EQ(Outline(document), "table Sales a | b c | 1 d | 2");
  EXPECT_EQ(document.tables[0].header_rows, 1U);
}

TEST(LatexParser, ReadsWhatPandocWrites) {
  const ParsedDocument document = Latex(
      "\\documentclass{article}\n\\title{T}\n\\author{Ada \\and "
      "Bo\\thanks{x}}\n"
      "\\date{March}\n\\begin{document}\n\\maketitle\n"
      "\\hypertarget{one}{%\n\\section{One}\\label{one}}\n\nText.\n\n"
      "\\begin{center}\\rule{0.5\\linewidth}{0.5pt}\\end{center}\n"
      "\\begin{Shaded}\n\\begin{Highlighting}[]\n"
      "\\KeywordTok{def}\\NormalTok{ f(x):}\n    \\ControlFlowTok{return}"
      "\\NormalTok{ x}\n\\end{Highlighting}\n\\end{Shaded}\n\\end{document}\n");
  EXPECT_EQ(Outline(document),
            "heading1 T|paragraph Ada, Bo|paragraph March|heading1 One|"
            "paragraph Text.|code def f(x):     return x");
  EXPECT_EQ(document.title, "T");
}

TEST(LatexParser, ReadsAccentsAndSigns) {
  EXPECT_EQ(
      Latex("\\'e \\\"{o} \\~n \\c{c} stra\\ss e --- ``q'' \\$ \\url{u}").text,
      "é ö ñ c straße — “q” $ u");
}

TEST(LatexParser, EndsOnBracesWithoutEnd) {
  std::string open;
  for (int i = 0; i < 200'000; ++i) open += "\\footnote{";
  EXPECT_NE(ParseReason(open + "x", "", "a.tex"), "");
  EXPECT_EQ(Outline(Latex("\\begin{tabular}{c} a & b")), "table a | b");
}

}  // namespace
}  // namespace cairn
