// WriteLatexTable: the inside of a tabular environment to a table.
//
// Place: under LatexParser. Reads \multicolumn and \multirow; the rows above a
// first rule are headers. Threads: safe.
#pragma once

#include <string_view>

#include "documents/document_builder.h"

namespace cairn {

void WriteLatexTable(std::string_view rows, std::string_view caption,
                     DocumentBuilder& builder);

}  // namespace cairn
