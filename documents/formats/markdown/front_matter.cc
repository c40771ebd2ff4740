#include "documents/formats/markdown/front_matter.h"

#include <utility>

#include "documents/document_builder.h"

namespace cairn {
namespace {

// Longer ones are horizontal rules far apart.
constexpr std::size_t kFrontMatterBytes = 64 << 10;

std::string Unquoted(std::string_view value) {
  value = TrimWhiteSpace(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  return std::string(value);
}

}  // namespace

FrontMatter ReadFrontMatter(std::string_view text) {
  FrontMatter out;
  out.body = text;
  const std::string_view fence = text.substr(0, 3);
  if (fence != "---" && fence != "+++") return out;
  std::size_t at = text.find('\n');
  if (at == std::string_view::npos ||
      !TrimWhiteSpace(text.substr(3, at - 3)).empty()) {
    return out;
  }
  const char separator = fence == "---" ? ':' : '=';
  FrontMatter found;
  bool any = false;
  for (++at; at < text.size() && at < kFrontMatterBytes;) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (TrimWhiteSpace(line) == fence ||
        (separator == ':' && TrimWhiteSpace(line) == "...")) {
      if (!any) return out;
      found.body = at < text.size() ? text.substr(at) : std::string_view();
      return found;
    }
    const std::size_t colon = line.find(separator);
    if (colon == std::string_view::npos) continue;
    any = true;
    const std::string_view key = line.substr(
        0, line.find_last_not_of(" \t", colon == 0 ? 0 : colon - 1) + 1);
    if (key == "title") found.title = Unquoted(line.substr(colon + 1));
    if (key == "author" || key == "date" || key == "description") {
      // A list or a record on the lines below is left to readers of YAML.
      std::string value = Unquoted(line.substr(colon + 1));
      const std::string name = key == "date"     ? "created"
                               : key == "author" ? "author"
                                                 : "subject";
      found.properties.emplace_back(name, std::move(value));
    }
    if (key == "keywords" || key == "tags") {
      std::string value = Unquoted(line.substr(colon + 1));
      if (value.starts_with('[') && value.ends_with(']')) {
        value = value.substr(1, value.size() - 2);
      }
      found.properties.emplace_back("keywords", std::move(value));
    }
    if (key == "lang" || key == "language") {
      found.language = Unquoted(line.substr(colon + 1));
    }
  }
  return out;
}

}  // namespace cairn
