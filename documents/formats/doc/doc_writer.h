// WriteDoc: the text of a Word file to blocks and tables.
#pragma once

#include <cstddef>
#include <string_view>

#include "documents/document_builder.h"
#include "documents/formats/doc/fib.h"
#include "documents/formats/figures/document_pictures.h"

namespace cairn {

void WriteDoc(const DocStreams& streams, const Fib& fib,
              std::size_t nesting_max, DocumentPictures& pictures,
              DocumentBuilder& builder);

// Of Word 6 and 95: paragraphs alone, with a warning.
void WriteOldDoc(std::string_view stream, const Fib& fib,
                 DocumentBuilder& builder);

}  // namespace cairn
