// What counts as a table: judgements on laid out candidates. Pure.
#pragma once

#include <vector>

#include "documents/formats/pdf/table_layout.h"

namespace cairn::pdf {

// A candidate that rulings frame or part.
bool IsGridTable(const LaidOut& candidate, const Grid& grid);
// The labels of a chart's bars: numbers, and no word beside them.
bool IsChartLabels(const LaidOut& candidate);
// Mostly in a monospaced font: a listing of a program, unless all is.
bool IsListing(const LaidOut& candidate);
// A candidate of white space alone: it must look like columns of values.
bool IsFreeTable(const LaidOut& candidate);
// Lines between two horizontal rules that may be rows, and not prose.
bool IsTableBand(const std::vector<const TextRow*>& lines);
// A short line between two rules that may head the rows below it.
bool IsSubheading(const std::vector<const TextRow*>& lines);

}  // namespace cairn::pdf
