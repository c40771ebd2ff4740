// DocxParser: Word documents (.docx, .docm, .dotx, .dotm, transitional and
// strict).
//
// Kept: paragraphs, headings (by style or outline level) and list items with
// the numbers Word shows, tables, text boxes, hyperlinks' text, results of
// fields, equations as text, charts as tables, SmartArt text, alternative texts
// and words on pictures as figures, foot- and endnotes and comments as
// paragraphs after the one that refers to them, insertions, page headers and
// footers once, before the text and without page numbers. Left out: deletions,
// hidden text and embedded objects (with a warning), macros. Purity, threads
// and errors: as documents/parser.h, ZipPackage and LoadXml.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& DocxParser();

}  // namespace cairn
