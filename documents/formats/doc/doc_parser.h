// DocParser: Word documents of 1997 to 2003 (.doc, .dot).
//
// Kept as for .docx: paragraphs, headings (by style or outline level) and list
// items with the numbers Word shows, tables with merged cells, text boxes,
// results of fields, foot- and endnotes and comments as paragraphs after the
// one that refers to them, alternative texts and the words on pictures as
// figures, page headers and footers once, before the text.
// Left out: deletions, hidden text and embedded objects (with a warning),
// macros. Of Word 6 and 95 the text alone.
// Purity and threads: as documents/parser.h. Errors: as CompoundFile, ReadFib
// and DocumentBuilder.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& DocParser();

}  // namespace cairn
