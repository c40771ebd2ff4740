// DocFormatting: what Word says of the characters and paragraphs at a place of
// the stream: pages of 512 bytes with runs and their properties
// [MS-DOC 2.9.33, 2.9.174].
//
// Life cycle: the streams must outlive it. Threads: safe; immutable.
// Cost: linear to read, a binary search for each question.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/doc/fib.h"

namespace cairn {

struct ParagraphRun {
  std::uint32_t begin = 0, end = 0;  // In the stream.
  std::uint16_t style = 0;
  std::string_view changes;
};

struct CharacterRun {
  std::uint32_t begin = 0, end = 0;
  std::string_view changes;
};

class DocFormatting {
 public:
  DocFormatting(std::string_view stream, std::string_view table,
                const Fib& fib);

  // Null when nothing is said.
  const ParagraphRun* ParagraphAt(std::uint32_t offset) const;
  const CharacterRun* CharactersAt(std::uint32_t offset) const;

 private:
  std::vector<ParagraphRun> paragraphs_;
  std::vector<CharacterRun> characters_;
};

// What a style or a paragraph says of itself; -1: nothing.
struct ParagraphFormat {
  int style = -1;
  int outline_level = -1;  // From 0; 9: body text.
  int list = -1;           // From 1; 0: none, whatever is inherited.
  int list_level = -1;     // From 0.
  int table_depth = 0;     // 0: in no table.
  bool row_end = false, inner_cell_end = false, inner_row_end = false;
};

// The stream Data, where lists go on that are too long for their page. Each
// belongs to one paragraph, so that all of them together are no longer than the
// stream; what a file claims beyond that is not read.
class DocData {
 public:
  explicit DocData(std::string_view bytes)
      : bytes_(bytes), left_(bytes.size()) {}
  std::string_view ListAt(std::size_t at);

 private:
  std::string_view bytes_;
  std::size_t left_;
};

void ApplyParagraphChanges(std::string_view changes, DocData& data,
                           ParagraphFormat& format);

struct CharacterFormat {
  bool deleted = false, hidden = false, special = false, raised = false;
  bool object = false, binary = false;
  std::optional<std::uint32_t> picture;       // Its place in the stream Data.
  std::uint16_t symbol = 0, symbol_font = 0;  // 0: no symbol.
};

CharacterFormat ReadCharacterChanges(std::string_view changes);

// What stands at the end of a table's row.
struct RowFormat {
  std::vector<int> edges;  // Left edge of the first cell, then right edges.
  std::vector<std::uint16_t> cells;  // Flags of each, [MS-DOC 2.9.315].
  bool header = false;
  bool draws_rows = false;  // Lines between the rows.
};

RowFormat ReadRowChanges(std::string_view changes, DocData& data);

}  // namespace cairn
