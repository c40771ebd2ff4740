#include "documents/sandbox/parse_document.h"

#include <dirent.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cerrno>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "documents/formats/film/film_for_test.h"
#include "documents/formats/package/package_for_test.h"
#include "documents/formats/pdf/pdf_bytes_for_test.h"
#include "documents/formats/pdf/pdfium.h"
#include "documents/formats/pdf/scan_for_test.h"
#include "documents/frames/codec_libraries.h"
#include "documents/frames/coded_frame_for_test.h"
#include "documents/sandbox/jail.h"

namespace cairn {
namespace {

constexpr std::string_view kPdfBytes = "%PDF-1.7\n";

SandboxOptions Options() {
  SandboxOptions options;
  options.program = CAIRN_PARSER_PROCESS;
  options.limits.parser_wall_seconds_max = 20;
  return options;
}

Status Misbehave(const std::string& mode,
                 const SandboxOptions& options = Options()) {
  const std::string name = "misbehave:" + mode;
  return ParseDocument({.bytes = kPdfBytes,
                        .media_type = "application/pdf",
                        .file_name = name},
                       options)
      .status();
}

int OpenDescriptors() {
  int count = 0;
  DIR* folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) ++count;
  ::closedir(folder);
  return count;
}

std::string Quoted(const std::string& bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char sign : bytes) {
    const auto byte = static_cast<unsigned char>(sign);
    out += '=';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
    if (out.size() % 76 > 70) out += "=\n";
  }
  return out;
}

class ParseDocumentTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0);
    ::setenv("CAIRN_MODELS", CAIRN_DEPS_DIR "/models", 0);
  }
  // However a child ends, nothing of it stays.
  void TearDown() override {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
    EXPECT_EQ(OpenDescriptors(), descriptors_);
  }

 private:
  const int descriptors_ = OpenDescriptors();
};

#define SKIP_WITHOUT_COMPLETE_JAIL()                                       \
  if (!kJailComplete) {                                                    \
    GTEST_SKIP() << "this build has a sanitizer: the jail has no system "  \
                    "call filter and no memory bound, so this promise is " \
                    "NOT tested";                                          \
  }

TEST_F(ParseDocumentTest, ReadsScansAndPicturesInTheJail) {
  SKIP_WITHOUT_OCR();
  const ocr::Picture picture = pdf::Rendered(pdf::TowersPage(), 150);
  pdf::TestPdf scan;
  pdf::DrawPicture(picture, scan.Page());
  for (const std::string& bytes : {scan.Bytes(), pdf::ToBitmap(picture)}) {
    const auto document = ParseDocument({.bytes = bytes}, Options());
    ASSERT_TRUE(document.ok()) << document.status();
    EXPECT_EQ(document->title, "Lighthouses of the coast");
    EXPECT_EQ(document->tables.size(), 1U);
  }
}

TEST_F(ParseDocumentTest, ReadsPicturesInsideOfPackagesInTheJail) {
  const ocr::Picture picture = pdf::Rendered(pdf::TowersPage(), 150);
  const std::string bytes =
      MakeOdf("text",
              "<text:p>Before.</text:p><text:p><draw:frame><draw:image "
              "xlink:href='0.bmp'/></draw:frame></text:p>",
              {{"0.bmp", pdf::ToBitmap(picture)}});
  const auto document = ParseDocument({.bytes = bytes}, Options());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->text.find("Before."), 0U);
  ASSERT_EQ(document->warnings.size(), 1U);
  if (!ocr::PrepareReader().ok()) {
    EXPECT_EQ(document->warnings[0].find("1 picture that may hold text was "
                                         "not read: "),
              0U);
  }
  SKIP_WITHOUT_OCR();
  EXPECT_EQ(document->tables.size(), 1U);
}

// Its text is read without one.
TEST_F(ParseDocumentTest, ReadsPicturesOfRtfInTheJail) {
  const std::string file = pdf::ToBitmap(pdf::Rendered(pdf::TowersPage(), 150));
  // A bitmap is kept without the head of its file.
  const std::string bitmap = file.substr(14);
  const std::string bytes =
      "{\\rtf1\\ansicpg1251 \\'cc\\'e8\\'f0{\\pict"
      "\\dibitmap0\\bin" +
      std::to_string(bitmap.size()) + " " + bitmap + "}\\par}";
  const auto document = ParseDocument({.bytes = bytes}, Options());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->format, "rtf");
  EXPECT_EQ(document->text.find("Мир"), 0U);
  EXPECT_EQ(document->warnings.size(), 1U);
  SKIP_WITHOUT_OCR();
  EXPECT_EQ(document->tables.size(), 1U);
}

TEST_F(ParseDocumentTest, ReadsEmailsInAnyCharsetInTheJail) {
  for (const char* charset : {"iso-2022-jp", "big5", "koi8-r", "euc-kr",
                              "shift_jis", "windows-1255", "macintosh"}) {
    SCOPED_TRACE(charset);
    const std::string bytes =
        "Subject: =?" + std::string(charset) +
        "?q?=A4=40?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=" +
        charset +
        "\n\n<p>Words and more words and more words, and the rest "
        "\xa4\xa4\xa4\xa4\n--b\nContent-Disposition: attachment; "
        "filename=a.csv\n\na,b\n1,2\n--b\nContent-Disposition: attachment; "
        "filename=a.rtf\n\n{\\rtf1\\ansicpg950 x\\'a4\\'40}\n--b--\n";
    const auto document = ParseDocument(
        {.bytes = bytes, .media_type = "message/rfc822"}, Options());
    ASSERT_TRUE(document.ok()) << document.status();
    EXPECT_NE(document->text.find("Words"), std::string::npos)
        << document->text;
    EXPECT_EQ(document->tables.size(), 1U);
  }
}

TEST_F(ParseDocumentTest, ReadsAPdfAttachedToAnEmailInTheJail) {
  if (!pdf::LoadPdfium().ok()) {
    GTEST_SKIP() << "no PDFium: a PDF in an e-mail was NOT tested";
  }
  const std::string pdf = pdf::PdfBytes(
      {pdf::PageBytes().Text(60, 100, "The lighthouse stands on Varne.")});
  const std::string bytes =
      "From: a@b.example\nSubject: Report\nContent-Type: multipart/mixed; "
      "boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the file.\n--b\n"
      "Content-Type: application/pdf; name=report.pdf\nContent-Disposition: "
      "attachment; filename=report.pdf\nContent-Transfer-Encoding: "
      "quoted-printable\n\n" +
      Quoted(pdf) + "\n--b--\n";
  const auto document = ParseDocument(
      {.bytes = bytes, .media_type = "message/rfc822"}, Options());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_NE(document->text.find("The lighthouse stands on Varne."),
            std::string::npos)
      << document->text;
  EXPECT_TRUE(document->warnings.empty()) << document->warnings.front();
}

TEST_F(ParseDocumentTest, TextIsParsedInThisProcess) {
  SandboxOptions options = Options();
  options.program = "/nonexistent";
  const auto document = ParseDocument(
      {.bytes = "Plain words.\n", .media_type = "text/plain"}, options);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->format, "text");
}

// One frame of H.264, and `more` behind it.
std::string FilmOfH264(const std::vector<film::TestSample>& more = {}) {
  film::TestTrack seen{.handler = "vide",
                       .codec = "avc1",
                       .samples = {{10'000, frames::H264Frame()}},
                       .entry = film::SeenEntry(
                           64, 48, film::BoxOf("avcC", frames::H264Setup()))};
  seen.samples.insert(seen.samples.end(), more.begin(), more.end());
  return film::MakeMp4({seen});
}

TEST_F(ParseDocumentTest, FramesOfFilmsAreDecodedInTheJail) {
  const auto codecs = frames::LoadCodecs();
  if (!codecs.ok()) {
    GTEST_SKIP() << "no libavcodec: decoding in the jail was NOT tested: "
                 << codecs.status();
  }
  const std::string film = FilmOfH264(
      {{10'000, std::string(5000, 'g')}, {10'000, "\0\0\0\x01\x65"}});
  const auto taken = ReadFramesOf({.bytes = film}, Options());
  ASSERT_TRUE(taken.ok()) << taken.status();
  ASSERT_EQ(taken->frames.size(), 1U);
  EXPECT_EQ(taken->frames[0].time, (TimeRange{0, 60'000}));
  EXPECT_GT(taken->frames[0].jpeg.size(), 100U);
  EXPECT_EQ(taken->warnings.size(), 1U);
}

TEST_F(ParseDocumentTest, WithoutTheLibraryFramesAreRefusedWithTheRemedy) {
  ::setenv("CAIRN_AVCODEC", "/nowhere/libavcodec.so", 1);
  const auto taken = ReadFramesOf({.bytes = FilmOfH264()}, Options());
  const std::string silent = film::MakeMp4(
      {{.handler = "soun", .codec = "mp4a", .samples = {{20, "a"}}}});
  const auto none = ReadFramesOf({.bytes = silent}, Options());
  ::unsetenv("CAIRN_AVCODEC");
  EXPECT_EQ(ReasonOf(taken.status()), "NO_AVCODEC");
  EXPECT_NE(MessageOf(taken.status()).find("apt-get install libavcodec"),
            std::string::npos);
  EXPECT_TRUE(none.ok()) << none.status();
}

TEST_F(ParseDocumentTest, ForbiddenCallsEndTheChild) {
  SKIP_WITHOUT_COMPLETE_JAIL();
  for (const char* mode :
       {"open", "socket", "fork", "exec", "kill_parent", "executable_memory"}) {
    const Status status = Misbehave(mode);
    EXPECT_EQ(ReasonOf(status), "PARSER_CRASHED") << mode << ": " << status;
    EXPECT_NE(MessageOf(status).find("jail forbids"), std::string::npos)
        << mode << ": " << status;
  }
}

TEST_F(ParseDocumentTest, CrashesCostOneDocument) {
  for (const char* mode : {"abort", "stack", "silence"}) {
    const Status status = Misbehave(mode);
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << mode;
    EXPECT_EQ(ReasonOf(status), "PARSER_CRASHED") << mode << ": " << status;
  }
}

TEST_F(ParseDocumentTest, UnsoundRepliesAreRefused) {
  for (const char* mode : {"garbage", "half", "split_sign", "not_utf8"}) {
    const Status status = Misbehave(mode);
    EXPECT_EQ(ReasonOf(status), "PARSER_CRASHED") << mode << ": " << status;
  }
}

TEST_F(ParseDocumentTest, RepliesAboveTheLimitAreCutOff) {
  SandboxOptions options = Options();
  options.limits.parser_output_bytes_max = 100'000;
  for (const char* mode : {"huge", "announce"}) {
    const Status status = Misbehave(mode, options);
    EXPECT_EQ(ReasonOf(status), "PARSER_CRASHED") << mode << ": " << status;
  }
}

TEST_F(ParseDocumentTest, CpuTimeIsBounded) {
  SandboxOptions options = Options();
  options.limits.parser_cpu_seconds_max = 1;
  const Status status = Misbehave("loop", options);
  EXPECT_EQ(ReasonOf(status), "PARSER_TIMEOUT") << status;
  EXPECT_NE(MessageOf(status).find("parser_cpu_seconds_max"),
            std::string::npos);
}

TEST_F(ParseDocumentTest, WallTimeIsBounded) {
  SandboxOptions options = Options();
  options.limits.parser_wall_seconds_max = 1;
  for (const char* mode : {"loop", "close_and_loop"}) {
    const Status status = Misbehave(mode, options);
    EXPECT_EQ(ReasonOf(status), "PARSER_TIMEOUT") << mode << ": " << status;
    EXPECT_NE(MessageOf(status).find("parser_wall_seconds_max"),
              std::string::npos)
        << mode;
  }
}

TEST_F(ParseDocumentTest, MemoryIsBounded) {
  SKIP_WITHOUT_COMPLETE_JAIL();
  SandboxOptions options = Options();
  options.limits.parser_memory_bytes_max = 256 << 20;
  for (const char* mode : {"allocate", "allocate_in_pieces"}) {
    const Status status = Misbehave(mode, options);
    EXPECT_EQ(ReasonOf(status), "PARSER_OUT_OF_MEMORY")
        << mode << ": " << status;
  }
}

TEST_F(ParseDocumentTest, PackagesAreReadInsideTheJail) {
  const std::string odf = "<text:p>word</text:p>";
  const std::vector<std::pair<std::string, std::string>> files = {
      {"docx", MakeDocx("<w:p><w:r><w:t>word</w:t></w:r></w:p>")},
      {"xlsx", MakeXlsx("<sheetData><row><c t='str'><v>word</v></c><c s='0'>"
                        "<v>1.5</v></c></row></sheetData>")},
      {"pptx", MakePptx("<p:sp><p:txBody><a:p><a:r><a:t>word</a:t></a:r></a:p>"
                        "</p:txBody></p:sp>")},
      {"odt", MakeOdf("text", odf)},
      {"ods",
       MakeOdf("spreadsheet", "<t:table><t:table-row><t:table-cell>" + odf +
                                  "</t:table-cell></t:table-row></t:table>")},
      {"odp", MakeOdf("presentation", "<d:page><d:frame><d:text-box>" + odf +
                                          "</d:text-box></d:frame></d:page>")},
      {"epub", MakeEpub("<p>word</p>")}};
  for (const auto& [format, bytes] : files) {
    const auto document = ParseDocument({.bytes = bytes}, Options());
    ASSERT_TRUE(document.ok()) << format << ": " << document.status();
    EXPECT_EQ(document->format, format);
    EXPECT_NE(document->text.find("word"), std::string::npos) << format;
  }
}

TEST_F(ParseDocumentTest, ErrorsOfTheParserComeThrough) {
  const auto told =
      ParseDocument({.bytes = kPdfBytes, .file_name = "fail"}, Options());
  EXPECT_EQ(ReasonOf(told.status()), "DAMAGED_PDF");
  EXPECT_EQ(MessageOf(told.status()), "as told");
  const auto thrown =
      ParseDocument({.bytes = kPdfBytes, .file_name = "throw"}, Options());
  EXPECT_EQ(thrown.status().code(), StatusCode::kInternal);
}

TEST_F(ParseDocumentTest, AProgramThatCannotStartIsNamed) {
  SandboxOptions options = Options();
  options.program = "/nonexistent/cairn";
  const Status status = Misbehave("abort", options);
  EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "NO_SANDBOX");
  EXPECT_NE(MessageOf(status).find("/nonexistent/cairn"), std::string::npos);
}

TEST_F(ParseDocumentTest, AProgramThatIsNoParserProcessIsSeenThrough) {
  SandboxOptions options = Options();
  options.program = "/bin/echo";
  EXPECT_EQ(ReasonOf(Misbehave("abort", options)), "PARSER_CRASHED");
}

TEST_F(ParseDocumentTest, AParserProcessStartsNoOther) {
  ::setenv("CAIRN_PARSER_PROCESS", "1", 1);
  const Status status = Misbehave("abort");
  ::unsetenv("CAIRN_PARSER_PROCESS");
  EXPECT_EQ(ReasonOf(status), "NO_SANDBOX");
}

TEST_F(ParseDocumentTest, DocumentsAboveTheLimitAreNotTouched) {
  SandboxOptions options = Options();
  options.limits.document_bytes_max = 4;
  EXPECT_EQ(ReasonOf(Misbehave("abort", options)), "DOCUMENT_TOO_LARGE");
}

TEST_F(ParseDocumentTest, ManyThreadsMayParseAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([] {
      for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(ReasonOf(Misbehave("abort")), "PARSER_CRASHED");
        EXPECT_EQ(ReasonOf(Misbehave("half")), "PARSER_CRASHED");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace cairn
