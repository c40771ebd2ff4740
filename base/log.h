// Log lines on stderr: one line each, "LEVEL message key=value ...".
//
// Place: services and tools. The lower rooms report by Status and do not log.
// Rules: no document content, no question text, no credentials in a line.
// Threads: safe; lines do not interleave.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace cairn {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

using LogFields =
    std::initializer_list<std::pair<std::string_view, std::string>>;

// Lines below `level` are dropped. Default: kWarning.
void SetLogLevel(LogLevel level);
void Log(LogLevel level, std::string_view message, LogFields fields = {});

}  // namespace cairn

// Ends the process when an invariant that only a bug can break is broken.
#define CAIRN_CHECK(condition)                                            \
  do {                                                                    \
    if (!(condition)) {                                                   \
      ::cairn::internal_log::CheckFailed(#condition, __FILE__, __LINE__); \
    }                                                                     \
  } while (false)

namespace cairn::internal_log {
[[noreturn]] void CheckFailed(const char* condition, const char* file,
                              int line);
}  // namespace cairn::internal_log
