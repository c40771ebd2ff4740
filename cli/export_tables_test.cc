#include "cli/export_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace cairn::cli {
namespace {

// Made anew for each test.
std::string TestFolder() {
  const std::string folder =
      ::testing::TempDir() + "/export_" +
      ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

std::string ReadAll(const std::string& path) {
  std::ostringstream all;
  all << std::ifstream(path, std::ios::binary).rdbuf();
  return all.str();
}

TEST(Export, CsvQuotesWhatNeedsIt) {
  EXPECT_EQ(CsvLine({"a", "b, c", "say \"hi\"", "two\nlines", ""}),
            "a,\"b, c\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
}

TEST(Export, XmlHoldsNoMarkupNorControls) {
  EXPECT_EQ(XmlEscaped("<a & \"b\">\x01"),
            "&lt;a &amp; &quot;b&quot;&gt;\xef\xbf\xbd");
}

TEST(Export, TablesHaveAHeaderOrAnObjectALine) {
  const std::string folder = TestFolder();
  const Json row = {{"id", "x"}, {"list", {"p", "q"}}, {"none", nullptr}};
  TableFile csv(folder + "/t", ExportFormat::kCsv);
  csv.Add(row);
  csv.Add(row);
  ASSERT_TRUE(csv.Close().ok());
  EXPECT_EQ(ReadAll(folder + "/t.csv"),
            "id,list,none\r\n"
            "x,\"[\"\"p\"\",\"\"q\"\"]\",\r\n"
            "x,\"[\"\"p\"\",\"\"q\"\"]\",\r\n");
  TableFile jsonl(folder + "/t", ExportFormat::kJsonl);
  jsonl.Add(row);
  ASSERT_TRUE(jsonl.Close().ok());
  EXPECT_EQ(ReadAll(folder + "/t.jsonl"),
            "{\"id\":\"x\",\"list\":[\"p\",\"q\"],\"none\":null}\n");
}

TEST(Export, AFileThatCannotBeWrittenIsToldByName) {
  TableFile table("/nonexistent/t", ExportFormat::kCsv);
  table.Add({{"id", 1}});
  const Status closed = table.Close();
  EXPECT_EQ(ReasonOf(closed), "DISK_FULL");
  EXPECT_NE(MessageOf(closed).find("/nonexistent/t.csv"), std::string::npos);
}

TEST(Export, PairsShareChunksWeightedByTheirEntities) {
  Relationships relationships;
  relationships.AddChunk(0, {2, 0});
  relationships.AddChunk(1, {0, 1, 2, 3});
  relationships.AddChunk(2, {3});
  const auto& ties = relationships.ties();
  ASSERT_EQ(ties.size(), 6U);
  EXPECT_DOUBLE_EQ(ties.at({0, 2}).weight, 0.75);
  EXPECT_THAT(ties.at({0, 2}).chunks, ::testing::ElementsAre(0, 1));
  EXPECT_THAT(relationships.Degrees(5), ::testing::ElementsAre(3, 3, 3, 3, 0));
}

}  // namespace
}  // namespace cairn::cli
