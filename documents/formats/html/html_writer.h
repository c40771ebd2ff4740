// WriteHtml: a page's tree to blocks and tables.
#pragma once

#include <functional>
#include <string_view>

#include "documents/document_builder.h"
#include "documents/formats/html/html_tree.h"

namespace cairn {

// Adds what a reader sees, the title and the language.
void WriteHtml(const HtmlTree& tree, DocumentBuilder& builder);

// A chapter of a book: everything visible, since its asides are notes and its
// heads are titles. No title, no language. `on_picture` is called with the
// source of every picture that stands in no table, once the block that holds it
// is written; it may add blocks.
void WriteHtmlChapter(
    const HtmlTree& tree,
    const std::function<void(std::string_view source)>& on_picture,
    DocumentBuilder& builder);

}  // namespace cairn
