// Charset: foreign bytes to canonical UTF-8.
//
// Place: the first step of every text parser. Order of evidence: byte order
// mark, valid UTF-8, zero bytes of an unmarked UTF-16, what the document or its
// sender declares, ICU's detector; last, UTF-8 with replacements.
// Result: valid UTF-8 without byte order mark; '\r\n' and '\r' become '\n';
// NUL and other control characters but '\t', '\n' and '\f' are removed.
// Threads: safe. Library: ICU's converters, only here.
// Errors: INVALID_ARGUMENT with EMPTY_DOCUMENT (white space only), NOT_TEXT
// (binary), DOCUMENT_TOO_LARGE and TEXT_TOO_LARGE.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"

namespace cairn {

struct DecodedText {
  std::string text;
  std::string charset;                // "UTF-8", "windows-1252", ...
  std::vector<std::string> warnings;  // What was mended, for people.
};

// `declared`: a charset name from outside ("text/html; charset=X"); empty:
// none known. A wrong or unknown name is not an error.
StatusOr<DecodedText> DecodeText(std::string_view bytes,
                                 std::string_view declared,
                                 const Limits& limits);

// `bytes` of a charset that is known, for formats that name one for every run
// of text; damage becomes U+FFFD, controls stay. Nothing: an unknown charset.
std::optional<std::string> ConvertFrom(std::string_view bytes,
                                       std::string_view charset);

// X of "text/html; charset=X"; empty: none.
std::string_view CharsetOfMediaType(std::string_view media_type);

// What <meta charset> or <meta http-equiv> or an XML declaration says within
// the first 4 KiB; empty: nothing.
std::string_view CharsetOfHtml(std::string_view bytes);

// Text that is said to be UTF-8 as valid UTF-8 without control signs but line
// breaks: other ones become spaces, NUL nothing, damage U+FFFD.
std::string CleanText(std::string_view bytes);

bool IsValidUtf8(std::string_view bytes);

// True when `head` (the first bytes of a file) cannot be text in any charset
// that DecodeText takes.
bool LooksBinary(std::string_view head);

}  // namespace cairn
