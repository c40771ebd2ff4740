// Files: the few operations on the file system that Cairn needs.
//
// Errors: NOT_FOUND, PERMISSION_DENIED, INVALID_ARGUMENT (too large) or
// INTERNAL, each naming the path and the system's reason.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/status.h"

namespace cairn {

// The whole file. INVALID_ARGUMENT (reason FILE_TOO_LARGE) above bytes_max,
// without reading it.
StatusOr<std::string> ReadFile(const std::string& path, std::size_t bytes_max);

// Writes aside, syncs, renames: the file is old or new, never half.
Status WriteFileAtomically(const std::string& path, std::string_view bytes);

// The folder that holds the running program.
std::string ProgramFolder();

}  // namespace cairn
