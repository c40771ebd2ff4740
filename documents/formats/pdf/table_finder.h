// Finds the tables of a page and takes them out of its lines.
//
// Place: after running headers are dropped and before blocks are made. First
// what rulings frame or part, then runs of lines whose white space makes
// columns of values. Prose in columns, tables of contents, lists and the labels
// of charts are left as they are. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/table_layout.h"

namespace cairn::pdf {

struct PageTables {
  std::vector<PageTable> tables;
  // What remains of the upright lines, and for each table a piece that stands
  // in for it (its `table` is the index in `tables`).
  std::vector<Piece> rest;
  std::vector<Line> aside;  // What remains of the turned lines.
};

// `lines` are the lines of one page in reading order. Nothing is found when
// `tables` comes back empty; the rest is then empty too.
PageTables FindTables(const std::vector<Line>& lines,
                      const std::vector<Ruling>& rulings);

}  // namespace cairn::pdf
