// OpenXhtmlTags: chapters are XML, but are read by a parser of HTML.
#pragma once

#include <string>
#include <string_view>

namespace cairn {

// "<a/>" becomes "<a></a>", which HTML takes for an open tag otherwise, except
// for elements that never have content. CDATA marks go, their text stays.
// Linear in the bytes.
std::string OpenXhtmlTags(std::string_view xhtml);

}  // namespace cairn
