// HtmlParser: the visible text of a page, with headings, lists and tables.
//
// script, style, template, hidden elements and the like are dropped;
// navigation, page heads and feet, asides beside the main text too, when the
// page has other text to show; a head with the only h1 stays. Raised digits
// become characters of their own (10⁶), terms stand before what is said of
// them, pictures are figures with their alternative text. Title: <title>, else
// the first h1. Language: the lang attribute.
// Purity, threads and errors: as documents/parser.h; also TOO_MANY_ELEMENTS.
// Elements deeper than limits.nesting_max lose their tags, not their text.
// Library: gumbo, only here.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& HtmlParser();

}  // namespace cairn
