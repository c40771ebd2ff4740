#include "documents/formats/email/email_parser.h"

#include <gtest/gtest.h>

#include <random>

#include "documents/formats/email/mime_decode.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Email(std::string_view bytes) {
  return ParseOk(bytes, "message/rfc822");
}

TEST(EmailParser, ShowsHeadAndText) {
  const ParsedDocument document = Email(
      "From: =?utf-8?q?J=C3=BCrgen_M?= <j@x.org>\r\nTo: a@x.org,\r\n b@x.org"
      "\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nSubject: "
      "=?UTF-8?B?R3I=?=\r\n"
      " =?UTF-8?B?w7zDn2U=?= all\r\n\r\nHello\r\nyou\r\n\r\n> old\r\n> text\r\n"
      "\r\nBye\r\n");
  EXPECT_EQ(document.title, "Grüße all");
  EXPECT_EQ(Outline(document),
            "heading1 Grüße all|table From | Jürgen M <j@x.org> To | a@x.org, "
            "b@x.org Date | Mon, 2 Mar 2026 10:00:00 +0100|paragraph Hello you|"
            "paragraph > old > text|paragraph Bye");
}

TEST(EmailParser, TakesTheRichestAlternative) {
  const ParsedDocument document = Email(
      "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/alternative;\n"
      " boundary=\"b 1\"\n\nfor old programs\n--b 1\nContent-Type: text/plain\n"
      "\nplain\n--b 1\nContent-Type: text/html; charset=iso-8859-1\n"
      "Content-Transfer-Encoding: quoted-printable\n\n<h1>T=FCr</h1><p>so=\n"
      "ft</p><ul><li>x</ul>\n--b 1--\nafter\n");
  EXPECT_EQ(Outline(document),
            "heading1 s|heading2 Tür|paragraph soft|list_item1 x");
}

TEST(EmailParser, ReadsAttachmentsByTheirFormats) {
  const ParsedDocument document = Email(
      "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n"
      "--b\nContent-Type: application/octet-stream\nContent-Disposition: "
      "attachment; filename*0*=utf-8''%c3%9cbe; filename*1*=r.csv\n"
      "Content-Transfer-Encoding: base64\n\nYSxiCjEsMgo=\n--b\nContent-Type: "
      "image/png; name=\"l.png\"\nContent-Disposition: "
      "attachment\n\n\x89PNG\r\n"
      "\x1a\n\n--b\nContent-Type: message/rfc822\n\nSubject: "
      "inner\n\nforwarded\n"
      "--b--\n");
  EXPECT_EQ(Outline(document),
            "heading1 s|paragraph text|heading2 Über.csv|table a | b 1 | 2|"
            "heading2 inner|paragraph forwarded");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_NE(document.warnings[0].find("attachment l.png"), std::string::npos)
      << "read with its pictures, the message has nothing more";
}

TEST(EmailParser, ReadsAMailboxMessageByMessage) {
  const ParsedDocument document = ParseOk(
      "From a@x Mon Mar  2 10:00:00 2026\nSubject: one\n\nFrom here on\n\n"
      "From b@x Mon Mar  2 11:00:00 2026\nSubject: two\n\n>From the "
      "second\n>>From > a quote\n",
      "", "box.mbox");
  EXPECT_EQ(Outline(document),
            "heading1 one|paragraph From here on|heading1 two|"
            "paragraph From the second >From > a quote");
  EXPECT_EQ(document.title, "one");
}

TEST(EmailParser, LeavesQuotesOfASingleMessage) {
  EXPECT_EQ(Outline(ParseOk("Subject: one\n\n>From a quote\n", "", "a.eml")),
            "heading1 one|paragraph >From a quote");
}

TEST(EmailParser, IsFoundByItsLooks) {
  EXPECT_EQ(ParseOk("From: a\nTo: b\nSubject: c\n\nd\n", "").format, "email");
  EXPECT_EQ(ParseOk("Note: a\nfrom me\n", "").format, "text");
  EXPECT_EQ(ParseReason("no header at all\n", "message/rfc822"),
            "NOT_AN_EMAIL");
}

TEST(MimeDecode, JoinsFlowedLines) {
  EXPECT_EQ(JoinFlowedLines("one \ntwo\n> q \n> r\n-- \nsig\n", false),
            "one two\n> q r\n-- \nsig");
  EXPECT_EQ(JoinFlowedLines("a \nb\n", true), "ab");
}

TEST(MimeDecode, ReadsDamagedCodes) {
  EXPECT_EQ(DecodeQuotedPrintable("a=3Db=\nc=zz=4"), "a=bc=zz=4");
  EXPECT_EQ(DecodeBase64("aGk=aGk"), "hihi");
  EXPECT_EQ(DecodeHeader("=?utf-8?q?a=?b"), "=?utf-8?q?a=?b");
  EXPECT_EQ(DecodeHeader("=?utf-8?q?=C3?= =?utf-8?q?=BC?="), "ü");
}

TEST(EmailParser, EndsOnMessagesWithoutEnd) {
  std::string nested = "Subject: deep\n";
  for (int i = 0; i < 2000; ++i) {
    nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) +
              "\n\n--b" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(Email(nested + "\nend\n").warnings.size(), 1U);
  std::string forwarded;
  for (int i = 0; i < 2000; ++i) {
    forwarded += "Subject: f\nContent-Type: message/rfc822\n\n";
  }
  EXPECT_EQ(Email(forwarded + "end").warnings.size(), 1U);
}

TEST(EmailParser, SaysWhichTextsItCannotDecode) {
  std::string noise;
  for (unsigned i = 0; i < 999; ++i) {
    noise.push_back(static_cast<char>(1 + (i * 2654435761U >> 28)));
  }
  const ParsedDocument document = Email("Subject: s\n\n" + noise);
  EXPECT_EQ(Outline(document), "heading1 s");
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(EmailParser, NeverBreaksAPromise) {
  const std::string seed =
      "From: a\nSubject: =?utf-8?q?x=C3=BC?=\nContent-Type: multipart/mixed; "
      "boundary=b\n\n--b\nContent-Type: text/plain; format=flowed\n\na \nb\n"
      "--b\nContent-Type: text/html\n\n<table><tr><td>a<td>b</table>\n--b\n"
      "Content-Disposition: attachment; filename=a.csv\n"
      "Content-Transfer-Encoding: base64\n\nYSxiCjEsMgo=\n--b--\n";
  for (unsigned number = 0; number < 3000; ++number) {
    SCOPED_TRACE("seed " + std::to_string(number));
    std::mt19937 random(number);
    std::string bytes = seed;
    for (unsigned i = random() % 10; i > 0; --i) {
      const std::size_t at = random() % bytes.size();
      if (random() % 2 == 0) {
        bytes[at] = static_cast<char>(random());
      } else {
        bytes.insert(at, bytes.substr(random() % bytes.size(), 30));
      }
    }
    const auto document = EmailParser().Parse({.bytes = bytes}, Limits());
    if (document.ok()) {
      ASSERT_EQ(FindBreach(*document), "");
    } else {
      ASSERT_NE(ReasonOf(document.status()), "");
    }
  }
}

}  // namespace
}  // namespace cairn
