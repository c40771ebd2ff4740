// WriteDoc: the text of a Word file to blocks and tables.
#pragma once

#include <string_view>

#include "documents/document_builder.h"
#include "documents/formats/doc/fib.h"

namespace cairn {

// The streams WordDocument, the table stream that `fib` names, and Data (may be
// empty).
struct DocStreams {
  std::string_view main, table, data;
};

void WriteDoc(const DocStreams& streams, const Fib& fib,
              DocumentBuilder& builder);

// Of Word 6 and 95: paragraphs alone, with a warning.
void WriteOldDoc(std::string_view stream, const Fib& fib,
                 DocumentBuilder& builder);

}  // namespace cairn
