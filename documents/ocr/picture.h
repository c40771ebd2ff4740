// Pictures, and what is read in them.
//
// Coordinates are pixels of the picture as it was given, origin at the top
// left, unless said otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cairn::ocr {

struct Picture {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> grey;  // Row by row; 0 is black.
  float dots_per_inch = 72;        // 72 when the file names none.
};

// A sign of a word and the pixels it covers across.
struct PictureSign {
  char32_t sign = 0;
  float left = 0, right = 0;
};

struct PictureWord {
  std::vector<PictureSign> signs;  // At least one, in reading order.
  float left = 0, top = 0, right = 0, bottom = 0;  // Of the ink.
  float baseline = 0;
  float size = 0;        // Of the font: from the foot to the head of letters.
  float confidence = 0;  // 0 to 100.
  bool bold = false;
  bool begins_line = false;
};

struct PictureLine {
  bool horizontal = true;
  float at = 0;            // y of a horizontal one, x of a vertical one.
  float from = 0, to = 0;  // Along the other axis.
};

// How the picture was turned to read it: first by quarter turns clockwise, then
// by `radians` clockwise around its middle. Words and lines are told in the
// turned picture, whose pixels are as large as those of the given one.
struct Turned {
  std::uint32_t width = 0, height = 0;  // After the quarter turns.
  int quarters = 0;                     // 0 to 3.
  float radians = 0;
};

struct ReadPage {
  Turned turned;
  std::vector<PictureWord> words;  // Those of one line follow each other.
  std::vector<PictureLine> lines;
  float confidence = 0;     // 0 to 100: of all signs; 0 without words.
  std::size_t dropped = 0;  // Words that were hardly more than guesses.
};

}  // namespace cairn::ocr
