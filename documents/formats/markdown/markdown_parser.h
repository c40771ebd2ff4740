// MarkdownParser: CommonMark with GitHub's tables to readable plain text.
//
// Markup is removed: links keep their text, images their alternative text,
// entities are decoded, raw inline HTML is dropped, HTML blocks lose their
// tags. Title: the front matter's, else the first heading of level 1.
// Purity, threads and errors: as documents/parser.h. Library: md4c, only here.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& MarkdownParser();

}  // namespace cairn
