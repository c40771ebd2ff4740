// Batch: one result line for each line of a JSON Lines file, in its order.
//
// Place: `search --batch` and `ask --batch`. Input lines are
// {"id": ..., "question": "..."}; the id may be a string or a number.
// Memory: a window of lines; the file is never read whole.
// Errors: a bad line becomes {"id", "error"} and the exit code 1; the rest
// goes on. NOT_FOUND when there is no such file.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/status.h"
#include "cli/command.h"
#include "cli/output.h"

namespace cairn::cli {

struct BatchOptions {
  std::string path;         // "-": stdin.
  std::size_t threads = 2;  // Questions in flight.
};

// `work` is called from several threads; its fields follow the id in the line.
using BatchWork = std::function<StatusOr<Json>(const std::string& question)>;

StatusOr<ExitCode> RunBatch(const BatchOptions& options, const BatchWork& work);

// As many as the machine has cores, at least 2.
std::size_t BatchThreads();

}  // namespace cairn::cli
