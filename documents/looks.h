// Looks: what the first bytes of a text file without a telling name look like.
//
// Place: the last step of SniffFormat. Each asks for more signs than a page of
// prose shows by chance. Pure; threads: safe.
#pragma once

#include <string_view>

namespace cairn {

// Three of the header lines that every mail program writes, before the first
// empty line; also a mailbox.
bool LooksLikeEmail(std::string_view head);

// An object with a quoted key, or an array of objects.
bool LooksLikeJson(std::string_view head);

}  // namespace cairn
