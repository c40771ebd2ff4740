// Tables of a parsed document as JSON, as eval/pdf_tables writes them and the
// scorer of ../shared/data/pdf reads them. Pure; threads: safe.
#pragma once

#include <nlohmann/json.hpp>

#include "documents/parser.h"

namespace cairn {

// {"tables":[{"page","caption","rows","columns","header_rows","cells":[{"row",
// "col","row_span","col_span","text"}]}]}.
nlohmann::json TablesJson(const ParsedDocument& document);

}  // namespace cairn
