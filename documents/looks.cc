#include "documents/looks.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace cairn {
bool LooksLikeEmail(std::string_view head) {
  constexpr std::array<std::string_view, 9> kNames = {
      "from",         "to",           "subject",  "date",       "message-id",
      "mime-version", "content-type", "received", "return-path"};
  std::size_t known = 0;
  bool first = true;
  while (!head.empty()) {
    std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    const bool folded = line[0] == ' ' || line[0] == '\t';
    const bool mailbox = first && line.starts_with("From ");
    const std::size_t colon = line.find(':');
    first = false;
    if (folded || mailbox) continue;
    if (colon == std::string_view::npos) return false;
    const std::string name = LowerAscii(line.substr(0, colon));
    if (name.find(' ') != std::string::npos) return false;
    known += std::count(kNames.begin(), kNames.end(), name) > 0 ? 1 : 0;
  }
  return known >= 3;
}

bool LooksLikeJson(std::string_view head) {
  const auto take = [&head](char sign) {
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || head[first] != sign) return false;
    head.remove_prefix(first + 1);
    return true;
  };
  take('[');
  if (!take('{') || !take('"')) return false;
  const std::size_t end = head.find_first_of("\"\n");
  if (end == std::string_view::npos || head[end] != '"') return false;
  head.remove_prefix(end + 1);
  if (!take(':')) return false;
  // A line for a document is JSON Lines, which has a reader of its own.
  const std::size_t line = head.find("}\n{");
  return line == std::string_view::npos;
}

}  // namespace cairn
