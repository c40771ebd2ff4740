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
