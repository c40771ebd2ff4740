// DocTables: the cells of a Word table, as its paragraphs come in.
//
// Word has no tables, only paragraphs that say how deep inside of tables they
// stand, and marks where cells and rows end; the mark of a row has the edges of
// its cells. Tables inside of cells become one line of their cell.
// Life cycle: one table at a time: Add its paragraphs, then Take it.
// Threads: none. Limits: tables deeper than kDocTableDepthMax count as that
// deep.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/doc/anchors.h"
#include "documents/formats/doc/formatting.h"

namespace cairn {

inline constexpr int kDocTableDepthMax = 5;

// A paragraph that is ready to be written, and where it stood.
struct DocBlock {
  BlockType type = BlockType::kParagraph;
  std::uint8_t level = 0;
  std::string text;   // As a block of its own.
  std::string label;  // Number of a list item or heading; part of the text too.
  TextRange range;
  std::size_t inner_table = 0;  // From 1, see DocTables::inner; 0: none.
};

class DocTables {
 public:
  enum class Mark { kNone, kCell, kRow };

  bool empty() const { return levels_.empty(); }
  // `depth` from 1. `row`: of a row's mark; its block is not used.
  void Add(int depth, DocBlock block, Mark mark, const RowFormat& row);

  struct Cell {
    std::vector<DocBlock> blocks;
    std::string Text() const;
  };
  struct Row {
    std::vector<Cell> cells;
    RowFormat format;
  };
  // All rows so far; forgets them, but not the tables inside of their cells,
  // which stand there as one line too.
  std::vector<Row> Take();
  std::vector<Row> TakeInner(std::size_t inner_table);

 private:
  struct Level {
    std::vector<Row> rows;
    Row row;    // The one being read.
    Cell cell;  // Likewise.
  };

  static void EndCell(Level& level);
  static void EndRow(Level& level, const RowFormat& format);
  void CloseInner();

  std::vector<Level> levels_;
  std::vector<std::vector<Row>> inner_;
};

// No row has two cells, and it is no list in a grid: several rows of one line
// each with lines between them.
bool IsDocLayout(const std::vector<DocTables::Row>& rows);

void WriteDocTable(std::vector<DocTables::Row> rows, DocumentBuilder& builder);

}  // namespace cairn
