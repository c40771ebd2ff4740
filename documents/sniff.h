// Sniff: the name of a file's format from its bytes and hints.
//
// Place: under FindFormat of documents/parser.h. Order: magic numbers, media
// type, file name, looks. A format's name here is its parser's name.
#pragma once

#include <string_view>
#include <vector>

#include "base/status.h"
#include "documents/parser.h"

namespace cairn {

// "text", "markdown", "html", ... INVALID_ARGUMENT: UNKNOWN_FORMAT
// (known to be something else, such as a ZIP), EMPTY_DOCUMENT, NOT_TEXT.
StatusOr<std::string_view> SniffFormat(const ParseInput& input);

// The endings of file names that mean this format, without a dot.
std::vector<std::string_view> EndingsOf(std::string_view format);

}  // namespace cairn
