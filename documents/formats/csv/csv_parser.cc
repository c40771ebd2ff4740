#include "documents/formats/csv/csv_parser.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/csv/csv_reader.h"

namespace cairn {
namespace {

char PreferredDelimiter(const ParseInput& input) {
  if (input.media_type.starts_with("text/tab-separated-values") ||
      input.file_name.ends_with(".tsv") || input.file_name.ends_with(".tab")) {
    return '\t';
  }
  return 0;
}

// The width that most rows have.
std::size_t CommonWidth(const CsvRows& rows) {
  std::map<std::size_t, std::size_t> widths;
  for (std::size_t row = 0; row < rows.rows(); ++row) ++widths[rows.Width(row)];
  std::size_t best = 0;
  std::size_t count = 0;
  for (const auto& [width, times] : widths) {
    if (times >= count) {
      best = width;
      count = times;
    }
  }
  return best;
}

class Csv final : public FormatParser {
 public:
  std::string_view name() const override { return "csv"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

Status TooManyCells(const Limits& limits) {
  return InvalidArgumentError(
      "the table has more cells than the limit cells_max of " +
          std::to_string(limits.cells_max) +
          ": split the file by rows, or raise the limit",
      "TOO_MANY_CELLS");
}

void AddRows(const CsvRows& rows, std::size_t width, bool header,
             DocumentBuilder& builder) {
  std::size_t ragged = 0;
  builder.BeginTable("", /*verbatim=*/true);
  for (std::size_t row = 0; row < rows.rows() && !builder.failed(); ++row) {
    builder.BeginRow();
    const std::size_t begin = rows.RowBegin(row);
    const std::size_t own = rows.Width(row);
    ragged += own != width ? 1 : 0;
    for (std::size_t i = 0; i < std::max(own, width); ++i) {
      CellDraft cell;
      cell.column = static_cast<std::uint32_t>(i);
      cell.header = header && row == 0;
      if (i < own) cell.text = rows.fields[begin + i];
      builder.AddCell(cell);
    }
  }
  builder.EndTable(header ? 1 : 0);
  if (ragged > 0) {
    builder.AddWarning(std::to_string(ragged) +
                       " rows have another number of cells than " +
                       std::to_string(width) + "; short ones were padded");
  }
}

StatusOr<ParsedDocument> Csv::Parse(const ParseInput& input,
                                    const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(
      DecodedText decoded,
      DecodeText(input.bytes, CharsetOfMediaType(input.media_type), limits));
  const CsvDialect dialect = SniffCsv(decoded.text, PreferredDelimiter(input));
  const CsvRows rows = ReadCsv(decoded.text, dialect, limits.cells_max);
  if (rows.too_many) return TooManyCells(limits);
  DocumentBuilder builder(name(), limits);
  for (std::string& warning : decoded.warnings) {
    builder.AddWarning(std::move(warning));
  }
  if (rows.unclosed_quote) {
    builder.AddWarning("a quote is never closed; it was read as it stands");
  }
  AddRows(rows, CommonWidth(rows), HasHeaderRow(rows), builder);
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& CsvParser() {
  static const Csv* const parser = new Csv();
  return *parser;
}

}  // namespace cairn
