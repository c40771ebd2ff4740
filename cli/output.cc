#include "cli/output.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <utility>

#include "base/clock_text.h"
#include "base/utf8.h"
#include "services/convert/status.h"

namespace cairn::cli {
namespace {

// Bytes of the well-formed character at `at`; 0: none.
std::size_t CharacterBytes(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0x80                   ? 1
                           : lead >= 0xc2 && lead < 0xe0 ? 2
                           : lead >= 0xe0 && lead < 0xf0 ? 3
                           : lead >= 0xf0 && lead < 0xf5 ? 4
                                                         : 0;
  if (size == 0 || at + size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
  }
  return size;
}

bool IsControl(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x20) return lead != '\n' && lead != '\t';
  if (lead == 0x7f) return true;
  // U+0080..U+009F are controls as well.
  return lead == 0xc2 && at + 1 < text.size() &&
         static_cast<unsigned char>(text[at + 1]) < 0xa0;
}

bool g_write_failed = false;

}  // namespace

std::string Cleaned(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = CharacterBytes(text, at);
    if (size == 0 || IsControl(text, at)) {
      out += '?';
      at += size == 0 ? 1 : size;
    } else {
      out.append(text.substr(at, size));
      at += size;
    }
  }
  return out;
}

std::string Shortened(std::string_view text, std::size_t bytes) {
  std::string line;
  for (const char sign : Cleaned(text)) {
    const bool space = sign == ' ' || sign == '\n' || sign == '\t';
    if (space && (line.empty() || line.back() == ' ')) continue;
    line += space ? ' ' : sign;
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  if (line.size() <= bytes) return line;
  return std::string(CutUtf8(line, bytes)) + " ...";
}

std::string ExcerptAround(std::string_view text,
                          const std::vector<std::string>& names,
                          std::size_t around) {
  const std::string line = Shortened(text, text.size());
  std::vector<std::pair<std::size_t, std::size_t>> parts;  // Begin, end.
  for (const std::string& name : names) {
    const auto found =
        std::search(line.begin(), line.end(), name.begin(), name.end(),
                    [](unsigned char a, unsigned char b) {
                      return std::tolower(a) == std::tolower(b);
                    });
    if (name.empty() || found == line.end()) continue;
    const auto at = static_cast<std::size_t>(found - line.begin());
    // From one white space to another, so that words stay whole.
    std::size_t begin = 0;
    if (at > around) begin = line.find(' ', at - around) + 1;
    if (begin > at) begin = at;
    std::size_t end = line.rfind(' ', at + name.size() + around);
    if (at + name.size() + around >= line.size()) end = line.size();
    if (end == std::string::npos) end = line.size();
    parts.emplace_back(begin, std::max(end, at + name.size()));
  }
  if (parts.empty()) return Shortened(line, 2 * around);
  std::sort(parts.begin(), parts.end());
  std::string excerpt = parts[0].first > 0 ? "... " : "";
  std::size_t written = parts[0].first;
  for (const auto& [begin, end] : parts) {
    if (begin > written) {
      excerpt += " ... ";
      written = begin;
    }
    if (end <= written) continue;
    excerpt += line.substr(written, end - written);
    written = end;
  }
  return written < line.size() ? excerpt + " ..." : excerpt;
}

void PrintBytes(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
    g_write_failed = true;
  }
}

void PrintText(std::string_view text) { PrintBytes(Cleaned(text)); }

void PrintJson(const Json& value, Format format) {
  const int indent = format == Format::kJson ? 2 : -1;
  PrintBytes(value.dump(indent, ' ', false, Json::error_handler_t::replace) +
             "\n");
}

Status FlushResults() {
  errno = 0;
  if (std::fflush(stdout) != 0) g_write_failed = true;
  if (!g_write_failed) return OkStatus();
  return InternalError(
      std::string("cannot write the results to standard output: ") +
          std::strerror(errno == 0 ? EPIPE : errno),
      "OUTPUT_FAILED");
}

void PrintNote(std::string_view text) {
  const std::string line = Cleaned(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void PrintError(const Status& status) {
  std::string line = "cairn: " + MessageOf(status);
  const std::string reason = ReasonOf(status);
  if (!reason.empty()) line += " [" + reason + "]";
  PrintNote(line);
}

bool StdoutIsTerminal() { return isatty(STDOUT_FILENO) == 1; }
bool StderrIsTerminal() { return isatty(STDERR_FILENO) == 1; }

std::string WithCommas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return digits;
}

std::string TimeRangeText(double begin_s, double end_s) {
  const auto clock = [](double time) {
    // A recording is shorter than ten thousand hours; NaN is 0.
    return ClockText(
        static_cast<std::int64_t>(time > 0 ? std::min(time, 3.6e7) : 0));
  };
  return clock(begin_s) + "-" + clock(end_s);
}

std::string TimeText(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts = {};
  gmtime_r(&time, &parts);
  char text[32];
  const std::size_t size =
      std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
  return std::string(text, size);
}

}  // namespace cairn::cli
