// SniffArchive: whether a file holds other files.
//
// Place: the command line asks before it uploads a file, the walker asks for
// every entry. Looks at the name and a few bytes; nothing is unpacked. An
// Office file or a book is none, whatever its name. Threads: safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

enum class ArchiveKind {
  kNone,
  kZip,
  kTar,     // Perhaps compressed; or 7z.
  kPacked,  // One compressed file.
};

// As many bytes tell which kind the signs of a file are of.
inline constexpr std::size_t kArchiveHeadBytes = 512;

// By the first bytes and the name, which must agree; an empty name is unknown.
// kZip may still be a package. Without a name kTar may be kPacked.
ArchiveKind SniffArchiveHead(std::string_view head, std::string_view file_name);

// By all bytes.
ArchiveKind SniffArchive(std::string_view bytes, std::string_view file_name);

// ".zip", ".tar.gz", ... in any case.
bool HasArchiveEnding(std::string_view file_name);

// What an entry without a name is called: "a.txt" for "a.txt.gz".
std::string NameWithoutPacking(std::string_view file_name);

}  // namespace cairn
