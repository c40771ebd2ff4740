// Options that search and ask share: the mode, and which documents qualify.
#pragma once

#include <cairn/v1/query.pb.h>

#include <string>
#include <vector>

#include "base/status.h"

namespace CLI {
class App;
}

namespace cairn::cli {

struct FilterOptions {
  std::vector<std::string> documents;
  std::vector<std::string> where;  // "key=value".
};

void AddModeOption(CLI::App& command, std::string& mode);
void AddFilterOptions(CLI::App& command, FilterOptions& filter);

// Of a name that the option let through.
v1::SearchMode ModeOf(const std::string& name);
// INVALID_ARGUMENT for an entry without '='.
Status Fill(const FilterOptions& options, v1::SearchFilter& filter);

}  // namespace cairn::cli
