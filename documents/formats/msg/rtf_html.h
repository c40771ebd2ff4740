// HtmlInRtf: the page that Outlook wrapped into RTF [MS-OXRTFEX].
//
// Pure; threads: safe. Linear in the bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

// The page as UTF-8; none: the RTF was not made of one. Groups deeper than
// `nesting_max` are left out.
std::optional<std::string> HtmlInRtf(std::string_view rtf,
                                     std::size_t nesting_max);

// True: it was made of plain text, which the message holds beside it.
bool IsRtfOfPlainText(std::string_view rtf);

}  // namespace cairn
