// What cannot be taken in: each a message that says what, where and how to
// mend it, the exit code that scripts rely on, and all the rest taken in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "tests/program/program.h"

namespace cairn {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kGood[] =
    "The lighthouse of Varne was built in 1843 by Tomas Elg.\n";
constexpr std::uint64_t kMiB = 1 << 20;

std::string Noise(std::size_t bytes) {
  std::mt19937 random(17);
  std::string noise(bytes, '\0');
  for (char& sign : noise) sign = static_cast<char>(random());
  return noise;
}

// A PDF that ends in its middle.
std::string TruncatedPdf() {
  return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
         "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
         "3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
         "4 0 obj\n<< /Length 4000 >>\nstream\nBT /F1 12 Tf (Varn";
}

// A file of `bytes` bytes on one line, written piece by piece.
void WriteLongLine(const std::string& path, const std::string& head,
                   std::uint64_t bytes, const std::string& tail) {
  std::string piece;
  while (piece.size() < kMiB) piece += "lighthouse ";
  piece.resize(kMiB);
  std::ofstream file(path, std::ios::binary);
  file << head;
  for (std::uint64_t done = 0; done < bytes; done += kMiB) file << piece;
  file << tail;
}

Json FailureOf(const RunResult& result, const std::string& path) {
  const Json summary = result.json();
  for (const Json& failure : summary.value("failures", Json::array())) {
    if (failure["path"] == path) return failure;
  }
  ADD_FAILURE() << path << " did not fail: " << result;
  return {{"reason", ""}, {"message", ""}};
}

struct BadFile {
  std::string name;
  std::string bytes;
  std::string reason;
  std::string remedy;  // A part of the message.
};

std::vector<BadFile> BadFiles() {
  return {{"b_empty.txt", "", "EMPTY_DOCUMENT", "was it written to the end?"},
          {"c_empty.pdf", "", "EMPTY_DOCUMENT", "was it written to the end?"},
          {"d_cut.pdf", TruncatedPdf(), "DAMAGED_PDF",
           "save or print it to a new PDF"},
          {"e_noise.html", Noise(5000), "NOT_TEXT",
           "give a text, Markdown, HTML, CSV or PDF file"},
          {"f_blank.html", "<html><body> </body></html>", "EMPTY_DOCUMENT",
           "nothing in it can be searched"}};
}

TEST(BadInput, BadFilesAreOneFailureEachAndTheRestIsTakenIn) {
  const TestFolder folder;
  folder.Write("in/a_good.txt", kGood);
  folder.Write("in/z_good.txt", kGood);
  for (const BadFile& bad : BadFiles()) {
    folder.Write("in/" + bad.name, bad.bytes);
  }
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result = cairn.Run({"ingest", "--json", folder.At("in")});
  EXPECT_EQ(result.exit_code, 1) << result;
  EXPECT_EQ(result.json()["created"], 2) << result;
  EXPECT_EQ(result.json()["failed"], BadFiles().size()) << result;
  EXPECT_EQ(result.err, "");
  for (const BadFile& bad : BadFiles()) {
    const Json failure = FailureOf(result, folder.At("in/" + bad.name));
    EXPECT_EQ(failure["reason"], bad.reason);
    EXPECT_EQ(failure["document"], bad.name);
    EXPECT_THAT(std::string(failure["message"]),
                AllOf(HasSubstr(bad.name), HasSubstr(bad.remedy)));
    EXPECT_EQ(cairn.Run({"document", "get", bad.name}).exit_code, 3);
  }
  EXPECT_EQ(cairn.TextOf("a_good.txt"), kGood);
  EXPECT_EQ(cairn.TextOf("z_good.txt"), kGood);
  // For people: a line each, with the reason that scripts look for.
  const RunResult told = cairn.Run({"ingest", folder.At("in/b_empty.txt")});
  EXPECT_THAT(told.out,
              AllOf(HasSubstr("1 failed"),
                    HasSubstr("failed: " + folder.At("in/b_empty.txt")),
                    HasSubstr("[EMPTY_DOCUMENT]")));
}

TEST(BadInput, RaggedRowsKeepEveryCell) {
  const TestFolder folder;
  const std::string path = folder.Write(
      "ragged.csv", "tower,height,year\nVarne,42\nSkerry,17,1901,lost\n");
  const Cairn cairn = Cairn::On(folder.At("data"));
  ASSERT_EQ(cairn.Run({"ingest", path}).exit_code, 0);
  const Json document =
      cairn.Run({"document", "get", "ragged.csv", "--json"}).json();
  std::vector<std::string> cells;
  for (const Json& cell : document["tables"][0]["cells"]) {
    cells.push_back(cell["text"]);
  }
  EXPECT_THAT(cells,
              ::testing::IsSupersetOf({"tower", "height", "year", "Varne", "42",
                                       "Skerry", "17", "1901", "lost"}));
}

TEST(BadInput, TextThatIsNotUtf8BecomesUtf8) {
  const TestFolder folder;
  const std::string path = folder.Write(
      "latin.txt", "The caf\xe9 at the harbour \xff\xfe\x80 is \xc3( open.\n");
  const Cairn cairn = Cairn::On(folder.At("data"));
  ASSERT_EQ(cairn.Run({"ingest", path}).exit_code, 0);
  const std::string text = cairn.TextOf("latin.txt");
  EXPECT_THAT(text, AllOf(HasSubstr("harbour"), HasSubstr("open.")));
  // The JSON library refuses what is not UTF-8.
  EXPECT_NO_THROW((void)Json(text).dump());
}

TEST(BadInput, AHugeLineCostsNoMemory) {
  const TestFolder folder;
  const std::string text = folder.At("in/huge.txt");
  const std::string lines = folder.At("in/lines.jsonl");
  folder.Write("in/good.txt", kGood);
  WriteLongLine(text, "", 200 * kMiB, "");
  WriteLongLine(lines, "{\"id\":\"first\",\"text\":\"Alpha.\"}\n{\"text\":\"",
                200 * kMiB, "\"}\n{\"id\":\"last\",\"text\":\"Omega.\"}\n");
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result = cairn.Run({"ingest", "--json", folder.At("in")});
  EXPECT_EQ(result.exit_code, 1) << result;
  EXPECT_EQ(FailureOf(result, text)["reason"], "DOCUMENT_TOO_LARGE");
  const Json failure = FailureOf(result, lines + ":2");
  EXPECT_EQ(failure["reason"], "LINE_TOO_LONG");
  EXPECT_THAT(std::string(failure["message"]),
              AllOf(HasSubstr("line_bytes_max"), HasSubstr("file of its own")));
  EXPECT_EQ(cairn.TextOf("first"), "Alpha.");
  EXPECT_EQ(cairn.TextOf("last"), "Omega.");
  EXPECT_EQ(cairn.TextOf("good.txt"), kGood);
  if (MemoryIsMeaningful()) {
    EXPECT_LT(result.peak_bytes, 400 * kMiB);
  }
}

TEST(BadInput, AMissingPathIsToldAndTheOthersAreTakenIn) {
  const TestFolder folder;
  const std::string good = folder.Write("good.txt", kGood);
  const std::string missing = folder.At("missing.txt");
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult mixed = cairn.Run({"ingest", "--json", missing, good});
  EXPECT_EQ(mixed.exit_code, 1) << mixed;
  EXPECT_EQ(FailureOf(mixed, missing)["reason"], "PATH_NOT_FOUND");
  EXPECT_EQ(cairn.TextOf("good.txt"), kGood);

  const RunResult alone = cairn.Run({"ingest", missing});
  EXPECT_EQ(alone.exit_code, 3) << alone;
  EXPECT_THAT(alone.err,
              AllOf(HasSubstr(missing), HasSubstr("PATH_NOT_FOUND")));
}

TEST(BadInput, BadLinesAreToldByTheirNumber) {
  const TestFolder folder;
  const std::string path =
      folder.Write("lines.jsonl",
                   "{\"id\":\"a\",\"title\":\"A\",\"text\":\"Alpha text.\"}\n"
                   "not json\n"
                   "{\"id\":\"b\",\"text\":5}\n"
                   "\n"
                   "[1]\n"
                   "{\"id\":\"c\",\"text\":\"\"}\n"
                   "{\"id\":\"" +
                       std::string(600, 'x') +
                       "\",\"text\":\"long id\"}\n"
                       "{\"id\":\"d\",\"text\":\"No line break.\"}");
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result = cairn.Run({"ingest", "--json", path});
  EXPECT_EQ(result.exit_code, 1) << result;
  EXPECT_EQ(result.json()["created"], 2) << result;
  EXPECT_EQ(result.json()["failed"], 5) << result;
  EXPECT_EQ(FailureOf(result, path + ":2")["reason"], "BAD_JSON");
  EXPECT_EQ(FailureOf(result, path + ":3")["reason"], "INVALID_FIELD");
  EXPECT_EQ(FailureOf(result, path + ":5")["reason"], "BAD_JSON");
  EXPECT_EQ(FailureOf(result, path + ":6")["reason"], "EMPTY_DOCUMENT");
  EXPECT_EQ(FailureOf(result, path + ":7")["reason"], "INVALID_FIELD");
  EXPECT_EQ(cairn.TextOf("a"), "Alpha text.");
  EXPECT_EQ(cairn.TextOf("d"), "No line break.");
}

TEST(BadInput, TheLastOfDuplicateIdsStaysAndFilesOfOneIdAreTold) {
  const TestFolder folder;
  const std::string lines =
      folder.Write("lines.jsonl",
                   "{\"id\":\"a\",\"text\":\"First.\"}\n{\"id\":\"a\",\"text\":"
                   "\"Second.\"}\n");
  const std::string one = folder.Write("one/same.txt", kGood);
  const std::string two = folder.Write("two/same.txt", "Something else.\n");
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result = cairn.Run({"ingest", "--json", lines, one, two});
  EXPECT_EQ(result.exit_code, 1) << result;
  EXPECT_EQ(result.json()["updated"], 1) << result;
  EXPECT_EQ(FailureOf(result, two)["reason"], "DUPLICATE_DOCUMENT_ID");
  EXPECT_EQ(cairn.TextOf("a"), "Second.");
  EXPECT_EQ(cairn.TextOf("same.txt"), kGood);
}

TEST(BadInput, OddFileNamesBecomeIds) {
  const TestFolder folder;
  const std::vector<std::pair<std::string, std::string>> names = {
      {"sub/deep/a b.txt", "sub~deep~a%20b.txt"},
      {"caf\xc3\xa9.txt", "caf%C3%A9.txt"},
      {"not\xff\xfeutf8.txt", "not%FF%FEutf8.txt"},
      {"line\nbreak.txt", "line%0Abreak.txt"},
      {"-dash.txt", "-dash.txt"},
      {"til~de%41.txt", "til%7Ede%2541.txt"},
      {"quote\"'.txt", "quote%22%27.txt"}};
  for (const auto& [name, id] : names) {
    folder.Write("in/" + name, "A file with the id " + id + ".\n");
  }
  folder.Write("in/.hidden.txt", kGood);
  std::filesystem::create_directories(folder.At("in/folder.jsonl"));
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result = cairn.Run({"ingest", "--json", folder.At("in")});
  EXPECT_EQ(result.exit_code, 0) << result;
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.json()["created"], names.size()) << result;
  for (const auto& [name, id] : names) {
    EXPECT_EQ(cairn.TextOf(id), "A file with the id " + id + ".\n");
  }
  // A file with no better title is called by its name, not by its id.
  EXPECT_EQ(
      cairn.Run({"document", "get", "--json", "caf%C3%A9.txt"}).json()["title"],
      "caf\xc3\xa9.txt");
}

TEST(BadInput, AFileInPlaceOfTheDataFolderIsTold) {
  const TestFolder folder;
  const std::string good = folder.Write("good.txt", kGood);
  const RunResult file = Cairn::On(good).Run({"ingest", good});
  EXPECT_EQ(file.exit_code, 2) << file;
  EXPECT_THAT(file.err, AllOf(HasSubstr(good), HasSubstr("--data")));
  const RunResult below = Cairn::On(good + "/data").Run({"ingest", good});
  EXPECT_EQ(below.exit_code, 4) << below;
  EXPECT_THAT(below.err,
              AllOf(HasSubstr("Not a directory"), HasSubstr("--data")));
}

constexpr uid_t kNobody = 65534;

// Root obeys no permissions, so the program runs as somebody else.
TEST(BadInput, WhatMayNotBeReadOrWrittenIsTold) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can run as another user";
  if (RunProgram({"--version"}, {.user = kNobody}).exit_code != 0) {
    GTEST_SKIP() << "the user nobody cannot run " << ProgramPath();
  }
  const TestFolder folder;
  const std::string good = folder.Write("in/good.txt", kGood);
  const std::string secret = folder.Write("in/secret.txt", kGood);
  ASSERT_EQ(::chmod(secret.c_str(), 0), 0);
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
  std::filesystem::create_directory(folder.At("open"));
  ASSERT_EQ(::chmod(folder.At("open").c_str(), 0777), 0);

  const RunResult unreadable =
      Cairn::On(folder.At("open/data"))
          .Run({"ingest", "--json", folder.At("in")}, {.user = kNobody});
  EXPECT_EQ(unreadable.exit_code, 1) << unreadable;
  EXPECT_EQ(unreadable.json()["created"], 1) << unreadable;
  EXPECT_THAT(std::string(FailureOf(unreadable, secret)["message"]),
              HasSubstr("Permission denied"));

  ASSERT_EQ(Cairn::On(folder.At("data")).Run({"ingest", good}).exit_code, 0);
  for (const Arguments& command :
       {Arguments{"ingest", good}, Arguments{"search", "lighthouse"}}) {
    const RunResult locked =
        Cairn::On(folder.At("data")).Run(command, {.user = kNobody});
    EXPECT_EQ(locked.exit_code, 4) << locked;
    EXPECT_THAT(locked.err,
                AllOf(HasSubstr("DATA_FOLDER_READ_ONLY"), HasSubstr("--data")));
  }
}

TEST(BadInput, ASecondProcessOnOneDataFolderIsSentToTheServer) {
  const TestFolder folder;
  const std::string good = folder.Write("good.txt", kGood);
  Server server(folder.At("data"));
  for (const Arguments& command :
       {Arguments{"ingest", good}, Arguments{"search", "lighthouse"},
        Arguments{"serve", "--grpc", "127.0.0.1:0"}}) {
    const RunResult second = Cairn::On(folder.At("data")).Run(command);
    EXPECT_EQ(second.exit_code, 4) << second;
    EXPECT_THAT(second.err,
                AllOf(HasSubstr("DATA_FOLDER_IN_USE"), HasSubstr("--server")));
  }
  EXPECT_EQ(Cairn::At(server).Run({"ingest", good}).exit_code, 0);
  EXPECT_EQ(server.Stop().exit_code, 0);
}

struct WrongCall {
  Arguments arguments;
  int exit_code;
  std::string message;  // A part of it.
};

std::vector<WrongCall> WrongCalls() {
  return {{{"frobnicate"},
           2,
           "there is no command frobnicate; cairn --help lists them"},
          {{"search", "--frob", "x"}, 2, "--frob"},
          {{"search"}, 2, "give either TEXT or --batch FILE"},
          {{"ask", "  "}, 2, "must not be empty"},
          {{"search", "not \xff\xfe UTF-8"}, 2, "is not UTF-8"},
          {{"search", "--mode", "magic", "x"}, 2, "hybrid"},
          {{"search", "-k", "1001", "x"}, 2, "1000"},
          {{"search", "-c", "papers", "x"}, 3, "cairn collection list"},
          {{"ask", "-c", "papers", "x"}, 3, "cairn collection list"},
          {{"collection", "create", "A B"}, 2, "a-z 0-9 _ -"},
          {{"document", "get", "nope"}, 3, "document nope does not exist"},
          {{"document", "get", "nope", "--text"},
           3,
           "document nope does not exist"},
          {{"entity", "Zqxv Jjkw"}, 3, "no entity is called"},
          {{"search", "--batch", "/nope.jsonl"},
           3,
           "/nope.jsonl cannot be read: No such file"},
          {{"ingest", "--id", "x", "/nope", "/nope2"}, 3, "/nope"}};
}

TEST(BadInput, WrongCallsSayWhatIsWrongAndExitByTheContract) {
  const TestFolder folder;
  const Cairn cairn = Cairn::On(folder.At("data"));
  const std::string good = folder.Write("good.txt", kGood);
  ASSERT_EQ(cairn.Run({"ingest", good}).exit_code, 0);
  for (const WrongCall& wrong : WrongCalls()) {
    const RunResult result = cairn.Run(wrong.arguments);
    EXPECT_EQ(result.exit_code, wrong.exit_code)
        << wrong.arguments.back() << ": " << result;
    EXPECT_THAT(result.err, HasSubstr(wrong.message));
    EXPECT_EQ(result.out, "");
  }
}

TEST(BadInput, AServerOrADataFolderThatIsNotThereIsTold) {
  const RunResult server =
      RunProgram({"--server", "127.0.0.1:1", "search", "x"});
  EXPECT_EQ(server.exit_code, 4) << server;
  EXPECT_THAT(server.err, HasSubstr("is \"cairn serve\" running there?"));
  const RunResult data = RunProgram({"--data", "/nope/here", "search", "x"});
  EXPECT_EQ(data.exit_code, 3) << data;
  EXPECT_THAT(data.err, HasSubstr("cairn ingest"));
}

TEST(BadInput, AForeignModelThatReadsPicturesIsNotLoaded) {
  const TestFolder folder;
  std::filesystem::create_directories(folder.At("pp-ocrv6-small"));
  for (const char* name : {"det.onnx", "rec.onnx"}) {
    folder.Write(std::string("pp-ocrv6-small/") + name, "another network");
  }
  const RunResult result =
      RunProgram({"formats"}, {.variables = {"CAIRN_MODELS=" + folder.At("."),
                                             "CAIRN_OCR_ENGINE=pp-ocr"}});
  EXPECT_EQ(result.exit_code, 0) << result;
  EXPECT_THAT(result.out, HasSubstr("pp-ocrv6-small/det.onnx is not 090f04ab"));
}

TEST(BadInput, DeletingWhatIsNotThereDeletesTheRest) {
  const TestFolder folder;
  const std::string good = folder.Write("good.txt", kGood);
  const Cairn cairn = Cairn::On(folder.At("data"));
  ASSERT_EQ(cairn.Run({"ingest", good}).exit_code, 0);
  const RunResult mixed = cairn.Run({"document", "delete", "nope", "good.txt"});
  EXPECT_EQ(mixed.exit_code, 1) << mixed;
  EXPECT_EQ(cairn.Run({"document", "get", "good.txt"}).exit_code, 3);
  EXPECT_EQ(cairn.Run({"document", "delete", "nope"}).exit_code, 3);
}

TEST(BadInput, AnUnknownCollectionStopsTheIngestionAndMakesNothing) {
  const TestFolder folder;
  const std::string good = folder.Write("good.txt", kGood);
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result = cairn.Run({"ingest", "-c", "papers", good});
  EXPECT_EQ(result.exit_code, 3) << result;
  EXPECT_THAT(result.err, HasSubstr("COLLECTION_NOT_FOUND"));
  EXPECT_EQ(cairn.Run({"collection", "list"}).out, "");
}

}  // namespace
}  // namespace cairn
