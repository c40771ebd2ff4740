// Output: results on stdout, everything else on stderr.
//
// Text for people is cleaned: a document cannot send control sequences to the
// terminal. JSON is always valid UTF-8.
// Threads: one at a time.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "cli/command.h"

namespace cairn::cli {

// Keys stay in the order in which they are set.
using Json = nlohmann::ordered_json;

// Cleaned text. No line end is added.
void PrintText(std::string_view text);
// Bytes as they are.
void PrintBytes(std::string_view bytes);
// kJson: over several lines; kJsonl: on one.
void PrintJson(const Json& value, Format format);
// OK unless stdout could not be written.
Status FlushResults();

// "cairn: ..." on stderr.
void PrintError(const Status& status);
void PrintNote(std::string_view text);

bool StdoutIsTerminal();
bool StderrIsTerminal();

// Control characters but tab and line end become '?'; broken UTF-8 too.
std::string Cleaned(std::string_view text);
// One line of at most about `bytes` bytes, white space folded.
std::string Shortened(std::string_view text, std::size_t bytes);
// One line of the parts of `text` that stand around `names`, some `around`
// bytes to each side of a name; the beginning when no name is in it.
std::string ExcerptAround(std::string_view text,
                          const std::vector<std::string>& names,
                          std::size_t around);
// "12,345".
std::string WithCommas(std::uint64_t number);
// "0:00:04-1:02:03", of seconds from the beginning of a recording.
std::string TimeRangeText(double begin_s, double end_s);
// "2026-11-24 10:02:33" UTC.
std::string TimeText(std::int64_t seconds);

}  // namespace cairn::cli
