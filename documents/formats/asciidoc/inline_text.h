// The text of an AsciiDoc line without its marks: bold and the like, links and
// cross references (their text), footnotes (in brackets). Linear; pure.
#pragma once

#include <string>
#include <string_view>

namespace cairn {

std::string AsciidocInlineText(std::string_view line);

}  // namespace cairn
