// EpubParser: books (.epub), versions 2 and 3.
//
// Kept: the chapters in reading order as one document, as the HTML parser reads
// them; words on pictures as figures; title and language of the book. Left
// out: the table of contents, pictures without words or alternative text,
// chapters that are drawings (a warning).
// Books locked by copy protection are refused.
// Purity, threads and errors: as documents/parser.h, ZipPackage and LoadXml;
// also TOO_MANY_ELEMENTS.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& EpubParser();

}  // namespace cairn
