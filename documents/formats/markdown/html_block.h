// PlainTextOfHtmlBlock: what a reader sees of raw HTML between Markdown.
#pragma once

#include <string>
#include <string_view>

namespace cairn {

// Tags and comments dropped, script and style with their content, entities
// decoded, white space collapsed to spaces.
std::string PlainTextOfHtmlBlock(std::string_view html);

}  // namespace cairn
