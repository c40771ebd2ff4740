// XmlParser: XML to what a reader can search and cite.
//
// Journal articles in JATS as articles (jats_writer.h). Any other by names:
// elements with elements are headings, elements with text lines "name: text",
// repeated flat elements tables, attributes lines too; elements within running
// text are part of it.
// Purity, threads and errors: as documents/parser.h; also NOT_XML.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& XmlParser();

}  // namespace cairn
