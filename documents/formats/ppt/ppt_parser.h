// PptParser: PowerPoint presentations of 1997 to 2003 (.ppt, .pps, .pot).
//
// Kept as for .pptx: every slide as a page (hidden ones with a warning), its
// title as a heading, text by place, levels of an outline and bullets as list
// items, tables, alternative texts as figures, the words on pictures, the
// speaker's notes and comments as paragraphs that say so.
// Left out: dates, footers and slide numbers, text of masters, the stored
// values of charts and other embedded objects (with a warning).
// Purity and threads: as documents/parser.h. Errors: as CompoundFile,
// ReadPresentation and DocumentBuilder.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& PptParser();

}  // namespace cairn
