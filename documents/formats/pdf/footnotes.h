// Footnotes: moved behind the text of their page.
//
// Notes at the foot of the left column would otherwise stand in the middle of a
// sentence that goes on at the top of the right one. Pure.
#pragma once

#include <string>
#include <vector>

#include "documents/formats/pdf/page_text.h"

namespace cairn::pdf {

// `lines` of one page in reading order. Notes are the last lines of a column,
// smaller than the page's text, from the first that begins with a mark on.
void MoveNotesDown(std::vector<Line>& lines);

// "Figure 3: ...", "Fig. 2.1. ...": the caption of a figure, not a sentence
// about one.
bool IsFigureCaption(const std::string& text);

}  // namespace cairn::pdf
