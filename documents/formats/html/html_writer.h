// WriteHtml: a page's tree to blocks and tables.
#pragma once

#include "documents/document_builder.h"
#include "documents/formats/html/html_tree.h"

namespace cairn {

// Adds what a reader sees, the title and the language.
void WriteHtml(const HtmlTree& tree, DocumentBuilder& builder);

// A chapter of a book: everything visible, since its asides are notes and its
// heads are titles. No title, no language.
void WriteHtmlChapter(const HtmlTree& tree, DocumentBuilder& builder);

}  // namespace cairn
