// FrontMatter: the "---" block at the head of a Markdown file.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cairn {

struct FrontMatter {
  std::string title;     // Empty: none.
  std::string language;  // Value of "lang" or "language".
  // Author, date, description and tags by their keys in domain/document.h.
  std::vector<std::pair<std::string, std::string>> properties;
  std::string_view body;  // What follows it; all of the text without one.
};

// Reads "key: value" lines between "---" (YAML) or "key = value" between "+++"
// (TOML) at the very beginning. Anything else is body.
FrontMatter ReadFrontMatter(std::string_view text);

}  // namespace cairn
