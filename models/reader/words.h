// Words of a text as the reader sees them, with the ids of their pieces.
//
// The cut is the one of tools/reader/pairs.py, with which the weights were
// trained: a word is a run without blanks and signs, or one sign.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/span.h"
#include "models/tokenizer.h"

namespace cairn::reader {

struct CutText {
  std::vector<ByteSpan> words;        // Of the text.
  std::vector<std::int32_t> ids;      // Of all words, one after the other.
  std::vector<std::uint32_t> pieces;  // How many ids each word has; 1 or more.
};

// Words up to the first that would go beyond `pieces_max` ids. A word without
// pieces (nothing but signs that the tokenizer drops) is left out.
CutText Cut(std::string_view text, const Tokenizer& tokenizer,
            std::size_t pieces_max);

std::vector<ByteSpan> SplitWords(std::string_view text);

// One sign of punctuation, the whole of `word`.
bool IsSign(std::string_view word);

}  // namespace cairn::reader
