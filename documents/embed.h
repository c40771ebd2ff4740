// Embed: a parsed document inside another, such as an attachment in an e-mail
// or a Markdown cell in a notebook.
//
// Place: parsers of formats that carry other formats. Pure; threads: safe.
// Limits: those of the builder; boxes and pages are not carried over.
#pragma once

#include <cstdint>
#include <string_view>

#include "documents/document_builder.h"
#include "domain/document.h"

namespace cairn {

// Adds blocks, tables and warnings of `part` in their order; each warning
// begins with `name` when there is one. Headings move down by `levels_down`,
// to level 6 at most.
void EmbedDocument(const ParsedDocument& part, std::string_view name,
                   std::uint8_t levels_down, DocumentBuilder& builder);

}  // namespace cairn
