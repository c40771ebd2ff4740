// Contexts: the header that is embedded before a chunk and never quoted.
//
// Place: under MakeChunks. "Title > Section > Sub", then for a part of a table
// the caption and the header rows that the part itself does not hold. A path
// that is too long loses sections from its middle, then the ends of its
// names; caption and header rows are cut to a quarter of a chunk.
// Threads: none; caches what it counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/chunking/chunker.h"
#include "documents/chunking/pieces.h"
#include "domain/document.h"

namespace cairn {

struct Context {
  std::string text;
  std::size_t tokens = 0;
};

class Contexts {
 public:
  // Keeps references to all but `title`.
  Contexts(const ParsedDocument& document, std::string_view title,
           const ChunkerOptions& options, const TokenCounter& count);

  // For a chunk that begins with `first` and whose first piece of a table, if
  // any, is `body`. `torn`: `first` is the later part of a row.
  Context For(const Piece& first, const Piece& body, bool torn);

 private:
  const Context& PathOf(std::uint32_t heading);
  const Context& HeaderOf(std::uint32_t table);
  const Context& CaptionOf(std::uint32_t table);
  Context Counted(std::string text, std::size_t tokens_max) const;
  std::string JoinPath(std::vector<std::string> names) const;

  const ParsedDocument& document_;
  std::string title_;
  const TokenCounter& count_;
  std::size_t path_max_;
  std::size_t table_max_;
  std::unordered_map<std::uint32_t, Context> paths_;
  std::unordered_map<std::uint32_t, Context> headers_;
  std::unordered_map<std::uint32_t, Context> captions_;
};

}  // namespace cairn
