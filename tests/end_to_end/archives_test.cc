// Archives as folders and the fidelity report, through the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "documents/formats/package/package_for_test.h"
#include "tests/program/program.h"

namespace cairn {
namespace {

using ::testing::HasSubstr;

std::map<std::string, Json> ByDocument(const std::vector<Json>& rows) {
  std::map<std::string, Json> by;
  for (const Json& row : rows) by[row["document"]] = row;
  return by;
}

TEST(Archives, EachFileIsADocumentOfItsOwnAndFailsAlone) {
  const TestFolder folder;
  const std::string inner = MakePackage({{"deep.md", "# Deep\n\nBelow."}});
  const std::string zip = folder.Write(
      "reports.zip",
      MakePackage({{"2023/a b.txt", "The lighthouse of Varne."},
                   {"inner.zip", inner},
                   {"lines.jsonl", "{\"id\":\"own\",\"text\":\"A line.\"}\n"},
                   {"../up.txt", "outside"},
                   {"picture.png", "\x89PNG\r\n\x1a\n\x01\x02\x03"},
                   {".hidden", "x"}}));
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result = cairn.Run({"ingest", "--json", zip});
  EXPECT_EQ(result.exit_code, 1) << result;
  EXPECT_EQ(result.json()["created"], 3) << result;
  EXPECT_EQ(result.json()["failed"], 2) << result;
  EXPECT_EQ(cairn.TextOf("reports.zip~2023~a%20b.txt"),
            "The lighthouse of Varne.");
  EXPECT_THAT(cairn.TextOf("reports.zip~inner.zip~deep.md"),
              HasSubstr("Below."));
  EXPECT_EQ(cairn.TextOf("own"), "A line.");
  // Again: nothing is work.
  EXPECT_EQ(cairn.Run({"ingest", "--json", zip}).json()["unchanged"], 3);
}

TEST(Archives, OneThatIsUploadedAsADocumentIsRefusedWithTheWay) {
  const TestFolder folder;
  const std::string path =
      folder.Write("data.bin", MakePackage({{"a.txt", "alpha"}}));
  const RunResult result =
      Cairn::On(folder.At("data")).Run({"ingest", "--json", path});
  EXPECT_EQ(result.exit_code, 1) << result;
  EXPECT_EQ(result.json()["failures"][0]["reason"], "ARCHIVE_NOT_UNPACKED");
  EXPECT_THAT(std::string(result.json()["failures"][0]["message"]),
              HasSubstr(".zip, .tar"));
}

TEST(Archives, ATitleForManyDocumentsIsRefused) {
  const TestFolder folder;
  const std::string path =
      folder.Write("a.zip", MakePackage({{"a.txt", "alpha"}}));
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result =
      cairn.Run({"ingest", "--json", "--title", "T", path});
  EXPECT_EQ(result.exit_code, 1) << result;
  EXPECT_EQ(result.json()["failures"][0]["reason"], "BAD_ARGUMENT");
  EXPECT_EQ(cairn.Run({"ingest", "--id", "box", path}).exit_code, 0);
  EXPECT_EQ(cairn.TextOf("box~a.txt"), "alpha");
}

TEST(Report, SaysWhatEachDocumentBecame) {
  const TestFolder folder;
  folder.Write("in/table.csv", "tower,height\nVarne,42\n");
  folder.Write("in/empty.txt", "");
  folder.Write("in/table.docx",
               MakeDocx("<w:p><w:r><w:t>Kept.</w:t></w:r><w:del><w:r>"
                        "<w:delText>Gone.</w:delText></w:r></w:del></w:p>"));
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result =
      cairn.Run({"ingest", "--report", "-", folder.At("in")});
  EXPECT_EQ(result.exit_code, 1) << result;
  const auto rows = ByDocument(result.lines());
  ASSERT_EQ(rows.size(), 3U) << result;
  const Json& table = rows.at("table.csv");
  EXPECT_EQ(table["outcome"], "created");
  EXPECT_EQ(table["format"], "csv");
  EXPECT_EQ(table["tables"], 1);
  EXPECT_EQ(table["cells"], 4);
  EXPECT_EQ(table["characters"], table["characters_kept"]);
  EXPECT_EQ(rows.at("table.docx")["warnings"].size(), 1U) << result;
  EXPECT_EQ(rows.at("empty.txt")["outcome"], "failed");
  EXPECT_EQ(rows.at("empty.txt")["reason"], "EMPTY_DOCUMENT");
  // The numbers are stored, and an unchanged document is reported alike.
  EXPECT_EQ(cairn.Run({"document", "get", "--json", "table.csv"})
                .json()["fidelity"]["cells"],
            4);
  const std::string file = folder.At("report.jsonl");
  const RunResult again =
      cairn.Run({"ingest", "--json", "--report", file, folder.At("in")});
  EXPECT_EQ(again.json()["unchanged"], 2) << again;
  const std::string report = ReadWholeFile(file);
  EXPECT_THAT(report, HasSubstr("\"outcome\":\"unchanged\""));
  EXPECT_THAT(report, HasSubstr(rows.at("table.docx")["warnings"].dump()));
}

TEST(Report, WhatCannotBeWrittenIsToldBeforeAnythingIsTakenIn) {
  const TestFolder folder;
  const std::string path = folder.Write("a.txt", "alpha");
  const Cairn cairn = Cairn::On(folder.At("data"));
  const RunResult result =
      cairn.Run({"ingest", "--report", "/nowhere/r.jsonl", path});
  EXPECT_EQ(result.exit_code, 2) << result;
  EXPECT_THAT(result.err, HasSubstr("REPORT_NOT_WRITABLE"));
  EXPECT_EQ(cairn.Run({"document", "get", "a.txt"}).exit_code, 3);
  EXPECT_EQ(cairn.Run({"ingest", "--json", "--report", "-", path}).exit_code,
            2);
}

}  // namespace
}  // namespace cairn
