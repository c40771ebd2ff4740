// LatexParser: LaTeX source to what a reader of the page sees.
//
// Sections, abstract, paragraphs, lists, tabulars with captions, captions of
// figures, notes, references (thebibliography), code; formulas as their source.
// Files of \input and the like are not read: a warning names how many.
// Title: \title. Purity, threads and errors: as documents/parser.h.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& LatexParser();

}  // namespace cairn
