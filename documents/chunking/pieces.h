// Pieces: a document cut into what a chunk is made of.
//
// Place: under MakeChunks. A piece is a heading, a sentence, a line of code, a
// table row, or text that no block claims. Pieces are in order, do not overlap
// and together hold every byte of the canonical text that is not ASCII white
// space. Each piece's tokens are counted once, here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "domain/document.h"
#include "domain/span.h"

namespace cairn {

enum class PieceKind : std::uint8_t { kHeading, kText, kRow };

struct Piece {
  static constexpr std::uint32_t kNone = UINT32_MAX;

  PieceKind kind = PieceKind::kText;
  std::uint8_t level = 0;       // Of a heading.
  bool block_start = false;     // First piece of its block.
  std::uint32_t block = 0;      // That it belongs to or follows.
  std::uint32_t table = kNone;  // Set for every piece of a table block.
  std::uint32_t row = 0;        // Of a row.
  std::uint32_t tokens = 0;
  ByteSpan span;
};

using CountTokens = std::function<std::size_t(std::string_view)>;

std::vector<Piece> CutPieces(const ParsedDocument& document,
                             const CountTokens& count);

// The longest cheap-to-find prefix of `text` that holds at most `tokens_max`
// tokens, cut at one of `borders` (offsets into `text`, ascending) if one lies
// in its second half, else at white space, else between characters. Never
// empty for a non-empty text.
std::size_t FitPrefix(std::string_view text, std::size_t tokens_max,
                      const std::vector<std::size_t>& borders,
                      const CountTokens& count);

// `span` without ASCII white space at its ends.
ByteSpan TrimSpan(std::string_view text, ByteSpan span);

}  // namespace cairn
