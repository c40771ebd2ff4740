// Archives: a ZIP, tar, 7z or single compressed file as a folder of documents.
//
// Place: under Sources. Ids: the archive's own, '~', then the path inside as
// DocumentIdOf writes it; files of JSON Lines inside bring their own.
// Memory: one file of the archive at a time; unpacking is done by a jailed
// process (documents/sandbox/unpack.h, also for the limits).
// Threads: one at a time. Errors: each entry's failure by itself, then what
// ended the archive early, under its own name.
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "cli/sources.h"

namespace cairn::cli {

struct ArchiveVisit {
  std::string id;      // Of the archive.
  std::string origin;  // Its path, for messages.
  std::string title;   // Not empty: refused, since it has many documents.
  Limits limits;
};

// By the name alone, before the file is opened.
bool IsNamedLikeArchive(std::string_view path);
// By name and content; false too when it cannot be read.
bool IsArchiveFile(const std::string& path, const Limits& limits);

void VisitArchiveFile(const std::string& path, const ArchiveVisit& visit,
                      const SourceEvents& events);
void VisitArchiveBytes(std::string_view bytes, std::string_view file_name,
                       const ArchiveVisit& visit, const SourceEvents& events);

}  // namespace cairn::cli
