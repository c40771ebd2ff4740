#include "documents/formats/pptx/pptx_parser.h"

#include "documents/formats/package/package_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

std::string Shape(const std::string& placeholder, const std::string& text,
                  int top) {
  return "<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>" + placeholder +
         "</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x='0' y='" +
         std::to_string(top) +
         "'/><a:ext cx='100' cy='50'/></a:xfrm></p:spPr><p:txBody><a:p>" +
         "<a:r><a:t>" + text + "</a:t></a:r></a:p></p:txBody></p:sp>";
}

TEST(Pptx, TheTitleLeadsAndTheRestIsReadByPlace) {
  const ParsedDocument document =
      ParseOk(MakePptx(Shape("", "below", 200) + Shape("", "above", 100) +
                       Shape("<p:ph type='sldNum'/>", "7", 300) +
                       Shape("<p:ph type='title'/>", "Title", 0)),
              "");
  EXPECT_EQ(Outline(document),
            "heading1 Title|paragraph above|paragraph below");
  EXPECT_EQ(document.pages, 1U);
  EXPECT_EQ(document.blocks[2].page, 1U);
  EXPECT_EQ(document.title, "Title");
}

// Behind two columns lies a picture as large as the slide.
TEST(Pptx, APictureWithoutWordsDoesNotMixColumns) {
  const auto at = [](const std::string& text, int left, int top) {
    std::string shape = Shape("", text, top);
    return shape.replace(shape.find("x='0'"), 5,
                         "x='" + std::to_string(left) + "'");
  };
  const std::string picture =
      "<p:pic><p:nvPicPr><p:cNvPr/><p:nvPr/></p:nvPicPr><p:blipFill>"
      "<a:blip r:embed='p'/></p:blipFill><p:spPr><a:xfrm><a:off x='0' y='0'/>"
      "<a:ext cx='600' cy='600'/></a:xfrm></p:spPr></p:pic>";
  EXPECT_EQ(
      Outline(ParseOk(
          MakePptx(picture + at("right one", 400, 0) + at("left one", 0, 0) +
                   at("right two", 400, 100) + at("left two", 0, 100)),
          "")),
      "paragraph left one|paragraph left two|paragraph right one|"
      "paragraph right two");
}

TEST(Pptx, NotesAndCommentsSayWhatTheyAre) {
  const ParsedDocument document = ParseOk(
      MakePptx(Shape("", "text", 0),
               {{"ppt/slides/_rels/slide1.xml.rels",
                 "<Relationships><Relationship Id='a' Type='x/notesSlide' "
                 "Target='../notes.xml'/><Relationship Id='b' Type='x/comments'"
                 " Target='../comments.xml'/></Relationships>"},
                {"ppt/notes.xml", "<p:notes><p:cSld><p:spTree>" +
                                      Shape("<p:ph type='body'/>", "say", 0) +
                                      "</p:spTree></p:cSld></p:notes>"},
                {"ppt/comments.xml",
                 "<p:cmLst><p:cm><p:text>why</p:text></p:cm><p:cm authorId='4' "
                 "dt='2021-07-01T09:00:00.000'><p:text>so</p:text></p:cm>"
                 "</p:cmLst>"},
                {"ppt/authors.xml",
                 "<p:cmAuthorLst><p:cmAuthor id='4' name='Bo'/>"
                 "</p:cmAuthorLst>"},
                {"ppt/_rels/presentation.xml.rels",
                 "<Relationships><Relationship Id='rId1' Type='x/slide' "
                 "Target='slides/slide1.xml'/><Relationship Id='rId2' "
                 "Type='x/commentAuthors' Target='authors.xml'/>"
                 "</Relationships>"}}),
      "");
  EXPECT_EQ(Outline(document),
            "paragraph text|paragraph Notes: say|paragraph Comment: why|"
            "paragraph Comment by Bo, 2021-07-01: so");
}

TEST(Pptx, ASlideWithoutATitleStandsUnderNoOtherSlide) {
  const std::string two =
      "<p:presentation xmlns:r='r'><p:sldIdLst><p:sldId r:id='rId1'/><p:sldId "
      "r:id='rId2'/><p:sldId r:id='rId9'/></p:sldIdLst></p:presentation>";
  const auto slide = [](const std::string& shapes) {
    return "<p:sld show='0'><p:cSld><p:spTree>" + shapes +
           "</p:spTree></p:cSld></p:sld>";
  };
  const ParsedDocument document = ParseOk(
      MakePackage(
          {{"ppt/presentation.xml", two},
           {"ppt/_rels/presentation.xml.rels",
            "<Relationships><Relationship Id='rId1' Type='x/slide' "
            "Target='a.xml'/><Relationship Id='rId2' Type='x/slide' "
            "Target='b.xml'/></Relationships>"},
           {"ppt/a.xml", slide(Shape("<p:ph type='title'/>", "One", 0))},
           {"ppt/b.xml", slide(Shape("", "alone", 0))}}),
      "");
  ASSERT_EQ(document.blocks.size(), 2U);
  EXPECT_EQ(document.blocks[1].page, 2U);
  EXPECT_EQ(document.blocks[1].heading, Block::kNone);
  ASSERT_EQ(document.warnings.size(), 2U);
  EXPECT_EQ(document.warnings[0], "2 slides are hidden; they were read too");
  EXPECT_EQ(document.warnings[1],
            "1 slides of the presentation cannot be read");
}

}  // namespace
}  // namespace cairn
