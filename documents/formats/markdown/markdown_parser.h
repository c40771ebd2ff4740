// MarkdownParser: CommonMark with GitHub's tables to readable plain text.
//
// Markup is removed: links keep their text, images their alternative text,
// entities are decoded, raw inline HTML is dropped but for raised digits, HTML
// blocks are read as pages (html_parser.h), done tasks are ☑, others ☐. Title:
// the front matter's, else the first heading of level 1.
// Purity, threads and errors: as documents/parser.h. Library: md4c, only here.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& MarkdownParser();

}  // namespace cairn
