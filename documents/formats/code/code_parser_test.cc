#include "documents/formats/code/code_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

TEST(CodeParser, CutsBetweenDefinitions) {
  const ParsedDocument document = ParseOk(
      "\"\"\"Doc.\"\"\"\nimport x\n\n\ndef f():\n    # why\n\n    return 1\n\n"
      "class C:\n    pass\n",
      "", "a.py");
  EXPECT_EQ(document.format, "code");
  EXPECT_EQ(
      Outline(document),
      "code \"\"\"Doc.\"\"\" import x|code def f():     # why      return "
      "1|code class C:     pass");
}

TEST(CodeParser, KeepsSmallPiecesTogetherAndCutsLongOnes) {
  EXPECT_EQ(ParseOk("a = 1\n\nb = 2\n", "", "a.toml").blocks.size(), 1U);
  std::string lines;
  for (int i = 0; i < 200; ++i) lines += "  x\n\n";
  EXPECT_GT(ParseOk("{\n" + lines + "}\n", "", "a.c").blocks.size(), 2U);
}

TEST(CodeParser, KeepsEveryLine) {
  const std::string text = "int a;\n\n\n\n}\n\nint b;\n\t \nvoid c() {\n}";
  const ParsedDocument document = ParseOk(text, "", "a.cc");
  for (const char* part : {"int a;", "}", "int b;", "void c() {"}) {
    EXPECT_NE(document.text.find(part), std::string::npos);
  }
}

}  // namespace
}  // namespace cairn
