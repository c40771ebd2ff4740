// MimeDecode: the encodings of e-mail (RFC 2045, RFC 2047, RFC 2231, RFC 3676).
//
// Place: under EmailParser. Pure functions in linear time; damaged input gives
// what can be read of it, never an error. Threads: safe.
#pragma once

#include <string>
#include <string_view>

namespace cairn {

std::string DecodeQuotedPrintable(std::string_view text);

// Signs that are not of the alphabet are passed over; reads on after padding,
// as some programs join encoded pieces.
std::string DecodeBase64(std::string_view text);

// "%41" to "A"; as RFC 2231 writes parameters.
std::string DecodePercent(std::string_view text);

// `bytes` in `charset` as UTF-8 text; an unknown charset is guessed. Empty
// when the bytes are no text.
std::string DecodeCharset(std::string_view bytes, std::string_view charset);

// A header's value with its "=?charset?q?...?=" words decoded and its folds
// joined.
std::string DecodeHeader(std::string_view value);

// Text of format=flowed with its soft line breaks joined. `delsp`: the space
// before a soft break is dropped.
std::string JoinFlowedLines(std::string_view text, bool delsp);

}  // namespace cairn
