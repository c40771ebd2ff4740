// AppendSymbol: the signs of symbol fonts as characters.
//
// Such signs have no meaning as characters; the few that people read as one do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

// `code`: of the sign in `font`. Adds a space for a sign that means nothing.
void AppendSymbol(std::string_view font, std::uint32_t code, std::string& out);

}  // namespace cairn
