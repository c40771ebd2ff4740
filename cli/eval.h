// What the commands below `cairn eval` share.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "eval/measures.h"

namespace cairn::cli {

// One a file; `invocation` and `app`, the root, outlive the run.
void AddEvalRetrieval(CLI::App& app, CLI::App& group, Invocation& invocation);
void AddEvalCompare(CLI::App& group, Invocation& invocation);

// Heads of tables, in the order of eval::kMeasureNames.
inline constexpr std::array<std::string_view, eval::kMeasureNames.size()>
    kMeasureHeads = {"R@1",   "R@2",    "R@5",     "R@10",
                     "all@5", "all@10", "nDCG@10", "MRR@10"};

// Right-aligned; longer texts stay whole.
std::string Column(std::string_view text, std::size_t width);
// 0.1234 with 1 digit: "12.3".
std::string Percent(double share);
// 12.345 with 1 digit: "12.3".
std::string Decimal(double value, int digits);

}  // namespace cairn::cli
