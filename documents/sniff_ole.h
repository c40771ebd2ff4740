// SniffOle: what kind of document a Compound File is, by the names of its
// streams.
//
// Place: under SniffFormat, in the service's own process: only the directory is
// read, by the bounded code of documents/formats/ole.
// Errors: as CompoundFile; INVALID_ARGUMENT, UNKNOWN_FORMAT for what other
// programs keep in such files.
#pragma once

#include <string_view>

#include "base/status.h"

namespace cairn {

// "doc", "xls", "ppt" or "msg".
StatusOr<std::string_view> SniffOle(std::string_view bytes);

}  // namespace cairn
