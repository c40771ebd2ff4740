// XlsxParser: Excel workbooks (.xlsx, .xlsm, .xltx, .xltm).
//
// Kept: every sheet under a heading with its name (hidden ones with a warning),
// cells as Excel shows them (number_format.h) with the stored results of
// formulas, merged cells as spans, every separate table of a sheet as a table,
// titles above tables as captions, declared tables with their header rows,
// comments, charts as tables, text boxes, alternative texts and the words on
// pictures as figures.
// Left out: macros, pivot caches, page headers and footers, formulas as such.
// Purity, threads and errors: as documents/parser.h, ZipPackage and LoadXml.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& XlsxParser();

}  // namespace cairn
