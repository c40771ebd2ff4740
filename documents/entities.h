// Entities: character references of HTML and Markdown.
//
// Place: for parsers whose library leaves them as they stand (md4c).
#pragma once

#include <string>
#include <string_view>

namespace cairn {

// Appends what "&amp;", "&#65;" or "&#x41;" stands for; an unknown name or a
// forbidden number is appended as it is.
void AppendEntity(std::string& out, std::string_view reference);

}  // namespace cairn
