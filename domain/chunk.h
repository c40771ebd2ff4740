// Chunk: what is embedded and indexed, a run of blocks or of table rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/span.h"

namespace cairn {

struct Chunk {
  std::uint32_t ordinal = 0;
  ByteSpan span;  // What may be quoted.
  // "Title > Section > Subsection", then for a table part its caption and its
  // header row on lines of their own. Embedded before the text, never quoted.
  std::string context;
  std::uint32_t first_block = 0, last_block = 0;  // Inclusive.
  std::uint32_t section = UINT32_MAX;  // Heading block index; UINT32_MAX: none.
  std::uint32_t table = UINT32_MAX;    // Table index; UINT32_MAX: no table.
  std::uint32_t first_row = 0, last_row = 0;  // Of the table, inclusive.
  std::uint32_t page = 0;                     // First page, from 1; 0: none.
  std::uint32_t tokens = 0;                   // Of context and text together.
  friend bool operator==(const Chunk&, const Chunk&) = default;
};

}  // namespace cairn
