// cairn eval: how good retrieval is on questions with known answers.
#include "cli/eval.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace cairn::cli {

std::string Column(std::string_view text, std::size_t width) {
  std::string out(width > text.size() ? width - text.size() : 0, ' ');
  return out.append(text);
}

std::string Decimal(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string Percent(double share) { return Decimal(share * 100, 1); }

void AddEval(CLI::App& app, Invocation& invocation) {
  CLI::App* group = AddCommand(
      app, "eval", "Measure retrieval on questions whose answers are known",
      "  cairn eval retrieval --data-set bench/scifact\n"
      "  cairn eval compare before.json after.json");
  group->require_subcommand(1);
  AddEvalRetrieval(app, *group, invocation);
  AddEvalCompare(*group, invocation);
}

}  // namespace cairn::cli
