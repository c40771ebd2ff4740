// cairn table: the tables of a document, and plans and questions over them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/shapes.h"
#include "services/convert/resource_name.h"
#include "services/query/table_query.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kCellShown = 60;
constexpr std::size_t kRowsShown = 5;

struct TableOptions {
  std::string collection = "default";
  std::string document;
  std::string plan;
  std::string question;
  std::vector<std::uint32_t> tables;
};

// Row by row, each cell where it begins.
std::vector<std::vector<std::string>> RowsOf(const v1::Table& table,
                                             std::uint32_t rows) {
  std::vector<std::vector<std::string>> texts(
      std::min(rows, table.rows()), std::vector<std::string>(table.columns()));
  for (const v1::Cell& cell : table.cells()) {
    if (cell.row() >= texts.size() || cell.column() >= table.columns()) {
      continue;
    }
    texts[cell.row()][cell.column()] = Shortened(cell.text(), kCellShown);
  }
  return texts;
}

std::string ColumnsLine(const v1::Table& table) {
  std::string line;
  for (const v1::TableColumn& column : table.named_columns()) {
    line += (line.empty() ? "    columns: " : ", ") +
            Shortened(column.name(), kCellShown) + " (" + KindOf(column);
    if (!column.unit().empty()) line += ", " + column.unit();
    line += ")";
  }
  return line.empty() ? line : line + "\n";
}

void PrintTable(const v1::Table& table, int number) {
  std::string head = "table " + std::to_string(number) + ": " +
                     std::to_string(table.rows()) + " rows x " +
                     std::to_string(table.columns()) + " columns";
  if (!table.caption().empty()) {
    head += "  " + Shortened(table.caption(), 2 * kCellShown);
  }
  PrintText(head + "\n" + ColumnsLine(table));
  const auto shown =
      static_cast<std::uint32_t>(table.header_rows() + kRowsShown);
  for (const auto& row : RowsOf(table, shown)) {
    std::string line = "   ";
    for (const std::string& text : row) line += " " + text + " |";
    line.pop_back();
    PrintText(line + "\n");
  }
  if (table.rows() > shown) {
    PrintText("    ... " + std::to_string(table.rows() - shown) + " more\n");
  }
}

StatusOr<ExitCode> ShowTables(const GlobalOptions& global,
                              const TableOptions& options, Client& client) {
  v1::GetDocumentRequest request;
  request.set_name(MakeDocumentName(options.collection, options.document));
  request.set_view(v1::DOCUMENT_VIEW_FULL);
  CAIRN_ASSIGN_OR_RETURN(const v1::Document document,
                         client.Call(&v1::DocumentService::Stub::GetDocument,
                                     client.documents(), request));
  for (const std::uint32_t number : options.tables) {
    const auto count = static_cast<std::size_t>(document.tables_size());
    if (number >= count) {
      return NoSuchTableError(options.document, number, count);
    }
  }
  Json tables = Json::array();
  for (int i = 0; i < document.tables_size(); ++i) {
    const bool wanted =
        options.tables.empty() ||
        std::find(options.tables.begin(), options.tables.end(),
                  static_cast<std::uint32_t>(i)) != options.tables.end();
    if (!wanted) continue;
    const v1::Table& table = document.tables(i);
    if (global.format() == Format::kText) {
      PrintTable(table, i);
      continue;
    }
    tables.push_back({{"table", i},
                      {"caption", table.caption()},
                      {"rows", table.rows()},
                      {"columns", table.columns()},
                      {"header_rows", table.header_rows()},
                      {"named_columns", NamedColumnsOf(table)},
                      {"cells", RowsOf(table, table.rows())}});
  }
  if (global.format() != Format::kText) {
    PrintJson({{"document", options.document}, {"tables", std::move(tables)}},
              global.format());
  } else if (document.tables().empty()) {
    PrintNote("the document has no tables");
  }
  return ExitCode::kOk;
}

void PrintComputed(const v1::RunTablePlanResponse& computed) {
  for (int i = 0; i < computed.values_size(); ++i) {
    std::string line = computed.values(i).text();
    if (i < computed.counts_size()) line += "  " + computed.counts(i).text();
    PrintText(line + "\n");
  }
  if (computed.values().empty()) PrintNote("no row is left");
  PrintText("\nplan: " + computed.plan() + "\n");
  if (computed.has_probability()) {
    char shown[32];
    std::snprintf(shown, sizeof shown, "%.2f", computed.probability());
    PrintText("table: " + std::to_string(computed.tables(0)) +
              "\nprobability: " + shown + "\n");
  }
  for (const std::string& note : computed.notes()) {
    PrintText("note: " + note + "\n");
  }
  PrintText("cells:\n");
  for (const v1::Citation& citation : computed.citations()) {
    std::string line = "    ";
    for (const v1::Cell& cell : citation.cells()) {
      line += "row " + std::to_string(cell.row()) + ", column " +
              std::to_string(cell.column()) + "  ";
    }
    if (citation.page() > 0) {
      line += "page " + std::to_string(citation.page()) + "  ";
    }
    line += "bytes " + std::to_string(citation.span().begin()) + "-" +
            std::to_string(citation.span().end()) + "  \"" +
            Shortened(citation.quote(), kCellShown) + "\"";
    PrintText(line + "\n");
  }
}

StatusOr<ExitCode> RunPlan(const GlobalOptions& global,
                           const TableOptions& options, Client& client) {
  v1::RunTablePlanRequest request;
  request.set_document(MakeDocumentName(options.collection, options.document));
  request.set_plan(options.plan);
  request.set_question(options.question);
  for (const std::uint32_t table : options.tables) request.add_tables(table);
  CAIRN_ASSIGN_OR_RETURN(const v1::RunTablePlanResponse computed,
                         client.Call(&v1::QueryService::Stub::RunTablePlan,
                                     client.queries(), request));
  if (global.format() == Format::kText) {
    PrintComputed(computed);
  } else {
    PrintJson(ShapeOf(computed), global.format());
  }
  return ExitCode::kOk;
}

}  // namespace

void AddTable(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<TableOptions>();
  CLI::App* command = AddCommand(
      app, "table", "Show the tables of a document, or compute over them",
      "  cairn table sales.xlsx\n"
      "  cairn table sales.xlsx 'rows | sum \"Revenue\"'\n"
      "  cairn table sales.xlsx 'rows | where \"Year\" is 2023 | highest 1 by "
      "\"Revenue\" | select \"Country\"'\n"
      "  cairn table report.pdf --table 3 'percent change(rows | where #1 is "
      "\"Total\" | select \"2022\",\n"
      "      rows | where #1 is \"Total\" | select \"2023\")'\n"
      "  cairn table book.xlsx --table 0 --table 2 'rows | join 2 on "
      "\"Country\" is \"Name\" | sum \"Population\"'\n"
      "  cairn table sales.xlsx --question 'Which country had the highest "
      "revenue in 2023?'\n"
      "Without PLAN the tables are shown, with their numbers, columns and "
      "first "
      "rows. The steps of\na plan are in docs/tables.md. The cells that were "
      "used follow the result. A question is\nasked of the first 64 tables, or "
      "of those named; the most probable plan is run and shown, to be\nchecked "
      "and, where it misread the question, mended and given as PLAN.");
  command->add_option("DOCUMENT", options->document, "Id of the document")
      ->required();
  CLI::Option* const plan =
      command->add_option("PLAN", options->plan, "What to compute");
  command
      ->add_option("--question", options->question,
                   "What to find out, instead of a plan; in English")
      ->excludes(plan);
  command
      ->add_option("--table", options->tables,
                   "Number of a table, from 0; the first one given is the "
                   "plan's, the others are\nfor its joins. A question is "
                   "asked of each")
      ->allow_extra_args(false);
  AddCollectionOption(*command, options->collection);
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation]() -> StatusOr<ExitCode> {
      CAIRN_ASSIGN_OR_RETURN(
          const std::unique_ptr<Client> client,
          Client::Open(invocation.global, WhenAbsent::kFail));
      return options->plan.empty() && options->question.empty()
                 ? ShowTables(invocation.global, *options, *client)
                 : RunPlan(invocation.global, *options, *client);
    };
  });
}

}  // namespace cairn::cli
