// Document: what a parser makes of bytes, and what is stored about it.
//
// The canonical text is UTF-8 (valid, NFC not forced), '\n' line ends, no NUL.
// Every span points into it. Blocks are in reading order and do not overlap;
// a table block's cells lie inside the block's span.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/span.h"

namespace cairn {

// On page `page` (from 1), in points of 1/72 inch, origin at the top left.
struct Box {
  std::uint32_t page = 0;
  float left = 0, top = 0, right = 0, bottom = 0;
  friend bool operator==(const Box&, const Box&) = default;
};

// Of a recording, in milliseconds from its beginning.
struct TimeRange {
  std::uint32_t begin_ms = 0, end_ms = 0;  // In this order, or equal.
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

enum class BlockType : std::uint8_t {
  kParagraph = 0,
  kHeading = 1,
  kListItem = 2,
  kTable = 3,
  kFigure = 4,
  kCode = 5,
};

// "paragraph", "heading", "list_item", "table", "figure", "code".
const char* NameOf(BlockType type);

struct Block {
  static constexpr std::uint32_t kNone = UINT32_MAX;

  BlockType type = BlockType::kParagraph;
  std::uint8_t level = 0;  // Heading 1..6; list item nesting from 1; else 0.
  ByteSpan span;
  // Index of the heading block this block stands under; kNone at the top. A
  // heading's own parent is the nearest heading of a lower level.
  std::uint32_t heading = kNone;
  std::uint32_t table = kNone;  // Index into ParsedDocument::tables.
  std::uint32_t page = 0;       // First page, from 1; 0: no pages.
  std::vector<Box> boxes;       // One or more per page; empty: none known.
  // When it is said; none: no recording.
  std::optional<TimeRange> time = std::nullopt;
  friend bool operator==(const Block&, const Block&) = default;
};

struct Cell {
  std::uint32_t row = 0, column = 0;  // From 0.
  std::uint32_t row_span = 1, column_span = 1;
  ByteSpan span;  // Empty span: an empty cell.
  bool header = false;
  std::optional<Box> box;
  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Table {
  std::uint32_t block = 0;  // Index of its block.
  ByteSpan caption;  // Inside the text, may be outside the block; empty: none.
  std::uint32_t rows = 0, columns = 0;
  std::uint32_t header_rows = 0;  // Leading rows that are headers.
  std::vector<Cell> cells;        // By row, then column.
  // For each row the bytes of the text it occupies (a line, usually).
  std::vector<ByteSpan> row_spans;
  friend bool operator==(const Table&, const Table&) = default;
};

using Metadata = std::map<std::string, std::string>;

struct ParsedDocument {
  std::string title;  // Plain text; may stand outside `text`; empty: unknown.
  std::string text;   // Canonical.
  std::vector<Block> blocks;
  std::vector<Table> tables;
  std::uint32_t pages = 0;  // 0: the format has none.
  // Pictures that may hold text and were not read: pages of a scan, figures.
  std::uint32_t unread_pictures = 0;
  bool unread_speech = false;  // There is sound, and no text of what is said.
  std::string language;  // BCP 47 primary tag such as "en"; empty: unknown.
  std::string format;    // "text", "markdown", "html", "csv", "pdf", ...
  // What the file says of itself: "author", "created" and "modified" (days as
  // 2024-03-05), "keywords", "subject", "duration" (0:12:05). "described_by" is
  // the model that told what a picture shows.
  Metadata properties;
  std::vector<std::string> warnings;  // What was mended, for people.
};

// What an ingestion is asked to take in.
struct DocumentSource {
  std::string id;     // "reports~2023.pdf"; unique in its collection.
  std::string title;  // Empty: what the parser finds, the file name or the id.
  std::string bytes;
  std::string media_type;  // "text/html", ...; empty: sniffed.
  std::string file_name;   // For sniffing, and a last title; may be empty.
  std::string source_uri;  // Where it came from, for people; may be empty.
  Metadata metadata;
};

// What of a document's bytes became text that can be found, in numbers.
struct Fidelity {
  std::uint32_t blocks = 0;
  std::uint64_t cells = 0;            // Of all tables.
  std::uint64_t characters = 0;       // Of the canonical text, no white space.
  std::uint64_t characters_kept = 0;  // Of these, the ones inside some chunk.
  std::uint32_t warnings = 0;
  friend bool operator==(const Fidelity&, const Fidelity&) = default;
};

// The stored record of a document and its current version.
struct Document {
  std::string id;
  std::string title;
  std::string version;  // First 16 hexadecimal digits of the SHA-256 below.
  std::string source_sha256;  // Of title, media type, metadata and bytes.
  std::string text_sha256;    // Of the canonical text.
  std::string format;
  std::string language;
  std::string source_uri;
  Metadata metadata;
  std::uint64_t source_bytes = 0;
  std::uint64_t text_bytes = 0;
  std::uint32_t pages = 0;
  std::uint32_t chunks = 0;
  std::uint32_t tables = 0;
  std::uint64_t tokens = 0;  // Of the embedding model, over all chunks.
  std::int64_t create_time_micros = 0;  // First version.
  std::int64_t update_time_micros = 0;  // Current version.
  Fidelity fidelity;  // All zero in records of before format 3.
  friend bool operator==(const Document&, const Document&) = default;
};

// Titles of the headings above `block`, outermost first.
std::vector<std::string> SectionPath(const ParsedDocument& document,
                                     std::uint32_t block);

// Checks every promise of this header (spans in range and on UTF-8 borders,
// order, indexes). Empty when all hold, else the first breach, for tests and
// for the border of the parser process.
std::string FindBreach(const ParsedDocument& document);

}  // namespace cairn
