// The parser process, with the formats as a parameter, so that tests can put
// parsers that misbehave into the real jail.
//
// Life cycle: RunParserProcess reads one request from stdin to its end, finds
// the format, lets it prepare, enters the jail, parses, writes one reply to
// stdout. Once jailed it does not return but ends the process: destructors and
// exit handlers may need what the jail forbids.
// Errors: those of the parse travel in the reply; the exit code is 0 whenever a
// reply was written.
#pragma once

#include <functional>
#include <string_view>

#include "documents/parser.h"

namespace cairn {

using FormatLookup = std::function<const FormatParser*(std::string_view name)>;

int RunParserProcess(const FormatLookup& find_format);

}  // namespace cairn
