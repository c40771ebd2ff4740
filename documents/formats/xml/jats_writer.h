// WriteJats: a journal article in JATS (ANSI/NISO Z39.96) to blocks.
//
// Place: under XmlParser. Shown: title, authors, abstract, keywords, sections,
// lists, tables with captions and notes, captions of figures, formulas (TeX
// where there is some), footnotes, acknowledgements, appendices, references,
// articles within the article (reviews).
// Threads: safe.
#pragma once

#include "documents/document_builder.h"
#include "documents/formats/xml/xml_tree.h"

namespace cairn {

// The article elements within; empty: no JATS.
std::vector<const XmlNode*> FindJatsArticles(const XmlTree& tree);

void WriteJats(const XmlTree& tree, const XmlNode& article,
               DocumentBuilder& builder);

}  // namespace cairn
