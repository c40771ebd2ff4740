#include "documents/formats/epub/xhtml.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kNameBytesMax = 64;

bool IsVoid(std::string_view name) {
  constexpr std::array<std::string_view, 14> kVoid = {
      "area",  "base", "br",   "col",   "embed",  "hr",    "img",
      "input", "link", "meta", "param", "source", "track", "wbr"};
  return std::find(kVoid.begin(), kVoid.end(), name) != kVoid.end();
}

std::string_view NameAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kNameBytesMax &&
         (IsAsciiLetter(text[end]) || (text[end] >= '0' && text[end] <= '9') ||
          text[end] == '-' || text[end] == ':')) {
    ++end;
  }
  return text.substr(at, end - at);
}

// The '>' of the tag at `at`, past quoted values; the size when it has none.
std::size_t TagEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '>') {
    if (text[at] == '"' || text[at] == '\'') {
      const std::size_t close = text.find(text[at], at + 1);
      if (close == std::string_view::npos) return text.size();
      at = close;
    }
    ++at;
  }
  return std::min(at, text.size());
}

void AddEscaped(std::string_view text, std::string& out) {
  for (const char sign : text) {
    if (sign == '<') {
      out += "&lt;";
    } else if (sign == '&') {
      out += "&amp;";
    } else {
      out.push_back(sign);
    }
  }
}

}  // namespace

std::string OpenXhtmlTags(std::string_view xhtml) {
  constexpr std::string_view kData = "<![CDATA[";
  std::string out;
  out.reserve(xhtml.size() + xhtml.size() / 16);
  std::size_t at = 0;
  while (at < xhtml.size()) {
    const std::size_t open = std::min(xhtml.find('<', at), xhtml.size());
    out += xhtml.substr(at, open - at);
    if (open == xhtml.size()) break;
    const std::string_view rest = xhtml.substr(open);
    std::size_t next = open + 1;
    if (rest.starts_with("<!--")) {
      const std::size_t end = xhtml.find("-->", open + 4);
      next = end == std::string_view::npos ? xhtml.size() : end + 3;
      at = next;
      continue;
    }
    if (rest.starts_with(kData)) {
      const std::size_t begin = open + kData.size();
      const std::size_t end = std::min(xhtml.find("]]>", begin), xhtml.size());
      AddEscaped(xhtml.substr(begin, end - begin), out);
      at = std::min(end + 3, xhtml.size());
      continue;
    }
    if (rest.size() > 1 && IsAsciiLetter(rest[1])) {
      const std::string_view name = NameAt(xhtml, open + 1);
      const std::size_t end = TagEnd(xhtml, open + 1);
      next = std::min(end + 1, xhtml.size());
      if (end < xhtml.size() && xhtml[end - 1] == '/' && !IsVoid(name)) {
        out += xhtml.substr(open, end - 1 - open);
        out += "></";
        out += name;
        out += '>';
        at = next;
        continue;
      }
    }
    out += xhtml.substr(open, next - open);
    at = next;
  }
  return out;
}

}  // namespace cairn
