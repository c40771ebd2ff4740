// UnpackArchive: the files of a foreign archive, unpacked by a jailed process.
//
// Place: the command line, which makes a document of each file. The process has
// no network, no files, bounded memory and time; it gives one file after the
// other, so that one is held at a time, and waits while that one is used.
// Rules and limits: documents/archive/archive_walker.h; what comes from the
// process is checked by them once more.
// Threads: safe; blocks until the archive is through or on_item stops it.
// Errors: those of WalkArchive, PARSER_CRASHED, PARSER_TIMEOUT,
// PARSER_OUT_OF_MEMORY, NO_SANDBOX; what was given before counts.
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "documents/archive/archive_walker.h"

namespace cairn {

struct UnpackOptions {
  std::string program;  // As SandboxOptions::program.
  ArchiveLimits archive;
  Limits limits;  // Of the process.
};

// `archive`: a descriptor of a regular file, read from its begin.
Status UnpackArchive(int archive, std::string_view file_name,
                     const UnpackOptions& options,
                     const OnArchiveItem& on_item);
Status UnpackArchiveBytes(std::string_view bytes, std::string_view file_name,
                          const UnpackOptions& options,
                          const OnArchiveItem& on_item);

// Body of the child, for the arguments after "unpack-process".
int UnpackProcessMain(int argc, char** argv);

}  // namespace cairn
