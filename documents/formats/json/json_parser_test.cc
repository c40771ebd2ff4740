#include "documents/formats/json/json_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Json(std::string_view bytes) {
  return ParseOk(bytes, "application/json");
}

TEST(JsonParser, ShowsKeysAndValuesInTheirOrder) {
  const ParsedDocument document = Json(
      R"({"title": "T", "b": 1.50, "a": {"x": true, "y": null, "deep": {"z": 2}
      }, "list": ["p", "q"], "empty": []})");
  EXPECT_EQ(Outline(document),
            "paragraph title: T b: 1.50|heading1 a|paragraph x: true y: null|"
            "heading2 deep|paragraph z: 2|heading1 list|list_item1 p|"
            "list_item1 q");
  EXPECT_EQ(document.title, "T");
}

TEST(JsonParser, MakesTablesOfLikeObjectsAndOfRows) {
  const ParsedDocument document = Json(
      R"({"towers": [{"name": "Varne", "m": 42}, {"name": "Ost", "kind": "x",
      "m": 7}], "rows": [[1, 2], [3, null]]})");
  EXPECT_EQ(CellsOf(document, 0), "name,m,kind;Varne,42,;Ost,7,x");
  EXPECT_EQ(document.tables[0].header_rows, 1U);
  EXPECT_EQ(CellsOf(document, 1), "1,2;3,");
  EXPECT_EQ(
      Outline(Json(R"([{"name": "A", "p": {"q": 1}}, {"r": [{"s": 2}]}])")),
      "heading1 A|paragraph name: A|heading2 p|paragraph q: 1|"
      "heading1 [2]|heading2 r|heading3 [2].r[1]|paragraph s: 2");
}

TEST(JsonParser, KeepsTextThatIsNotJson) {
  const ParsedDocument document = Json("{\"a\": 1,}");
  EXPECT_EQ(Outline(document), "code {\"a\": 1,}");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_NE(document.warnings[0].find("byte 9"), std::string::npos);
  EXPECT_EQ(Json(std::string(5000, '[') + "1").warnings.size(), 1U);
  EXPECT_EQ(Json(R"({"a": "x\u0000y\r"})").text, "a: xy");
}

TEST(JsonParser, BoundsTheNumberOfValues) {
  Limits limits;
  limits.cells_max = 10;
  EXPECT_EQ(
      ParseReason("[1,2,3,4,5,6,7,8,9,0,1,2]", "application/json", "", limits),
      "TOO_MANY_VALUES");
}

TEST(JsonParser, IsFoundByItsLooks) {
  EXPECT_EQ(ParseOk("{\"a\": 1}", "").format, "json");
  EXPECT_EQ(ParseOk("{a} and more", "").format, "text");
}

}  // namespace
}  // namespace cairn
