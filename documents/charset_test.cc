#include "documents/charset.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace cairn {
namespace {

using namespace std::string_literals;

std::string Decoded(std::string_view bytes, std::string_view declared = {}) {
  const auto decoded = DecodeText(bytes, declared, Limits());
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  return decoded.ok() ? decoded->text : "";
}

std::string Reason(std::string_view bytes, const Limits& limits = Limits()) {
  return ReasonOf(DecodeText(bytes, {}, limits).status());
}

TEST(Charset, KeepsValidUtf8AsItIs) {
  EXPECT_EQ(Decoded("Größe – 漢字 🎉\n"), "Größe – 漢字 🎉\n");
}

TEST(Charset, DropsTheByteOrderMark) {
  EXPECT_EQ(Decoded("\xef\xbb\xbfhello"), "hello");
}

TEST(Charset, ReadsUtf16WithAndWithoutMark) {
  EXPECT_EQ(Decoded("\xff\xfeh\0\xe4\0"s), "hä");
  EXPECT_EQ(Decoded("\xfe\xff\0h\0\xe4"s), "hä");
  EXPECT_EQ(Decoded("h\0e\0l\0l\0o\0"s), "hello");
  EXPECT_EQ(Decoded("\0h\0e\0l\0l\0o"s), "hello");
}

TEST(Charset, NormalisesLineEnds) {
  EXPECT_EQ(Decoded("a\r\nb\rc\n"), "a\nb\nc\n");
}

TEST(Charset, ReadsADeclaredCharset) {
  EXPECT_EQ(Decoded("Stra\xdf"
                    "e",
                    "iso-8859-1"),
            "Straße");
  EXPECT_EQ(Decoded("\x93quoted\x94", "latin1"), "“quoted”");
  EXPECT_EQ(Decoded("\x82\xb1\x82\xf1", "Shift_JIS"), "こん");
}

TEST(Charset, TakesUtf8OverAWrongDeclaration) {
  EXPECT_EQ(Decoded("Straße", "windows-1252"), "Straße");
}

TEST(Charset, GuessesWesternText) {
  EXPECT_EQ(Decoded("Der Fluss f\xfchrt durch das gr\xfcne Tal und m\xfcndet "
                    "sp\xe4ter in die gro\xdf"
                    "e See."),
            "Der Fluss führt durch das grüne Tal und mündet später in die "
            "große See.");
}

TEST(Charset, ReplacesDamageInUtf8) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "schöne Größe ";
  const auto decoded = DecodeText(text + "\xff" + text, {}, Limits());
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->text, text + "\xef\xbf\xbd" + text);
  EXPECT_EQ(decoded->warnings.size(), 1U);
}

TEST(Charset, RemovesControlCharacters) {
  const std::string text(300, 'x');
  EXPECT_EQ(Decoded("a\0b\x01\x7f\xc2\x85"s + text), "ab" + text);
}

TEST(Charset, RefusesWhatIsNoText) {
  std::string noise;
  std::mt19937 random(7);
  for (int i = 0; i < 4000; ++i) noise.push_back(static_cast<char>(random()));
  EXPECT_EQ(Reason(noise), "NOT_TEXT");
  EXPECT_EQ(Reason(""), "EMPTY_DOCUMENT");
  EXPECT_EQ(Reason(" \r\n\t "), "EMPTY_DOCUMENT");
}

TEST(Charset, NamesTheLimit) {
  Limits limits;
  limits.document_bytes_max = 4;
  const Status status = DecodeText("hello", {}, limits).status();
  EXPECT_EQ(ReasonOf(status), "DOCUMENT_TOO_LARGE");
  EXPECT_NE(MessageOf(status).find("document_bytes_max"), std::string::npos);
  limits = Limits();
  limits.text_bytes_max = 4;
  EXPECT_EQ(Reason("hello", limits), "TEXT_TOO_LARGE");
}

TEST(Charset, FindsDeclarations) {
  EXPECT_EQ(CharsetOfMediaType("text/html; charset=\"UTF-8\""), "UTF-8");
  EXPECT_EQ(CharsetOfMediaType("text/html"), "");
  EXPECT_EQ(CharsetOfHtml("<html><META charset='koi8-r'>"), "koi8-r");
  EXPECT_EQ(CharsetOfHtml("<meta http-equiv=x content=\"text/html; "
                          "charset=big5\">"),
            "big5");
  EXPECT_EQ(CharsetOfHtml("<?xml version=\"1.0\" encoding=\"latin1\"?>"),
            "latin1");
  EXPECT_EQ(CharsetOfHtml("<p>charset=none"), "");
}

TEST(Charset, AlwaysYieldsValidUtf8) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    std::string bytes = "Some text that is long enough to be taken as text. ";
    for (int i = 0; i < 200; ++i) {
      bytes += random() % 4 == 0 ? std::string(1, static_cast<char>(random()))
                                 : std::string("ord");
    }
    const auto decoded =
        DecodeText(bytes, seed % 2 ? "utf-8" : "big5", Limits());
    if (!decoded.ok()) continue;
    EXPECT_TRUE(IsValidUtf8(decoded->text)) << "seed " << seed;
    EXPECT_EQ(decoded->text.find('\r'), std::string::npos) << "seed " << seed;
  }
}

TEST(Charset, CleanTextHasNoControlSignsAndNoDamage) {
  EXPECT_EQ(CleanText(std::string_view("a\tb\nc\0d\x7f\xff", 9)),
            "a b\ncd \xef\xbf\xbd");
  EXPECT_EQ(CleanText("caf\xc3\xa9"), "caf\xc3\xa9");
}

}  // namespace
}  // namespace cairn
