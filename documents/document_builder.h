// DocumentBuilder: writes canonical text, blocks and tables in step.
//
// Place: the parsers whose canonical text differs from their input (Markdown,
// HTML, CSV) build their result with it, so that spans, heading parents, block
// separation and limits are right in one place. Blocks are separated by an
// empty line, list items of one list and table rows by a line break.
// Life cycle: add blocks in reading order, then Finish once.
// Threads: none; one parse owns it.
// Errors: once a limit is exceeded every call is a no-op and Finish returns
// INVALID_ARGUMENT with TEXT_TOO_LARGE, TOO_MANY_BLOCKS, TOO_MANY_CELLS or
// TOO_MANY_PAGES.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "base/utf8.h"
#include "domain/document.h"

namespace cairn {

struct CellDraft {
  std::string_view text;
  std::uint32_t column = 0;
  std::uint32_t row_span = 1, column_span = 1;
  bool header = false;
};

class DocumentBuilder {
 public:
  DocumentBuilder(std::string_view format, const Limits& limits);

  // A block of valid UTF-8. Blocks of white space only are dropped. `level` as
  // in domain/document.h.
  void AddBlock(BlockType type, std::string_view text, std::uint8_t level = 0);

  // When the block that was added last is said or shown.
  void SetTime(const TimeRange& time);

  // A table: BeginTable, then for every row BeginRow and its cells by column,
  // then EndTable. White space inside a cell is collapsed to single spaces
  // unless `verbatim`, where only line breaks become spaces. Cells that leave
  // gaps in the grid get empty slots in the line of their row. Cells must not
  // claim columns twice; rows are closed by the next BeginRow.
  void BeginTable(std::string_view caption, bool verbatim = false);
  void BeginRow();
  void AddCell(const CellDraft& cell);
  void EndTable(std::uint32_t header_rows);

  // What follows stands on the next page (a slide), and under no heading of the
  // pages before it.
  void BeginPage();

  void SetTitle(std::string_view title);
  void SetLanguage(std::string_view tag);
  // What the file says of itself, with the keys of domain/document.h. The first
  // value of a key counts; empty ones do not.
  void SetProperty(std::string_view key, std::string_view value);
  void AddWarning(std::string warning);
  // "3 shapes were left out"; nothing of none.
  void AddWarning(std::size_t count, std::string_view what);

  bool failed() const { return !status_.ok(); }
  std::size_t text_bytes() const { return document_.text.size(); }
  bool has_title() const { return !document_.title.empty(); }

  // EMPTY_DOCUMENT when nothing was added.
  StatusOr<ParsedDocument> Finish() &&;
  // For documents whose text comes later: what was set, no blocks.
  ParsedDocument FinishWithoutText() &&;

 private:
  bool Fits(std::size_t more_bytes);
  void Separate(BlockType type);
  std::uint32_t ParentOf(BlockType type, std::uint8_t level) const;
  void Fail(std::string_view what, std::string_view limit, std::size_t value,
            std::string_view reason);
  void CloseRow();
  void DropTable(std::size_t text_size);

  Limits limits_;
  Status status_;
  ParsedDocument document_;
  std::uint32_t last_heading_ = Block::kNone;
  std::size_t cells_ = 0;

  // The table being built.
  Table table_;
  std::size_t table_start_ = 0;
  std::uint32_t row_start_ = 0;
  std::uint32_t next_column_ = 0;  // First column without a slot in the line.
  bool row_open_ = false;
  bool verbatim_ = false;
};

// Runs of white space (no-break space too) become one space; none at the ends.
std::string CollapseWhiteSpace(std::string_view text);
void AppendCollapsed(std::string& out, std::string_view text);

std::string_view TrimWhiteSpace(std::string_view text);

// Lines with their white space collapsed, no empty ones.
std::string CollapseLines(std::string_view text);

// Without the empty lines at the start and the white space at the end; the
// first line keeps its indentation.
std::string_view TrimCode(std::string_view text);

}  // namespace cairn
