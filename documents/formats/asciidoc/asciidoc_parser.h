// AsciidocParser: AsciiDoc (.adoc, .asciidoc) to readable plain text.
//
// Headings, paragraphs, lists, tables with captions, code, figures' captions.
// Comments and attributes are left out; include:: is not followed and counted
// in a warning. Title: the heading "= Title".
// Purity, threads and errors: as documents/parser.h.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& AsciidocParser();

}  // namespace cairn
