#include "tables/cell_value.h"

#include <gtest/gtest.h>

#include <iostream>
#include <random>
#include <string>

#include "tables/date_text.h"
#include "tables/number_text.h"

namespace cairn {
namespace {

// "number 12.5 %", "date 2023-03-31", "missing", "text".
std::string Read(std::string_view text, const CellStyle& style = {}) {
  const CellValue value = ReadCell(text, style);
  std::string out = NameOf(value.kind);
  if (value.kind == CellKind::kNumber) {
    char digits[32];
    std::snprintf(digits, sizeof digits, " %.10g", value.number);
    out += digits;
  }
  if (!value.unit.empty()) out += " " + value.unit;
  if (!value.date.empty()) out += " " + value.date;
  return out;
}

TEST(ReadCell, ReadsNumbersInTheMarksOfAnyLocale) {
  EXPECT_EQ(Read("1234"), "number 1234");
  EXPECT_EQ(Read("1,234"), "number 1234");
  EXPECT_EQ(Read("1,234,567.89"), "number 1234567.89");
  EXPECT_EQ(Read("1.234.567,89"), "number 1234567.89");
  EXPECT_EQ(Read("1 234 567"), "number 1234567");
  EXPECT_EQ(Read("1\u00a0234,5"), "number 1234.5");
  EXPECT_EQ(Read("1'234.50"), "number 1234.5");
  EXPECT_EQ(Read("12,5"), "number 12.5");
  EXPECT_EQ(Read(".75"), "number 0.75");
  EXPECT_EQ(Read("0.125"), "number 0.125");
  EXPECT_EQ(Read("1.234"), "number 1.234");
  EXPECT_EQ(Read("1.234", {.decimal = ','}), "number 1234");
  EXPECT_EQ(Read("1,234", {.decimal = ','}), "number 1.234");
}

TEST(ReadCell, ReadsSignsParenthesesAndNotes) {
  EXPECT_EQ(Read("-5"), "number -5");
  EXPECT_EQ(Read("\u2212 5.5"), "number -5.5");
  EXPECT_EQ(Read("(1,200)"), "number -1200");
  EXPECT_EQ(Read("$(12.5)"), "number -12.5 USD");
  EXPECT_EQ(Read("($12.5)"), "number -12.5 USD");
  EXPECT_EQ(Read("+3"), "number 3");
  EXPECT_EQ(Read("17*"), "number 17");
  EXPECT_EQ(Read("17 [2]"), "number 17");
  EXPECT_EQ(Read("17 (a)"), "number 17");
}

TEST(ReadCell, TakesARaisedDigitForANoteButNotForAPower) {
  EXPECT_EQ(Read("7¹"), "number 7");
  EXPECT_EQ(Read("1,234.5¹²"), "number 1234.5");
  EXPECT_NE(Read("10⁶"), "number 10");
  EXPECT_NE(Read("10⁶"), "number 106");
}

TEST(ReadCell, ReadsPercentagesMoneyScalesAndUnits) {
  EXPECT_EQ(Read("12.5 %"), "number 12.5 %");
  EXPECT_EQ(Read("12.5 percent"), "number 12.5 %");
  EXPECT_EQ(Read("€ 1.5 million"), "number 1500000 EUR");
  EXPECT_EQ(Read("US$3bn"), "number 3000000000 USD");
  EXPECT_EQ(Read("$1.2m"), "number 1200000 USD");
  EXPECT_EQ(Read("300 EUR"), "number 300 EUR");
  EXPECT_EQ(Read("42 km"), "number 42 km");
  EXPECT_EQ(Read("42 m"), "number 42 m");
  EXPECT_EQ(Read("21 °C"), "number 21 °C");
}

TEST(ReadCell, AppliesTheStyleOfTheColumn) {
  const CellStyle style{.scale = 1e6, .unit = "USD"};
  EXPECT_EQ(Read("(1.5)", style), "number -1500000 USD");
  EXPECT_EQ(Read("2 thousand", style), "number 2000 USD");
  EXPECT_EQ(Read("7 %", style), "number 7 %");
  EXPECT_EQ(Read("2023", {.years = true}), "date 2023");
  EXPECT_EQ(Read("20230", {.years = true}), "number 20230");
}

TEST(ReadCell, ReadsDates) {
  EXPECT_EQ(Read("2023-03-31"), "date 2023-03-31");
  EXPECT_EQ(Read("31.3.2023"), "date 2023-03-31");
  EXPECT_EQ(Read("3/31/2023"), "date 2023-03-31");
  EXPECT_EQ(Read("3/4/2023"), "date 2023-03-04");
  EXPECT_EQ(Read("3/4/2023", {.day_first = true}), "date 2023-04-03");
  EXPECT_EQ(Read("31 March 2023"), "date 2023-03-31");
  EXPECT_EQ(Read("Mar 31st, 2023"), "date 2023-03-31");
  EXPECT_EQ(Read("Sept. 2023"), "date 2023-09");
  EXPECT_EQ(Read("Q3 2023"), "date 2023-Q3");
  EXPECT_EQ(Read("30/2/2023"), "text");
  EXPECT_EQ(Read("29 February 2023"), "text");
  EXPECT_EQ(Read("29 February 2024"), "date 2024-02-29");
}

TEST(ReadCell, TellsMissingValuesAndText) {
  for (const std::string_view text :
       {"", " ", "-", "\u2013", "n/a", "N.A.", "..", "\u2026"}) {
    EXPECT_EQ(Read(text), "missing") << text;
  }
  for (const std::string_view text :
       {"Total", "12 of 14", "1,23,4", "1.2.3", "A4", "3-5", "10:30",
        "192.168.0.1", "3\u20135", "+49 30 1234567", "(see note)",
        "12 apples and 3"}) {
    EXPECT_EQ(Read(text), "text") << text;
  }
  EXPECT_EQ(Read(std::string(300, '1')), "text");
}

TEST(ReadHeader, FindsScaleUnitAndYears) {
  const auto style = [](std::string_view header) {
    CellStyle read;
    ReadHeader(header, read);
    char text[64];
    std::snprintf(text, sizeof text, "%g %s%s", read.scale, read.unit.c_str(),
                  read.years ? " years" : "");
    return std::string(text);
  };
  EXPECT_EQ(style("Revenue (in EUR millions)"), "1e+06 EUR");
  EXPECT_EQ(style("Revenue ($m)"), "1e+06 USD");
  EXPECT_EQ(style("£'000"), "1000 GBP");
  EXPECT_EQ(style("Thousands of tonnes"), "1000 ");
  EXPECT_EQ(style("Growth (%)"), "1 %");
  EXPECT_EQ(style("Fiscal year"), "1  years");
  EXPECT_EQ(style("Name"), "1 ");
}

TEST(DecimalMarks, AreTakenOnlyFromNumbersThatShowThem) {
  EXPECT_EQ(DecimalMarkOf("1.234,5"), ',');
  EXPECT_EQ(DecimalMarkOf("12,5 %"), ',');
  EXPECT_EQ(DecimalMarkOf("1,234,567"), '.');
  EXPECT_EQ(DecimalMarkOf("1,234"), 0);
  EXPECT_EQ(DecimalMarkOf("1234"), 0);
  EXPECT_EQ(DecimalMarkOf("Total"), 0);
}

TEST(DayOrder, IsTakenOnlyFromDatesThatShowIt) {
  EXPECT_EQ(DayOrderOf("31/3/2023"), 1);
  EXPECT_EQ(DayOrderOf("3/31/2023"), -1);
  EXPECT_EQ(DayOrderOf("3/4/2023"), 0);
  EXPECT_EQ(DayOrderOf("2023-03-31"), 0);
}

// Whatever is written with the marks of a locale is read back.
TEST(ReadNumber, ReadsBackWhatALocaleWrites) {
  const unsigned seed = std::random_device()();
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  struct Marks {
    std::string group;
    char decimal;
  };
  const Marks locales[] = {
      {",", '.'}, {".", ','}, {" ", ','}, {"'", '.'}, {"\u202f", ','}};
  for (int round = 0; round < 2000; ++round) {
    const Marks& marks = locales[random() % 5];
    const unsigned whole = random() >> (random() % 31);
    const unsigned cents = random() % 100;
    std::string digits = std::to_string(whole);
    for (std::size_t at = digits.size(); at > 3;) {
      at -= 3;
      digits.insert(at, marks.group);
    }
    char tail[8];
    std::snprintf(tail, sizeof tail, "%c%02u", marks.decimal, cents);
    const auto number = ReadNumber(digits + tail, marks.decimal);
    ASSERT_TRUE(number.has_value()) << digits << tail;
    EXPECT_DOUBLE_EQ(number->value, whole + cents / 100.0) << digits << tail;
    EXPECT_EQ(number->bytes, digits.size() + 3);
  }
}

TEST(ReadCell, ReadsAnyBytesWithoutHarm) {
  const unsigned seed = std::random_device()();
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  const std::string alphabet = "0123456789.,'() -+%$/kmbnQ\u20ac\u2212[]a*";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (unsigned i = random() % 14; i > 0; --i) {
      text.push_back(alphabet[random() % alphabet.size()]);
    }
    const CellValue value = ReadCell(text, {});
    if (value.kind != CellKind::kNumber) {
      EXPECT_EQ(value.number, 0) << text;
    }
    EXPECT_EQ(value.date.empty(), value.kind != CellKind::kDate) << text;
  }
}

}  // namespace
}  // namespace cairn
