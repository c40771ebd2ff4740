// CellValue: what the text of a table's cell means.
//
// Place: TypeTable (typed_table.h) reads whole tables with it; what one cell
// cannot tell (is "1.234" a thousand?) the column does, through CellStyle.
// What is read: numbers with signs, parentheses for negative ones, group and
// decimal marks of any locale, percent, currency by sign or code, scales
// ("1.2 bn", "in thousands" by the style), units after a number, footnote marks
// after a number; calendar dates; the usual words for a missing value.
// Everything else is text. Nothing is guessed twice: a cell that reads in two
// ways under the style is text.
// Pure; threads: safe. Linear in the text; a cell over 256 bytes is text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

enum class CellKind : std::uint8_t {
  kText = 0,
  kMissing = 1,  // Empty, "-", "n/a", "..".
  kNumber = 2,
  kDate = 3,
};

// "text", "missing", "number", "date".
const char* NameOf(CellKind kind);

struct CellValue {
  CellKind kind = CellKind::kText;
  // Of a number: in full, so "(1.5)" in millions is -1500000. Of a percentage
  // what stands there: 12.5 for "12.5 %".
  double number = 0;
  // Of a number: "%", a currency by its ISO 4217 code ("USD"), or a unit as
  // written ("km"); empty: none.
  std::string unit;
  // Of a number: what its digits were multiplied by; 1e6 for "1.2 million" or
  // under a header that says so.
  double scale = 1;
  // Of a date: "2023-03-31", "2023-03" or "2023".
  std::string date;
  friend bool operator==(const CellValue&, const CellValue&) = default;
};

// How the cells of one column are written.
struct CellStyle {
  // The decimal mark where a number could be read both ways: "1.234" is a
  // thousand when it is ','.
  char decimal = '.';
  // "3/4/2023" is the third of April.
  bool day_first = false;
  double scale = 1;    // "in millions": 1e6. Not for percentages.
  std::string unit;    // For numbers that name none.
  bool years = false;  // A number such as 2023 is a year.
};

CellValue ReadCell(std::string_view text, const CellStyle& style);

// What the words of a header say of the numbers below: "Revenue (in EUR
// millions)" gives scale 1e6 and unit "EUR"; "Fiscal year" gives years.
void ReadHeader(std::string_view header, CellStyle& style);

// What a cell says of the marks of its column, for certain: "1.234,5" has ','.
// 0: nothing.
char DecimalMarkOf(std::string_view text);

}  // namespace cairn
