#include "cli/filter_options.h"

#include <CLI/CLI.hpp>

#include "domain/search.h"

namespace cairn::cli {

void AddModeOption(CLI::App& command, std::string& mode) {
  const std::vector<std::string> names = {"auto",  "hybrid", "dense", "lexical",
                                          "graph", "global", "table"};
  command.add_option("--mode", mode, "How passages are found")
      ->check(CLI::IsMember(names))
      ->capture_default_str();
}

void AddFilterOptions(CLI::App& command, FilterOptions& filter) {
  // One value each, so that TEXT is never taken for another.
  command
      .add_option("--document", filter.documents,
                  "Only this document; may be repeated")
      ->allow_extra_args(false);
  command
      .add_option("--where", filter.where,
                  "Only documents with this metadata, KEY=VALUE; may be "
                  "repeated")
      ->allow_extra_args(false);
}

v1::SearchMode ModeOf(const std::string& name) {
  const auto mode = SearchModeFromName(name);
  // On the wire 0 is UNSPECIFIED.
  return mode ? static_cast<v1::SearchMode>(static_cast<int>(*mode) + 1)
              : v1::SEARCH_MODE_AUTO;
}

Status Fill(const FilterOptions& options, v1::SearchFilter& filter) {
  for (const std::string& document : options.documents) {
    filter.add_documents(document);
  }
  for (const std::string& entry : options.where) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string::npos || equals == 0) {
      return InvalidArgumentError("--where wants KEY=VALUE, not " + entry,
                                  "BAD_ARGUMENT");
    }
    (*filter.mutable_metadata())[entry.substr(0, equals)] =
        entry.substr(equals + 1);
  }
  return OkStatus();
}

}  // namespace cairn::cli
