// Superscript: raised digits as characters of their own.
//
// Place: parsers of formats that raise text by markup: 10<sup>6</sup> must not
// become 106, nor a value with a footnote's mark another value.
#pragma once

#include <string>
#include <string_view>

namespace cairn {

// "⁻⁶" of "-6"; empty when the text is not made of a few digits and signs.
std::string Superscript(std::string_view text);

}  // namespace cairn
