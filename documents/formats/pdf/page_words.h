// Pieces of lines from glyphs.
//
// Glyphs next to each other on one baseline make words, words parted by no more
// than a word space make pieces. A wider gap, as between columns of text or
// cells of a table, ends a piece. Pure.
#pragma once

#include <vector>

#include "documents/formats/pdf/page_text.h"

namespace cairn::pdf {

// By baseline, then from left to right. Text drawn twice in place (a fake bold)
// comes out once.
std::vector<Piece> MakePieces(std::vector<Glyph> glyphs);

}  // namespace cairn::pdf
