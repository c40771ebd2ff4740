// Keys of models behind an address.
//
// Errors: those of ReadFile.
#pragma once

#include <string>

#include "base/status.h"

namespace cairn {

// What stands in `key_file`, without blanks at the end; no file named: what the
// environment's `variable` holds; else empty.
StatusOr<std::string> ReadModelKey(const std::string& key_file,
                                   const char* variable);

}  // namespace cairn
