// RtfTable: rows of an RTF table, as they are defined, to a grid of cells.
//
// Place: under RtfReader. Why: RTF has no tables, only rows, each with the
// right edges of its own cells; a cell spans the columns that other rows have
// between its edges.
// Threads: none. Limits: at most kRtfColumnsMax edges; what is beyond falls
// into the last.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "documents/document_builder.h"

namespace cairn {

inline constexpr std::size_t kRtfColumnsMax = 500;

struct RtfCellDefinition {
  int right_edge = 0;        // Twips.
  bool joins_left = false;   // \clmrg
  bool joins_above = false;  // \clvmrg
};

class RtfTable {
 public:
  // `definitions` may be fewer or more than the texts.
  void AddRow(std::vector<RtfCellDefinition> definitions,
              std::vector<std::string> texts, bool header);
  bool empty() const { return rows_.empty(); }

  // Writes the rows, if any, and forgets them.
  void Write(DocumentBuilder& builder);

 private:
  struct PlacedCell {
    std::string text;
    int right_edge = 0;
    bool joins_above = false;
    std::uint32_t column = 0;
    std::uint32_t row_span = 1, column_span = 1;
    bool header = false;
    bool dropped = false;  // Part of a cell above.
  };

  void Place();
  void JoinRows();

  std::vector<std::vector<PlacedCell>> rows_;
  std::uint32_t header_rows_ = 0;
};

}  // namespace cairn
