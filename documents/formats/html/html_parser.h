// HtmlParser: the visible text of a page, with headings, lists and tables.
//
// script, style, template, hidden elements and the like are dropped;
// navigation, page heads and feet, asides too, when the page has other text to
// show. Title: <title>, else the first h1. Language: the lang attribute.
// Purity, threads and errors: as documents/parser.h; also TOO_MANY_ELEMENTS.
// Elements deeper than limits.nesting_max lose their tags, not their text.
// Library: gumbo, only here.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& HtmlParser();

}  // namespace cairn
