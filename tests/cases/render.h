// Render: the result of a command as lines, see the table in README.md.
//
// Threads: none. Errors: output that is not what the command promises fails
// the test.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/program/program.h"

namespace cairn {

// Asks for the canonical text of a document.
using TextOf = std::function<std::string(const std::string& document)>;

// `command` without --json; `result` is of the same with it.
std::vector<std::string> Render(const Arguments& command,
                                const RunResult& result, const TextOf& text_of);

}  // namespace cairn
