// LegacyText: texts of old Office files as clean UTF-8.
//
// Threads: safe; pure. Library: none; converts with documents/charset.h.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace cairn {

inline constexpr int kWesternCodePage = 1252;
inline constexpr int kUtf16CodePage = 1200;

// `bytes` of a Windows code page as UTF-8; an unknown page is read as Western.
// Controls stay.
std::string CodePageToUtf8(std::string_view bytes, int code_page);

// Bytes that are the lower halves of UTF-16 units, as Office packs a text that
// needs no more.
std::string LatinToUtf8(std::string_view bytes);

// Carriage returns and vertical tabs become line breaks; other controls but
// tabs are removed.
std::string WithoutControls(std::string_view text);

// Loads what conversions load when they are first used.
void PrepareCodePagesForJail();

// INVALID_ARGUMENT, ENCRYPTED_PACKAGE: as for the new formats.
Status ProtectedByPassword();

}  // namespace cairn
