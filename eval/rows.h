// Rows: JSON Lines, CSV and TSV files as rows of named fields.
//
// Place: under DataSet. Strict: the first row that does not fit ends it.
// Errors: NOT_FOUND (PATH_NOT_FOUND), INVALID_ARGUMENT (BAD_DATA_SET); each
// names file and line, of a CSV file the row, the header being row 1.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace cairn::eval {

using Json = nlohmann::ordered_json;

// `where` is "path:line".
using VisitJson =
    std::function<Status(const Json& row, const std::string& where)>;
using VisitFields = std::function<Status(
    const std::vector<std::string_view>& fields, const std::string& where)>;

Status BadDataSet(const std::string& where, std::string_view what);

// Objects, one a line; blank lines are skipped.
Status VisitJsonLines(const std::string& path, const VisitJson& visit);

// The columns of these names, in this order; those in `optional` may be absent
// and are empty then. Columns are found by the names in the first row.
struct Columns {
  std::vector<std::string> required;
  std::vector<std::string> optional;
};
Status VisitCsv(const std::string& path, const Columns& columns,
                const VisitFields& visit);

// Fields between tabs; the first line is a header and is passed over.
Status VisitTsv(const std::string& path, std::size_t fields,
                const VisitFields& visit);

// A string, or a whole number as one; nullopt: it is something else.
std::optional<std::string> TextOf(const Json& value);
// Of the field `key`.
StatusOr<std::string> TextOf(const Json& row, const char* key,
                             const std::string& where);

}  // namespace cairn::eval
