#include "documents/formats/epub/epub_parser.h"

#include "documents/formats/epub/xhtml.h"
#include "documents/formats/package/package_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

TEST(Epub, ChaptersAreReadWithTheirNotesAndWithoutTheContents) {
  const ParsedDocument document =
      ParseOk(MakeEpub("<header><h2>One</h2></header><a id='x'/><p>Text.</p>"
                       "<aside><p>A note.</p></aside>"),
              "");
  EXPECT_EQ(Outline(document),
            "heading2 One|paragraph Text.|paragraph A note.");
  EXPECT_EQ(document.title, "A Book");
  EXPECT_EQ(document.language, "de");
}

TEST(Epub, TablesPicturesAndNotesAreKept) {
  const ParsedDocument document = ParseOk(
      MakeEpub("<p>Said<sup><a epub:type='noteref' href='#n'>1</a></sup>.</p>"
               "<figure><img src='m.png' alt='A map'/><figcaption>Fig. 1"
               "</figcaption></figure><table><tr><th>a</th><th>b</th></tr><tr>"
               "<td>1</td><td>2</td></tr></table><aside epub:type='footnote' "
               "id='n'><p>1. The note.</p></aside>"),
      "");
  EXPECT_EQ(Outline(document),
            "paragraph Said¹.|figure A map|figure Fig. 1|table a | b 1 | 2|"
            "paragraph 1. The note.");
}

std::string Encryption(const std::string& algorithm) {
  return "<encryption><e:EncryptedData><e:EncryptionMethod Algorithm='" +
         algorithm +
         "'/><e:CipherData><e:CipherReference URI='o/a.xhtml'/></e:CipherData>"
         "</e:EncryptedData></encryption>";
}

TEST(Epub, LockedBooksAreRefusedScrambledFontsAreNot) {
  EXPECT_EQ(ParseReason(MakeEpub("<p>x</p>", {{"META-INF/encryption.xml",
                                               Encryption("aes256")}}),
                        ""),
            "ENCRYPTED_PACKAGE");
  EXPECT_EQ(ParseReason(
                MakeEpub("<p>x</p>",
                         {{"META-INF/encryption.xml",
                           Encryption("http://www.idpf.org/2008/embedding")}}),
                ""),
            "OK");
}

TEST(Epub, TagsThatCloseThemselvesAreOpened) {
  EXPECT_EQ(OpenXhtmlTags("<title/><br/><p a='/>'>x</p><![CDATA[<&]]><!-- -->"),
            "<title></title><br/><p a='/>'>x</p>&lt;&amp;");
  EXPECT_EQ(OpenXhtmlTags("<a"), "<a");
}

}  // namespace
}  // namespace cairn
