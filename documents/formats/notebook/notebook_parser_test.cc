#include "documents/formats/notebook/notebook_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Notebook(std::string_view bytes) {
  return ParseOk(bytes, "", "a.ipynb");
}

TEST(NotebookParser, ReadsCellsInTheirOrder) {
  const ParsedDocument document = Notebook(R"({"cells": [
    {"cell_type": "markdown", "source": ["# Study\n", "\n", "- one *two*"]},
    {"cell_type": "code", "source": "x = 1\nprint(x)\n", "outputs": [
      {"output_type": "stream", "name": "stdout", "text": ["1\n"]}]},
    {"cell_type": "raw", "source": "raw"}],
    "metadata": {}, "nbformat": 4, "nbformat_minor": 5})");
  EXPECT_EQ(Outline(document),
            "heading1 Study|list_item1 one two|code x = 1 print(x)|code 1|"
            "paragraph raw");
  EXPECT_EQ(document.title, "Study");
}

TEST(NotebookParser, TakesTheBestFormOfAnOutput) {
  const ParsedDocument document = Notebook(R"({"cells": [
    {"cell_type": "code", "source": "df", "outputs": [
      {"output_type": "execute_result", "data": {"text/plain": "  a\n0 1",
       "text/html": "<div><table><tr><th></th><th>a</th></tr><tr><th>0</th><td>1</td></tr></table></div>"}},
      {"output_type": "display_data", "data": {"image/png": "iVBO",
       "text/plain": "<Figure size 1x1>"}},
      {"output_type": "error", "ename": "KeyError", "evalue": "'b'"}]}],
    "nbformat": 4})");
  EXPECT_EQ(Outline(document), "code df|table  | a 0 | 1|code KeyError: 'b'");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0], "1 pictures in outputs were not read");
}

TEST(NotebookParser, ReadsTheOldFormat) {
  EXPECT_EQ(Outline(Notebook(R"({"worksheets": [{"cells": [
      {"cell_type": "heading", "level": 2, "source": "H"},
      {"cell_type": "code", "input": "y", "outputs": [
        {"output_type": "pyout", "text": ["7"]}]}]}], "nbformat": 3})")),
            "heading2 H|code y|code 7");
}

TEST(NotebookParser, SaysWhatIsNoNotebook) {
  EXPECT_EQ(ParseReason("{\"a\": 1}", "", "a.ipynb"), "NOT_A_NOTEBOOK");
  EXPECT_EQ(ParseReason("{\"cells\"", "", "a.ipynb"), "BAD_JSON");
  EXPECT_EQ(ParseReason("{\"cells\": []}", "", "a.ipynb"), "EMPTY_DOCUMENT");
}

}  // namespace
}  // namespace cairn
