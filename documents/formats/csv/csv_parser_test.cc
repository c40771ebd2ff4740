#include "documents/formats/csv/csv_parser.h"

#include <gtest/gtest.h>

#include <random>

#include "documents/formats/csv/csv_reader.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Csv(std::string_view bytes) {
  return ParseOk(bytes, "text/csv");
}

TEST(CsvParser, WritesOneLineARow) {
  const ParsedDocument document = Csv("name,age\nAnn,31\nBob,\n");
  EXPECT_EQ(document.text, "name | age\nAnn | 31\nBob | ");
  ASSERT_EQ(document.tables.size(), 1U);
  const Table& table = document.tables[0];
  EXPECT_EQ(table.rows, 3U);
  EXPECT_EQ(table.columns, 2U);
  EXPECT_EQ(table.header_rows, 1U);
  EXPECT_TRUE(table.cells[0].header);
  EXPECT_FALSE(table.cells[2].header);
  EXPECT_EQ(table.row_spans[1].Of(document.text), "Ann | 31");
}

TEST(CsvParser, ReadsQuotes) {
  EXPECT_EQ(CellsOf(Csv("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n")),
            "a,b;x, y,he said \"no\"");
  EXPECT_EQ(CellsOf(Csv("a,b\n\"two\nlines\",c\n")), "a,b;two lines,c");
  EXPECT_EQ(CellsOf(Csv("a,b\nmid\"dle,c\n")), "a,b;mid\"dle,c");
}

TEST(CsvParser, MendsAnUnclosedQuote) {
  const ParsedDocument document = Csv("a,b\n\"x,y\nz,w\n");
  EXPECT_EQ(CellsOf(document), "a,b;\"x,y;z,w");
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(CsvParser, SniffsDelimiters) {
  EXPECT_EQ(CellsOf(Csv("a;b\n1,5;2,5\n")), "a,b;1,5,2,5");
  EXPECT_EQ(CellsOf(Csv("a\tb\n1\t2\n")), "a,b;1,2");
  EXPECT_EQ(CellsOf(Csv("a|b|c\n1|2|3\n")), "a,b,c;1,2,3");
  EXPECT_EQ(CellsOf(ParseOk("a, b\tc\n1, 2\t3\n", "", "x.tsv")),
            "a, b,c;1, 2,3");
}

TEST(CsvParser, PadsRaggedRows) {
  const ParsedDocument document = Csv("a,b,c\n1,2\n3,4,5\n6,7,8,9\n");
  EXPECT_EQ(CellsOf(document), "a,b,c;1,2,;3,4,5;6,7,8,9");
  EXPECT_EQ(document.tables[0].columns, 4U);
  EXPECT_EQ(document.warnings.size(), 1U);
}

std::uint32_t HeaderRows(std::string_view bytes) {
  return Csv(bytes).tables.at(0).header_rows;
}

TEST(CsvParser, DetectsHeaders) {
  EXPECT_EQ(HeaderRows("city,people\nRome,3\nParis,2\n"), 1U);
  EXPECT_EQ(HeaderRows(",2019,2020,2021\nsales,1,2,3\n"), 1U);
  EXPECT_EQ(HeaderRows("1,2\n3,4\n"), 0U);
  EXPECT_EQ(HeaderRows("Ann,yes\nBob,yes\n"), 0U);
  EXPECT_EQ(HeaderRows("only,row\n"), 0U);
}

TEST(CsvParser, EnforcesTheCellLimit) {
  Limits limits;
  limits.cells_max = 5;
  EXPECT_EQ(ParseReason("a,b\n1,2\n3,4\n", "text/csv", {}, limits),
            "TOO_MANY_CELLS");
  EXPECT_EQ(ParseReason("\n \n", "text/csv"), "EMPTY_DOCUMENT");
}

TEST(CsvParser, ReadsAHundredThousandRows) {
  std::string bytes = "id,name,value\n";
  for (int i = 0; i < 100'000; ++i) {
    bytes += std::to_string(i) + ",name " + std::to_string(i) + ",3.5\n";
  }
  const ParsedDocument document = Csv(bytes);
  EXPECT_EQ(document.tables[0].rows, 100'001U);
  EXPECT_EQ(document.tables[0].cells.back().span.Of(document.text), "3.5");
}

// A field by field writer is the oracle of the reader.
TEST(CsvReader, ReadsBackWhatWasWritten) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::vector<std::string>> rows(1 + random() % 6);
    const std::size_t width = 2 + random() % 4;
    std::string bytes;
    for (auto& row : rows) {
      for (std::size_t i = 0; i < width; ++i) {
        std::string field = "x";
        for (unsigned k = random() % 6; k > 0; --k) {
          field.push_back("ab,\"\n; |"[random() % 8]);
        }
        bytes += i == 0 ? "\"" : ",\"";
        for (const char sign : field) {
          bytes += sign == '"' ? std::string("\"\"") : std::string(1, sign);
        }
        bytes += "\"";
        row.push_back(field);
      }
      bytes += "\n";
    }
    const CsvRows read = ReadCsv(bytes, CsvDialect(), 1000);
    ASSERT_EQ(read.rows(), rows.size()) << "seed " << seed;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      ASSERT_EQ(read.Width(row), width) << "seed " << seed;
      for (std::size_t i = 0; i < width; ++i) {
        EXPECT_EQ(read.fields[read.RowBegin(row) + i], rows[row][i])
            << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace cairn
