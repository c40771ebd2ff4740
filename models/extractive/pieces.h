// Pieces: the words of a sentence as they are written, with their punctuation.
//
// text/words.h gives words for matching; a short answer needs the surface:
// "7,000,000", "$5.4", "Jean-Luc", and where a comma stands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/extractive/question.h"

namespace cairn::extractive {

struct Piece {
  std::size_t begin = 0;  // Without punctuation around it.
  std::size_t end = 0;
  std::string lower;
  bool capital = false;
  bool number = false;  // Starts with a digit, or a number word.
  bool stop = false;
  bool asked = false;   // A word of the question.
  bool breaks = false;  // Punctuation between it and the next piece.
  bool first = false;   // Of the sentence.
};

std::vector<Piece> SplitPieces(std::string_view sentence,
                               const Question& question);

}  // namespace cairn::extractive
