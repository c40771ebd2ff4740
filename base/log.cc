#include "base/log.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace cairn {
namespace {

std::atomic<LogLevel> g_level{LogLevel::kWarning};

std::string_view NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "DEBUG";
    case LogLevel::kInfo:
      return "INFO";
    case LogLevel::kWarning:
      return "WARNING";
    case LogLevel::kError:
      return "ERROR";
  }
  return "?";
}

}  // namespace

void SetLogLevel(LogLevel level) { g_level = level; }

void Log(LogLevel level, std::string_view message, LogFields fields) {
  if (level < g_level.load()) return;
  std::string line(NameOf(level));
  line += ' ';
  line += message;
  for (const auto& [key, value] : fields) {
    line += ' ';
    line += key;
    line += '=';
    line += value;
  }
  for (char& sign : line) {
    if (sign == '\n' || sign == '\r') sign = ' ';
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

namespace internal_log {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "FATAL %s:%d: broken invariant: %s\n", file, line,
               condition);
  std::abort();
}

}  // namespace internal_log
}  // namespace cairn
