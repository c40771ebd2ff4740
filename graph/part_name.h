// Part names: "Section 4.2" of one document as a name of the graph.
//
// Many documents have a section 4.2. The name of a part therefore holds its
// scope, a document or a book (the files of one folder, where each may be a
// chapter), and begins with a sign that no folded name has: it is never found
// in text and means the same part whoever names it.
// Pure functions; threads: safe.
#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"

namespace cairn {

// `key`: of text/labels.h. `book`: of BookOf.
std::string PartName(DocumentKey document, std::string_view key);
std::string PartName(std::string_view book, std::string_view key);

// "handbook~" of "handbook~chapter-4.html"; empty: the file is in no folder.
std::string_view BookOf(std::string_view document_id);

}  // namespace cairn
