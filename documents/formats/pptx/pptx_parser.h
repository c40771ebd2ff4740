// PptxParser: PowerPoint presentations (.pptx, .pptm, .ppsx, .potx).
//
// Kept: every slide as a page, in the order of the presentation (hidden ones
// with a warning): its title as a heading, text by place on the slide, levels
// of an outline as list items, tables, charts as tables of their stored values,
// text of SmartArt, alternative texts and words on pictures as figures, the
// speaker's notes and comments as paragraphs that say so.
// Left out: dates, footers and slide numbers, animations, text of masters.
// Purity, threads and errors: as documents/parser.h, ZipPackage and LoadXml.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& PptxParser();

}  // namespace cairn
