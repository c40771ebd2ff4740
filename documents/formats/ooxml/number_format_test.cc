#include "documents/formats/ooxml/number_format.h"

#include <gtest/gtest.h>

namespace cairn {
namespace {

std::string Shown(double value, std::string_view code) {
  return NumberFormat(code).Apply(value, false);
}

TEST(NumberFormat, FractionsAreShownAsTheirCodeAsks) {
  EXPECT_EQ(Shown(1.75, "# ?/?"), "1 3/4");
  EXPECT_EQ(Shown(0.5, "# ?/?"), "1/2");
  EXPECT_EQ(Shown(-2.25, "# ?/?"), "-2 1/4");
  EXPECT_EQ(Shown(3, "# ?/?"), "3");
  EXPECT_EQ(Shown(0, "# ?/?"), "0");
  EXPECT_EQ(Shown(1.0 / 3, "# ?/?"), "1/3");
  EXPECT_EQ(Shown(2.0 / 3, "# ?\?/?\?"), "2/3");
  EXPECT_EQ(Shown(0.3125, "#\\ ?\?/?\?"), "5/16");
  EXPECT_EQ(Shown(1.75, "?/?"), "7/4");
  EXPECT_EQ(Shown(1.5, "# ?/8"), "1 4/8");
  EXPECT_EQ(Shown(0.23, "# ?\?/100"), "23/100");
}

TEST(NumberFormat, AFractionThatWouldChangeATypedNumberIsNone) {
  EXPECT_EQ(Shown(3.14, "# ?/?"), "3.14");
  EXPECT_EQ(Shown(1e300, "# ?/?"), GeneralNumber(1e300));
}

TEST(NumberFormat, ASlashBetweenDatesIsNoFraction) {
  EXPECT_EQ(Shown(45000, "dd/mm/yyyy;@"), "2023-03-15");
  EXPECT_EQ(Shown(45000, "[$-409]d\\-mmm\\-yyyy"), "15-Mar-2023");
  EXPECT_EQ(Shown(45000, "[$-F800]dddd, mmmm dd, yyyy"),
            "Wednesday, March 15, 2023");
  EXPECT_EQ(Shown(45000.5, "m/d/yy h:mm"), "2023-03-15 12:00");
  EXPECT_EQ(Shown(1.5, "[h]:mm"), "36:00");
}

TEST(NumberFormat, NegativeNumbersHaveAMinusWhateverTheirBrackets) {
  EXPECT_EQ(Shown(-1234.5, "#,##0.00_);(#,##0.00)"), "-1,234.50");
  EXPECT_EQ(Shown(-1234, "_($* #,##0_);_($* (#,##0);_($* \"-\"_)"), "-$1,234");
  EXPECT_EQ(Shown(-5, "0;\"(loss) \"0"), "(loss) 5");
  EXPECT_EQ(Shown(-0.125, "0.0%"), "-12.5%");
  EXPECT_EQ(Shown(1234.5, "[$€-407] #,##0.00"), "€ 1,234.50");
  EXPECT_EQ(Shown(1234.5, "#,##0.00\\ \"kr\""), "1,234.50 kr");
}

}  // namespace
}  // namespace cairn
