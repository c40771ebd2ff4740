#include "eval/rows.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "base/file.h"
#include "documents/formats/csv/csv_reader.h"

namespace cairn::eval {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kBlanks = " \t\r";
// A CSV file is held whole.
constexpr std::size_t kCsvBytesMax = std::size_t{1} << 30;

using VisitLine =
    std::function<Status(std::string_view line, const std::string& where)>;

Status VisitLines(const std::string& path, const VisitLine& visit) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return NotFoundError(path + " cannot be read: " + std::strerror(errno),
                         "PATH_NOT_FOUND");
  }
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    std::string_view text = line;
    if (number == 1 && text.starts_with(kByteOrderMark)) {
      text.remove_prefix(kByteOrderMark.size());
    }
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.find_first_not_of(kBlanks) == std::string_view::npos) continue;
    CAIRN_RETURN_IF_ERROR(visit(text, path + ":" + std::to_string(number)));
  }
  if (file.bad()) {
    return InternalError(path + " cannot be read: " + std::strerror(errno),
                         "FILE_NOT_READABLE");
  }
  return OkStatus();
}

std::string Unix(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair =
        text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!pair) out += text[i];
  }
  return out;
}

std::vector<std::string_view> RowOf(const CsvRows& rows, std::size_t row) {
  const auto begin =
      rows.fields.begin() + static_cast<std::ptrdiff_t>(rows.RowBegin(row));
  return {begin, begin + static_cast<std::ptrdiff_t>(rows.Width(row))};
}

// For each wanted column its place; nullopt: it is not there.
StatusOr<std::vector<std::optional<std::size_t>>> PlacesOf(
    const Columns& columns, const std::vector<std::string_view>& header,
    const std::string& path) {
  std::vector<std::optional<std::size_t>> places;
  const auto place =
      [&](const std::string& name) -> std::optional<std::size_t> {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
  };
  for (const std::string& name : columns.required) {
    places.push_back(place(name));
    if (!places.back()) {
      return BadDataSet(path + ": row 1",
                        "the header has no column \"" + name + "\"");
    }
  }
  for (const std::string& name : columns.optional) {
    places.push_back(place(name));
  }
  return places;
}

}  // namespace

Status BadDataSet(const std::string& where, std::string_view what) {
  return InvalidArgumentError(where + ": " + std::string(what), "BAD_DATA_SET");
}

Status VisitJsonLines(const std::string& path, const VisitJson& visit) {
  return VisitLines(
      path, [&](std::string_view line, const std::string& where) -> Status {
        const Json row = Json::parse(line, nullptr, false);
        if (!row.is_object()) return BadDataSet(where, "not a JSON object");
        return visit(row, where);
      });
}

Status VisitCsv(const std::string& path, const Columns& columns,
                const VisitFields& visit) {
  CAIRN_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path, kCsvBytesMax));
  const std::string unix_text = Unix(bytes);
  std::string_view text = unix_text;
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  const CsvRows rows = ReadCsv(text, {}, SIZE_MAX);
  if (rows.unclosed_quote) {
    return BadDataSet(path, "a quote is opened and never closed");
  }
  if (rows.rows() == 0) return BadDataSet(path, "the file is empty");
  const std::vector<std::string_view> header = RowOf(rows, 0);
  CAIRN_ASSIGN_OR_RETURN(const auto places, PlacesOf(columns, header, path));
  for (std::size_t row = 1; row < rows.rows(); ++row) {
    const std::string where = path + ": row " + std::to_string(row + 1);
    const std::vector<std::string_view> fields = RowOf(rows, row);
    if (fields.size() != header.size()) {
      return BadDataSet(where, "has " + std::to_string(fields.size()) +
                                   " fields, the header has " +
                                   std::to_string(header.size()));
    }
    std::vector<std::string_view> wanted;
    for (const auto& place : places) {
      wanted.push_back(place ? fields[*place] : std::string_view());
    }
    CAIRN_RETURN_IF_ERROR(visit(wanted, where));
  }
  return OkStatus();
}

Status VisitTsv(const std::string& path, std::size_t fields,
                const VisitFields& visit) {
  bool header = true;
  return VisitLines(
      path, [&](std::string_view line, const std::string& where) -> Status {
        if (header) {
          header = false;
          return OkStatus();
        }
        std::vector<std::string_view> parts;
        for (std::size_t at = 0; at <= line.size();) {
          const std::size_t end = std::min(line.find('\t', at), line.size());
          parts.push_back(line.substr(at, end - at));
          at = end + 1;
        }
        if (parts.size() != fields) {
          return BadDataSet(where, "has " + std::to_string(parts.size()) +
                                       " fields between tabs, not " +
                                       std::to_string(fields));
        }
        return visit(parts, where);
      });
}

std::optional<std::string> TextOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  return std::nullopt;
}

StatusOr<std::string> TextOf(const Json& row, const char* key,
                             const std::string& where) {
  const auto found = row.find(key);
  const auto text = found == row.end() ? std::nullopt : TextOf(*found);
  if (text) return *text;
  return BadDataSet(where, std::string("\"") + key +
                               "\" is missing or neither a string nor a "
                               "whole number");
}

}  // namespace cairn::eval
