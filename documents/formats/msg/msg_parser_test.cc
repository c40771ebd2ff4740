#include "documents/formats/msg/msg_parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "documents/formats/msg/compressed_rtf.h"
#include "documents/formats/msg/msg_for_test.h"
#include "documents/formats/msg/rtf_html.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kPlenty = 1'000'000;

ParsedDocument Parse(const MsgMaker& msg) { return ParseOk(msg.Make(), ""); }

// 2026-03-02 09:00:00 UTC in 100 ns since 1601.
constexpr std::uint64_t kMorning =
    (11'644'473'600ULL + 1'772'442'000ULL) * 10'000'000ULL;

MsgMaker Message() {
  MsgMaker msg;
  msg.AddText(0x0037, "All of it");
  msg.AddText(0x0c1a, "Ada");
  msg.AddText(0x5d01, "ada@x.org");
  msg.AddNumber(0x0039, kMorning);
  msg.AddRecipient("Bo", "bo@x.org", 1);
  msg.AddRecipient("cy@x.org", "cy@x.org", 2);
  msg.AddRecipient("Di", "di@x.org", 1);
  return msg;
}

TEST(Msg, GivesTheSameBlocksAsTheSameEmail) {
  MsgMaker msg = Message();
  msg.AddText(0x1000, "Hello\r\nyou\r\n\r\n> old\r\n\r\nBye\r\n");
  msg.AddFile("a.csv", "a,b\n1,2\n");
  MsgMaker inner;
  inner.AddText(0x0037, "inner");
  inner.AddText(0x1000, "forwarded");
  msg.AddMessage(inner);
  const ParsedDocument email = ParseOk(
      "Subject: All of it\nFrom: Ada <ada@x.org>\nTo: Bo <bo@x.org>, Di "
      "<di@x.org>\nCc: cy@x.org\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n"
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\nyou\n\n> "
      "old\n\nBye\n--b\nContent-Disposition: attachment; filename=a.csv\n\n"
      "a,b\n1,2\n--b\nContent-Type: message/rfc822\n\nSubject: "
      "inner\n\nforwarded\n--b--\n",
      "message/rfc822");
  const ParsedDocument document = Parse(msg);
  EXPECT_EQ(Outline(document), Outline(email));
  EXPECT_EQ(document.title, "All of it");
  EXPECT_NE(Outline(document).find("Cc | cy@x.org Date | Mon, 2 Mar 2026"),
            std::string::npos);
}

TEST(Msg, TakesTheRichestText) {
  MsgMaker msg;
  msg.AddText(0x0037, "s");
  msg.AddText(0x1000, "plain");
  EXPECT_EQ(Outline(Parse(msg)), "heading1 s|paragraph plain");
  MsgMaker rtf = msg;
  rtf.AddBytes(0x1009, StoredRtf("{\\rtf1\\ansi {\\b bold} words\\par}"));
  EXPECT_EQ(Outline(Parse(rtf)), "heading1 s|paragraph bold words");
  MsgMaker shown = msg;
  shown.AddBytes(0x1009, StoredRtf("{\\rtf1 words{\\pict\\pngblip "
                                   "89504e470d0a1a0a0000000d49484452"
                                   "000001900000012c}\\par}"));
  const auto counted =
      FormatByName("msg")->Parse({.bytes = shown.Make()}, Limits());
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->unread_pictures, 1U);
  MsgMaker wrapped = msg;
  wrapped.AddBytes(
      0x1009,
      StoredRtf("{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\*\\htmltag64 "
                "<h1>}\\htmlrtf {\\htmlrtf0 T\\'fcr\\htmlrtf }\\htmlrtf0"
                "{\\*\\htmltag72 </h1>}{\\*\\htmltag1 <p>}a < "
                "\\u8364?{\\*\\htmltag84 &amp;}b\\htmlrtf\\par\\htmlrtf0"
                "{\\*\\htmltag1 </p>}}"));
  EXPECT_EQ(Outline(Parse(wrapped)),
            "heading1 s|heading2 Tür|paragraph a < €&b");
  MsgMaker from_text = msg;
  from_text.AddBytes(0x1009,
                     StoredRtf("{\\rtf1\\ansi\\fromtext\\deff0 lossy\\par}"));
  EXPECT_EQ(Outline(Parse(from_text)), "heading1 s|paragraph plain");
  wrapped.AddNumber(0x3fde, 1252);
  wrapped.AddBytes(0x1013, "<p>page f\xfcr you</p>");
  EXPECT_EQ(Outline(Parse(wrapped)), "heading1 s|paragraph page für you");
}

TEST(Msg, ReadsTextsOfACodePage) {
  MsgMaker msg;
  msg.AddNumber(0x3ffd, 1251);
  msg.AddNarrow(0x0037, "\xcc\xe8\xf0");
  msg.AddNarrow(0x1000, "\xc4\xe0");
  EXPECT_EQ(Outline(Parse(msg)), "heading1 Мир|paragraph Да");
}

TEST(Msg, TellsOfWhatIsNotRead) {
  MsgMaker msg = Message();
  msg.AddText(0x1000, "text");
  const std::string picture("\x89PNG\r\n\x1a\n\0\0", 10);
  msg.AddFile("chart.png", picture);
  MsgMaker logo;
  logo.AddText(0x3707, "logo.png");
  logo.AddText(0x3712, "logo@x");
  logo.AddBytes(0x3701, picture);
  msg.AddAttachment(logo);
  const ParsedDocument document = Parse(msg);
  ASSERT_EQ(document.warnings.size(), 2U);
  EXPECT_NE(document.warnings[0].find("attachment chart.png"),
            std::string::npos);
  EXPECT_EQ(document.warnings[1], "1 picture cannot be read");
}

TEST(Msg, MessagesWithinMessagesEnd) {
  MsgMaker deep;
  deep.AddText(0x0037, "deepest");
  std::string attached = deep.Make();
  for (int i = 0; i < 9; ++i) {
    MsgMaker outer, file;
    outer.AddText(0x0037, "m" + std::to_string(i));
    outer.AddMessage(deep);
    deep = outer;
    file.AddText(0x0037, "f" + std::to_string(i));
    file.AddFile("inner.msg", attached);
    attached = file.Make();
  }
  const ParsedDocument document = Parse(deep);
  EXPECT_EQ(Outline(document),
            "heading1 m8|heading2 m7|heading3 m6|heading4 m5");
  EXPECT_EQ(document.warnings.size(), 1U);
  const ParsedDocument files = ParseOk(attached, "");
  EXPECT_EQ(std::count(files.text.begin(), files.text.end(), 'f'), 4);
  ASSERT_EQ(files.warnings.size(), 1U);
  EXPECT_NE(files.warnings[0].find("to a depth of 4"), std::string::npos);
  // E-mails between them do not start anew.
  const std::string email =
      "Subject: e\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
      "Content-Disposition: attachment; filename=a.msg\n\n" +
      attached + "\n--b--\n";
  const ParsedDocument mixed = ParseOk(email, "message/rfc822");
  EXPECT_EQ(std::count(mixed.text.begin(), mixed.text.end(), 'f'), 3);
}

// Tokens behind the head of a compressed text.
std::string Compressed(const std::string& tokens) {
  std::string out;
  PutU32(out, static_cast<std::uint32_t>(tokens.size() + 12));
  PutU32(out, 0);
  PutU32(out, 0x75465a4c);
  PutU32(out, 0);
  return out + tokens;
}

TEST(CompressedRtf, ReadsTheExampleOfItsSpecification) {
  const std::string bytes(
      "\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\3\0\n\0rcpg125B2\n\xf3 hel\t\0 "
      "bw\5\xb0ld}\n\x80\xf\xa0",
      49);
  EXPECT_EQ(DecompressRtf(bytes, kPlenty),
            "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  // Cut off, the beginning is given.
  EXPECT_EQ(DecompressRtf(bytes.substr(0, 35), kPlenty),
            "{\\rtf1\\ansi\\ansicpg1252\\pard hel");
  EXPECT_EQ(DecompressRtf("too short", kPlenty), "");
}

// What comes out equals what went in, for texts longer than the window, when
// they are written with the repetitions that a naive search finds.
TEST(CompressedRtf, GivesBackWhatASimpleWriterPutIn) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < 200 + 400 * seed) {
      const std::size_t at = text.empty() ? 0 : random() % text.size();
      text += random() % 3 == 0
                  ? std::string(1, static_cast<char>('a' + random() % 4))
                  : text.substr(at, random() % 20);
    }
    std::string tokens, group;
    unsigned control = 0, count = 0;
    const auto end_token = [&](bool repetition) {
      control |= repetition ? 1U << count : 0;
      if (++count < 8) return;
      tokens += static_cast<char>(control) + group;
      group.clear();
      control = count = 0;
    };
    const auto put_pair = [&](std::size_t place, std::size_t length) {
      const std::size_t pair = (place % 4096) << 4 | (length - 2);
      group += static_cast<char>(pair >> 8);
      group += static_cast<char>(pair & 0xff);
      end_token(true);
    };
    std::size_t at = 0;
    while (at < text.size()) {
      std::size_t best = 0, from = 0;
      for (std::size_t start = at - std::min<std::size_t>(at, 300); start < at;
           ++start) {
        std::size_t length = 0;
        while (length < 17 && at + length < text.size() &&
               text[start + length] == text[at + length]) {
          ++length;
        }
        if (length > best) {
          best = length;
          from = start;
        }
      }
      if (best < 2) {
        group += text[at++];
        end_token(false);
      } else {
        put_pair(207 + from, best);
        at += best;
      }
    }
    put_pair(207 + at, 2);
    if (count > 0) tokens += static_cast<char>(control) + group;
    ASSERT_EQ(DecompressRtf(Compressed(tokens), kPlenty), text);
  }
}

TEST(CompressedRtf, EndsSoonBehindItsLimit) {
  // A control byte of repetitions, each of 17 bytes of the window.
  std::string tokens;
  for (int i = 0; i < 100'000; ++i) tokens += "\xff" + std::string(16, '\x0f');
  EXPECT_LE(DecompressRtf(Compressed(tokens), 1'000).size(), 1'136U);
}

TEST(RtfHtml, SignsAreOfTheCharacterSetOfTheirFont) {
  EXPECT_EQ(HtmlInRtf("{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\fonttbl"
                      "{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}}"
                      "{\\*\\htmltag64 <p>}\\f1 \\'cc\\'e8\\'f0\\f0  "
                      "\\'e4}",
                      100),
            "<p>\u041c\u0438\u0440 \u00e4");
}

TEST(RtfHtml, OfOtherRtfThereIsNone) {
  EXPECT_FALSE(HtmlInRtf("{\\rtf1\\ansi words}", 100).has_value());
  EXPECT_FALSE(HtmlInRtf("", 100).has_value());
}

TEST(Msg, NeverBreaksAPromise) {
  MsgMaker msg = Message();
  msg.AddText(0x1000, "text");
  msg.AddBytes(0x1009, StoredRtf("{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 "
                                 "<p>}a\\htmlrtf b\\htmlrtf0{\\u8364?}}"));
  msg.AddFile("a.csv", "a,b\n1,2\n");
  MsgMaker inner;
  inner.AddText(0x0037, "inner");
  msg.AddMessage(inner);
  ExpectPromisesKept(MsgParser(), msg.Make(), 2000);
}

}  // namespace
}  // namespace cairn
