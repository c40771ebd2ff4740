// IsSensibleTitle: titles in a file's properties that say something.
#pragma once

#include <string_view>

namespace cairn {

// False for what programs write by themselves: "PowerPoint Presentation",
// names of files.
bool IsSensibleTitle(std::string_view title);

}  // namespace cairn
