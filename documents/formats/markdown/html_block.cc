#include "documents/formats/markdown/html_block.h"

#include <cstddef>

#include "documents/document_builder.h"
#include "documents/entities.h"
#include "text/utf8.h"

namespace cairn {
namespace {

bool StartsWithIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (AsciiLower(text[i]) != lower[i]) return false;
  }
  return true;
}

// One past the end of the markup at `at`; `at` when it is plain text.
std::size_t SkipMarkup(std::string_view html, std::size_t at) {
  const std::string_view rest = html.substr(at);
  const auto past = [&](std::string_view end) {
    const std::size_t found = html.find(end, at);
    return found == std::string_view::npos ? html.size() : found + end.size();
  };
  if (rest.starts_with("<!--")) return past("-->");
  if (rest.size() < 2) return at;
  if (rest[1] == '!' || rest[1] == '?') return past(">");
  const std::size_t name = rest[1] == '/' ? 2 : 1;
  if (rest.size() <= name || !IsAsciiLetter(rest[name])) return at;
  for (const std::string_view tag : {"<script", "<style"}) {
    if (!StartsWithIgnoringCase(rest, tag)) continue;
    std::string end("</");
    end += tag.substr(1);
    for (std::size_t i = at; i < html.size(); ++i) {
      if (html[i] == '<' && StartsWithIgnoringCase(html.substr(i), end)) {
        const std::size_t close = html.find('>', i);
        return close == std::string_view::npos ? html.size() : close + 1;
      }
    }
    return html.size();
  }
  return past(">");
}

}  // namespace

std::string PlainTextOfHtmlBlock(std::string_view html) {
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      const std::size_t end = SkipMarkup(html, at);
      if (end > at) {
        out.push_back(' ');
        at = end;
        continue;
      }
    }
    if (html[at] == '&') {
      const std::size_t end = html.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#",
          at + 1);
      if (end != std::string_view::npos && html[end] == ';' && end - at > 1 &&
          end - at < 40) {
        AppendEntity(out, html.substr(at, end + 1 - at));
        at = end + 1;
        continue;
      }
    }
    out.push_back(html[at++]);
  }
  return CollapseWhiteSpace(out);
}

}  // namespace cairn
