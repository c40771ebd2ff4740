// NotebookParser: a Jupyter notebook to blocks.
//
// Markdown cells go through the Markdown parser, code cells are code blocks,
// outputs are tables (of HTML that has one), Markdown or code blocks. Pictures
// and other binary outputs are counted in a warning. Title: the metadata's,
// else the first heading of level 1.
// Purity, threads and errors: as documents/parser.h; also BAD_JSON,
// NOT_A_NOTEBOOK and TOO_MANY_VALUES.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& NotebookParser();

}  // namespace cairn
