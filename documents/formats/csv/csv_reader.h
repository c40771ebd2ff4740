// CsvReader: delimited text to rows of fields.
//
// Place: under CsvParser; knows nothing of documents. Linear in its input:
// a quote that is never closed is read as a plain character, and so is every
// quote after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

struct CsvDialect {
  char delimiter = ',';
  char quote = '"';
};

// The dialect under which the first rows of `text` agree best on their width.
// `preferred`: wins ties; 0: none.
CsvDialect SniffCsv(std::string_view text, char preferred);

struct CsvRows {
  std::vector<std::string_view> fields;  // Of all rows, one after another.
  std::vector<std::size_t> row_ends;     // Into `fields`, one a row.
  bool unclosed_quote = false;
  bool too_many = false;              // Stopped above `fields_max`.
  std::deque<std::string> unescaped;  // What some fields point into.

  std::size_t rows() const { return row_ends.size(); }
  std::size_t RowBegin(std::size_t row) const {
    return row == 0 ? 0 : row_ends[row - 1];
  }
  std::size_t Width(std::size_t row) const {
    return row_ends[row] - RowBegin(row);
  }
};

// Fields point into `text` or into `unescaped`. Blank lines are no rows.
CsvRows ReadCsv(std::string_view text, const CsvDialect& dialect,
                std::size_t fields_max);

// Whether the first row names the columns.
bool HasHeaderRow(const CsvRows& rows);

}  // namespace cairn
