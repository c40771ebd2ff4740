// Captions: paragraphs that say which table stands beside them.
//
// Place: DocumentBuilder, when a document is complete. Many formats have no
// element for a caption, or files do not use it: "Table 3. Limits" is then a
// paragraph above or below the table.
// Pure function.
#pragma once

#include "domain/document.h"

namespace cairn {

// Gives tables without a caption the paragraph next to them that is one; the
// one above comes first, and none serves two tables.
void AdoptCaptions(ParsedDocument& document);

}  // namespace cairn
