#include "tests/cases/case_file.h"

#include <sstream>
#include <utility>

namespace cairn {
namespace {

constexpr std::string_view kName = "name: ";
constexpr std::string_view kDescription = "description: ";
constexpr std::string_view kCommand = "> ";
constexpr std::string_view kExpected = "----";
constexpr std::string_view kAny = "...";
constexpr std::string_view kNone = "! ";
constexpr std::string_view kEnd = "(nothing else)";

// As a shell would, with double quotes only.
std::vector<std::string> WordsOf(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  bool begun = false;
  for (const char sign : line) {
    if (sign == '"') {
      quoted = !quoted;
      begun = true;
    } else if (sign == ' ' && !quoted) {
      if (begun) words.push_back(std::exchange(word, {}));
      begun = false;
    } else {
      word += sign;
      begun = true;
    }
  }
  if (begun) words.push_back(word);
  return words;
}

// Does the line match the pattern, where "..." stands for any text?
bool Matches(std::string_view pattern, std::string_view line) {
  const std::size_t any = pattern.find(kAny);
  if (any == std::string_view::npos) return pattern == line;
  if (line.substr(0, any) != pattern.substr(0, any)) return false;
  const std::string_view rest = pattern.substr(any + kAny.size());
  for (std::size_t at = any; at <= line.size(); ++at) {
    if (Matches(rest, line.substr(at))) return true;
  }
  return false;
}

// Blank lines around the content are for the eye.
std::string Trimmed(const std::string& content) {
  const std::size_t begin = content.find_first_not_of('\n');
  if (begin == std::string::npos) return {};
  return content.substr(begin, content.find_last_not_of('\n') + 1 - begin) +
         "\n";
}

void TakeLine(const std::string& line, int number, CaseFile& file) {
  if (line.starts_with(kCommand)) {
    CaseStep step;
    step.line = number;
    step.words = WordsOf(line.substr(kCommand.size()));
    file.steps.push_back(std::move(step));
  } else if (file.steps.empty()) {
    if (line.starts_with(kName)) file.name = line.substr(kName.size());
    if (line.starts_with(kDescription)) {
      file.description = line.substr(kDescription.size());
    }
  } else if (line == kExpected) {
    file.steps.back().has_expected = true;
  } else if (!file.steps.back().has_expected) {
    file.steps.back().content += line + "\n";
  } else if (!line.empty()) {
    file.steps.back().expected.push_back(line);
  }
}

}  // namespace

CaseFile ParseCase(std::string_view text) {
  CaseFile file;
  std::istringstream in{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    TakeLine(line, ++number, file);
  }
  for (CaseStep& step : file.steps) {
    step.content = Trimmed(step.content);
    if (step.words.empty()) file.problem = "a command has no words";
  }
  if (file.name.empty() || file.description.empty()) {
    file.problem = "name: and description: must stand first";
  }
  if (file.steps.empty()) file.problem = "there is no command";
  return file;
}

std::string FindMismatch(const std::vector<std::string>& expected,
                         const std::vector<std::string>& result) {
  std::size_t at = 0;
  std::size_t matched = 0;
  for (const std::string& pattern : expected) {
    if (pattern == kEnd) {
      return matched == result.size() ? "" : "there are other lines";
    }
    if (pattern.starts_with(kNone)) {
      const std::string_view refused =
          std::string_view(pattern).substr(kNone.size());
      for (const std::string& line : result) {
        if (Matches(refused, line)) return "must not stand there: " + line;
      }
      continue;
    }
    while (at < result.size() && !Matches(pattern, result[at])) ++at;
    if (at == result.size()) return "is missing: " + pattern;
    ++at;
    ++matched;
  }
  return {};
}

}  // namespace cairn
