// The words of PDF layout: glyphs, pieces of lines, lines.
//
// Coordinates: glyphs and lines live in reading space, where text runs to the
// right along u and lines follow each other down along v, whatever way it is
// turned on the page. A Turn leads from page space (points, origin at the top
// left of the page as displayed) to reading space and back. For upright text
// both are the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "domain/document.h"

namespace cairn::pdf {

struct Rect {
  float left = 0, top = 0, right = 0, bottom = 0;

  float width() const { return right - left; }
  float height() const { return bottom - top; }
  void Include(const Rect& other);
};

// The direction text runs in, as a unit vector in page space.
struct Turn {
  float cosine = 1, sine = 0;

  Rect ToReading(const Rect& page) const;
  Rect ToPage(const Rect& reading) const;
  friend bool operator==(const Turn&, const Turn&) = default;
};

struct Font {
  bool bold = false;
  bool italic = false;
  bool monospaced = false;
};

struct Glyph {
  char32_t sign = 0;
  Rect box;  // Reading space; from the baseline and the size, not the ink.
  float baseline = 0;
  float size = 0;  // Of the font, in points as displayed.
  Font font;
  bool space_before = false;
};

// A straight line of the page's drawing along one axis of reading space: a
// stroke, a thin filled rectangle or an edge of a shaded area.
struct Ruling {
  bool horizontal = true;
  float at = 0;            // v of a horizontal one, u of a vertical one.
  float from = 0, to = 0;  // Along the other axis.
  bool area = false;       // The edge of a shaded area, not a line.
};

// All glyphs of one direction on a page, in the order of the file.
struct TextRun {
  Turn turn;
  std::vector<Glyph> glyphs;
};

struct PageText {
  float width = 0, height = 0;  // As displayed.
  std::vector<TextRun> runs;    // The direction with the most glyphs first.
  std::vector<Ruling> rulings;  // In the reading space of the first run.
  std::size_t unreadable = 0;   // Glyphs without a known character.
  float picture_share = 0;      // Of the page, that its largest picture covers.
  bool blank = false;           // Nothing is drawn on it.
};

// A word of a piece: where it stands, and its bytes in the piece's text.
struct PieceWord {
  float left = 0, right = 0;
  std::uint32_t begin = 0, end = 0;
  bool leader = false;  // Dots that lead the eye to the next column.
};

// A part of a line with no wide gap inside: all of a line of prose, a cell of a
// table row.
struct Piece {
  std::string text;  // UTF-8, words parted by single spaces.
  Rect box;
  float baseline = 0;
  float size = 0;  // Of most of its signs.
  std::uint32_t signs = 0, letters = 0, words = 0;
  std::uint32_t bold = 0, monospaced = 0, right_to_left = 0;  // Signs.
  std::vector<PieceWord> parts;                               // Its words.
  std::int32_t table = -1;  // A stand-in for this table of the document.
};

struct Line {
  std::vector<Piece> pieces;  // In reading order; at least one.
  Rect box;
  float baseline = 0;
  float size = 0;
  std::uint32_t page = 0;    // From 1.
  std::uint32_t region = 0;  // Lines of one column have one number.
  Turn turn;
  float page_top = 0, page_height = 0;  // In reading space.
  bool all_bold = false;
  bool monospaced = false;
  bool right_to_left = false;
  bool main = false;     // Of the page's main direction.
  bool upright = false;  // Of it, which is along an edge of the page.

  std::int32_t table() const { return pieces.front().table; }
  // Of the baseline, from the upper edge of the page.
  float depth() const { return baseline - page_top; }

  // The pieces, parted by `gap`.
  std::string Text(const char* gap = " ") const;
  std::uint32_t letters() const;
  std::uint32_t signs() const;
  Box PageBox() const;
};

// UTF-8 of a character; nothing for what is no text. Ligatures are spelled out.
void AppendSign(std::string& out, char32_t sign);

bool IsLetter(char32_t sign);
bool IsRightToLeft(char32_t sign);
bool IsIdeograph(char32_t sign);
bool IsLowerCase(char32_t sign);
bool IsUpperCase(char32_t sign);

}  // namespace cairn::pdf
