// TextLines: what one line of plain text looks like.
//
// Place: under TextParser. Pure functions of one line without its line break.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cairn {

// A list marker such as "- ", "* ", "12. ", "3) ", after blanks.
struct ListMarker {
  std::size_t indent = 0;
  bool numbered = false;
};
std::optional<ListMarker> FindListMarker(std::string_view line);

// Level 1 for "=====", 2 for "-----" under `title`; 0: no underline.
std::uint8_t UnderlineLevel(std::string_view title, std::string_view line);

// Level of "2.3 Methods", "Chapter 4: The sea", "PREFACE"; 0: no heading.
// The caller knows that the line stands alone.
std::uint8_t HeadingLevel(std::string_view line);

// True when HeadingLevel took it for its number.
bool IsNumberedHeading(std::string_view line);

}  // namespace cairn
