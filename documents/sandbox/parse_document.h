// ParseDocument: the safe way to parse foreign bytes.
//
// Text formats are parsed in this process by code of our own over bounded
// inputs; formats that need a jail (PDF) are parsed by a child process that
// has no network, no files, bounded memory, CPU and wall time. A crash, a bomb
// or a hang costs one document.
// Threads: safe; blocks for the length of the parse.
// Errors: as in documents/parser.h, and INVALID_ARGUMENT with reason
// PARSER_CRASHED, PARSER_TIMEOUT or PARSER_OUT_OF_MEMORY.
#pragma once

#include <string>

#include "base/limits.h"
#include "base/status.h"
#include "documents/parser.h"
#include "domain/document.h"

namespace cairn {

struct SandboxOptions {
  // The program that runs ParserProcessMain; empty: this very program with the
  // argument "parser-process".
  std::string program;
  Limits limits;
};

StatusOr<ParsedDocument> ParseDocument(const ParseInput& input,
                                       const SandboxOptions& options);

// The sound of a film alone, taken out in such a process.
StatusOr<SoundTrack> ReadSoundOf(const ParseInput& input,
                                 const SandboxOptions& options);

// A few frames of a film, decoded in such a process.
StatusOr<FilmFrames> ReadFramesOf(const ParseInput& input,
                                  const SandboxOptions& options);

// Body of the child: reads one request from stdin, jails itself, parses,
// writes one reply to stdout. Returns the exit code, or ends the process itself
// once it is jailed.
int ParserProcessMain();

}  // namespace cairn
