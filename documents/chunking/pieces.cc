#include "documents/chunking/pieces.h"

#include <algorithm>

#include "text/words.h"

namespace cairn {
namespace {

// Shorter paragraphs are one piece; cutting them into sentences gains nothing.
constexpr std::size_t kWholeBytes = 160;

bool IsWhite(char sign) {
  return sign == ' ' || (sign >= '\t' && sign <= '\r');
}

bool InsideCharacter(std::string_view text, std::size_t offset) {
  return offset < text.size() &&
         (static_cast<unsigned char>(text[offset]) & 0xc0) == 0x80;
}

class Cutter {
 public:
  Cutter(const ParsedDocument& document, const CountTokens& count)
      : document_(document), text_(document.text), count_(count) {}

  std::vector<Piece> Run() {
    for (std::uint32_t i = 0; i < document_.blocks.size(); ++i) {
      const Block& block = document_.blocks[i];
      // What stands between blocks goes with the one before it.
      Take({.block = i == 0 ? 0 : i - 1}, block.span.begin);
      const std::size_t first = pieces_.size();
      AddBlock(i, block);
      if (pieces_.size() > first) pieces_[first].block_start = true;
    }
    const std::uint32_t last =
        document_.blocks.empty()
            ? 0
            : static_cast<std::uint32_t>(document_.blocks.size() - 1);
    Take({.block = last}, static_cast<std::uint32_t>(text_.size()));
    return std::move(pieces_);
  }

 private:
  // A piece like `sample` of all from the last piece to `end`.
  void Take(Piece sample, std::uint32_t end) {
    if (end <= at_) return;
    sample.span = TrimSpan(text_, {at_, end});
    at_ = end;
    if (sample.span.empty()) return;
    sample.tokens = static_cast<std::uint32_t>(count_(sample.span.Of(text_)));
    pieces_.push_back(sample);
  }

  void AddBlock(std::uint32_t index, const Block& block) {
    Piece sample;
    sample.block = index;
    switch (block.type) {
      case BlockType::kHeading:
        sample.kind = PieceKind::kHeading;
        sample.level = block.level;
        Take(sample, block.span.end);
        return;
      case BlockType::kTable:
        AddRows(sample, block);
        return;
      case BlockType::kCode:
        AddLines(sample, block);
        return;
      default:
        AddSentences(sample, block);
    }
  }

  void AddRows(Piece sample, const Block& block) {
    sample.table = block.table;
    const Table& table = document_.tables[block.table];
    for (std::uint32_t row = 0; row < table.row_spans.size(); ++row) {
      const ByteSpan span = table.row_spans[row];
      sample.kind = PieceKind::kText;  // The caption, usually.
      Take(sample, span.begin);
      sample.kind = PieceKind::kRow;
      sample.row = row;
      Take(sample, span.end);
    }
    Take(sample, block.span.end);
  }

  void AddLines(const Piece& sample, const Block& block) {
    for (std::uint32_t at = block.span.begin; at < block.span.end; ++at) {
      if (text_[at] == '\n') Take(sample, at);
    }
    Take(sample, block.span.end);
  }

  void AddSentences(const Piece& sample, const Block& block) {
    if (block.span.size() > kWholeBytes) {
      const std::string_view text = block.span.Of(text_);
      const std::vector<ByteSpan> sentences = SplitSentences(text);
      for (std::size_t i = 0; i + 1 < sentences.size(); ++i) {
        Take(sample, block.span.begin + sentences[i].end);
      }
    }
    Take(sample, block.span.end);
  }

  const ParsedDocument& document_;
  std::string_view text_;
  const CountTokens& count_;
  std::uint32_t at_ = 0;  // All before it is in a piece.
  std::vector<Piece> pieces_;
};

// The best cut of text[0, window): see FitPrefix.
std::size_t CutAt(std::string_view text, std::size_t window,
                  const std::vector<std::size_t>& borders) {
  if (window >= text.size()) return text.size();
  const auto after = std::upper_bound(borders.begin(), borders.end(), window);
  if (after != borders.begin() && *(after - 1) * 2 >= window) {
    return *(after - 1);
  }
  for (std::size_t i = window; i * 2 > window; --i) {
    if (IsWhite(text[i])) return i;
  }
  while (window > 0 && InsideCharacter(text, window)) --window;
  return window;
}

std::size_t FirstCharacter(std::string_view text) {
  std::size_t size = 1;
  while (InsideCharacter(text, size)) ++size;
  return std::min(size, text.size());
}

}  // namespace

ByteSpan TrimSpan(std::string_view text, ByteSpan span) {
  while (span.begin < span.end && IsWhite(text[span.begin])) ++span.begin;
  while (span.end > span.begin && IsWhite(text[span.end - 1])) --span.end;
  return span;
}

std::vector<Piece> CutPieces(const ParsedDocument& document,
                             const CountTokens& count) {
  return Cutter(document, count).Run();
}

std::size_t FitPrefix(std::string_view text, std::size_t tokens_max,
                      const std::vector<std::size_t>& borders,
                      const CountTokens& count) {
  // English has four bytes a token; three leaves most first tries good.
  std::size_t window = std::max<std::size_t>(tokens_max, 1) * 3;
  for (;;) {
    const std::size_t cut = CutAt(text, window, borders);
    if (cut == 0) return FirstCharacter(text);
    const std::size_t tokens = count(text.substr(0, cut));
    if (tokens <= tokens_max) return cut;
    const std::size_t smaller = cut * tokens_max / tokens;
    window = std::min(smaller, cut - 1);
    if (window == 0) return FirstCharacter(text);
  }
}

}  // namespace cairn
