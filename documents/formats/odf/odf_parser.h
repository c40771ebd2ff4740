// Parsers of OpenDocument: texts (.odt, .ott, .fodt), spreadsheets (.ods, .ots,
// .fods) and presentations (.odp, .otp, .fodp).
//
// Kept: headings with their levels, lists, tables with spans, foot- and
// endnotes and comments as paragraphs that say so, text boxes, alternative
// texts and words on pictures as figures, charts as tables, formulas in one
// line; every sheet under a heading with its name; every slide as a page with
// the speaker's notes.
// Lists and headings have the numbers that people see; page headers and footers
// of texts stand once, before the text and without page numbers. Left out, with
// a warning: tracked deletions, tables of contents. Left out: macros.
// Purity, threads and errors: as documents/parser.h, ZipPackage and LoadXml.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& OdtParser();
const FormatParser& OdsParser();
const FormatParser& OdpParser();

}  // namespace cairn
