#include "eval/table_json.h"

#include <utility>

namespace cairn {

nlohmann::json TablesJson(const ParsedDocument& document) {
  nlohmann::json tables = nlohmann::json::array();
  for (const Table& table : document.tables) {
    nlohmann::json cells = nlohmann::json::array();
    for (const Cell& cell : table.cells) {
      cells.push_back({{"row", cell.row},
                       {"col", cell.column},
                       {"row_span", cell.row_span},
                       {"col_span", cell.column_span},
                       {"text", cell.span.Of(document.text)}});
    }
    tables.push_back({{"page", document.blocks[table.block].page},
                      {"caption", table.caption.Of(document.text)},
                      {"rows", table.rows},
                      {"columns", table.columns},
                      {"header_rows", table.header_rows},
                      {"cells", std::move(cells)}});
  }
  return {{"tables", std::move(tables)}};
}

}  // namespace cairn
