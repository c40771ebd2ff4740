// RtfRow: the row of a table that is being read: what its cells are said to be,
// and their texts so far.
//
// Place: under RtfReader. Threads: none. Limits: kRtfColumnsMax definitions,
// twice as many texts; those beyond join the last.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/rtf/rtf_lexer.h"
#include "documents/formats/rtf/rtf_table.h"

namespace cairn {

class RtfRow {
 public:
  // True: the word is of a row's definition.
  bool Word(const RtfToken& token);

  // A paragraph of the cell that is open.
  void AddParagraph(std::string_view text);
  // `rest`: of its text.
  void EndCell(std::string_view rest);
  void End(std::string_view rest, RtfTable& table);

  bool empty() const { return cell_.empty() && cells_.empty(); }
  bool has_cells() const { return !cells_.empty(); }

 private:
  std::vector<RtfCellDefinition> definitions_;
  RtfCellDefinition definition_;  // The next one.
  std::vector<std::string> cells_;
  std::string cell_;
  bool header_ = false;
};

}  // namespace cairn
