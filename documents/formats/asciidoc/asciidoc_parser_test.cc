#include "documents/formats/asciidoc/asciidoc_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Asciidoc(std::string_view bytes) {
  return ParseOk(bytes, {}, "a.adoc");
}

TEST(AsciidocParser, ReadsStructure) {
  const ParsedDocument document = Asciidoc(
      "= The *Title*\n:toc:\n\n// no\nFirst line\nwith _stress_ and "
      "https://a.b/c[a link].\n\n== Part\n\n* one\n** deep\n. two\n\n[source]\n"
      "----\nint  x;\n\n* y\n----\n\n.Waves\nimage::w.png[sea]\n\n////\nno\n"
      "////\ninclude::x.adoc[]\n");
  EXPECT_EQ(document.title, "The Title");
  EXPECT_EQ(Outline(document),
            "heading1 The Title|paragraph First line with stress and a link.|"
            "heading2 Part|list_item1 one|list_item2 deep|list_item1 two|"
            "code int  x;  * y|figure Waves: sea");
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(AsciidocParser, ReadsTables) {
  const ParsedDocument document = Asciidoc(
      ".Towers\n|===\n|Name |Height\n\n|Varne\n|42\n|Kell |7\nm\n|===\n");
  EXPECT_EQ(CellsOf(document), "Name,Height;Varne,42;Kell,7 m");
  EXPECT_EQ(document.tables[0].header_rows, 1U);
  EXPECT_EQ(document.tables[0].caption.Of(document.text), "Towers");
}

TEST(AsciidocParser, KeepsMarksThatMeanThemselves) {
  EXPECT_EQ(Outline(Asciidoc("a * b, snake_case_name, 2*3 and *open")),
            "paragraph a * b, snake_case_name, 2*3 and *open");
}

}  // namespace
}  // namespace cairn
