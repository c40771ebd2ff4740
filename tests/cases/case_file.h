// CaseFile: a readable case, as README.md describes it. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

struct CaseStep {
  int line = 0;                    // In the file, for messages.
  std::vector<std::string> words;  // The command.
  std::string content;             // What stands below it.
  std::vector<std::string> expected;
  bool has_expected = false;
};

struct CaseFile {
  std::string name;
  std::string description;
  std::vector<CaseStep> steps;
  std::string problem;  // Not empty: why it cannot be read.
};

CaseFile ParseCase(std::string_view text);

// Why the lines of a result are not as expected; empty: they are.
std::string FindMismatch(const std::vector<std::string>& expected,
                         const std::vector<std::string>& result);

}  // namespace cairn
