#include "documents/chunking/chunker.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "documents/chunking/contexts.h"
#include "documents/chunking/pieces.h"

namespace cairn {
namespace {

// A chunk under so many tokens is joined with its neighbour where it fits.
constexpr std::size_t kSmallTokens = 40;
constexpr std::size_t kAncestorsMax = 16;

class Chunker {
 public:
  Chunker(const ParsedDocument& document, std::string_view title,
          const ChunkerOptions& options, const TokenCounter& count,
          const Limits& limits)
      : document_(document),
        options_(options),
        count_(count),
        limits_(limits),
        contexts_(document, title, options, count),
        pieces_(CutPieces(document, count)) {}

  StatusOr<std::vector<Chunk>> Run() {
    for (std::size_t i = 0; i < pieces_.size() && status_.ok(); ++i) {
      if (pieces_[i].kind == PieceKind::kHeading) {
        AddHeading(i);
      } else {
        AddBody(i);
      }
    }
    FlushHeadings();
    Close();
    CAIRN_RETURN_IF_ERROR(status_);
    return std::move(chunks_);
  }

 private:
  // The chunk being filled.
  struct Open {
    bool used = false;
    Piece first, last;
    std::uint32_t table = Piece::kNone;
    std::uint32_t first_row = 0, last_row = 0;
    std::size_t tokens = 0;  // Without the context.
    Context context;
  };

  void AddHeading(std::size_t index) {
    const Piece& piece = pieces_[index];
    if (headings_.empty()) {
      if (piece.level <= 2 || !SectionFits(index)) Close();
    }
    if (piece.level <= 2) {
      Close();
      ++region_;
    }
    headings_.push_back(piece);
    heading_tokens_ += piece.tokens;
    if (heading_tokens_ * 2 > options_.max_tokens) FlushHeadings();
  }

  // Whether the section that begins at `index` joins the chunk at hand.
  bool SectionFits(std::size_t index) const {
    std::size_t tokens = open_.tokens;
    for (std::size_t i = index; i < pieces_.size(); ++i) {
      if (i > index && pieces_[i].kind == PieceKind::kHeading) return true;
      tokens += pieces_[i].tokens;
      if (tokens > options_.target_tokens) return false;
    }
    return true;
  }

  void AddBody(std::size_t index) {
    const Piece& piece = pieces_[index];
    if (open_.used && EndsBefore(index)) Close();
    Add(piece);
  }

  bool EndsBefore(std::size_t index) const {
    const Piece& piece = pieces_[index];
    if (piece.table != open_.table) {
      // Words that lead to a table stay with it when they are few.
      return open_.table != Piece::kNone || open_.tokens >= kSmallTokens;
    }
    if (piece.table != Piece::kNone || !piece.block_start) return false;
    // Better a border of paragraphs a little early than one inside the next.
    if (open_.tokens * 4 < options_.target_tokens * 3) return false;
    std::size_t tokens = open_.tokens;
    for (std::size_t i = index;
         i < pieces_.size() && pieces_[i].block == piece.block; ++i) {
      tokens += pieces_[i].tokens;
      if (tokens * 4 > options_.target_tokens * 5) return true;
    }
    return false;
  }

  void Add(const Piece& piece) {
    const std::size_t need = heading_tokens_ + piece.tokens;
    if (open_.used &&
        open_.context.tokens + open_.tokens + need > options_.max_tokens) {
      Close();
    }
    if (!open_.used) Start(headings_.empty() ? piece : headings_[0], piece);
    if (open_.context.tokens + open_.tokens + need > options_.max_tokens) {
      AddTorn(piece);
      return;
    }
    TakeHeadings();
    Take(piece);
    if (open_.tokens >= options_.target_tokens) Close();
  }

  void Start(const Piece& first, const Piece& body, bool torn = false) {
    open_ = Open();
    open_.used = true;
    open_.first = open_.last = first;
    open_.context = contexts_.For(first, body, torn);
  }

  void TakeHeadings() {
    for (const Piece& heading : headings_) Take(heading);
    headings_.clear();
    heading_tokens_ = 0;
  }

  void Take(const Piece& piece) {
    open_.last = piece;
    open_.tokens += piece.tokens;
    if (piece.table == Piece::kNone) return;
    if (open_.table == Piece::kNone) {
      open_.table = piece.table;
      open_.first_row = piece.row;
    }
    open_.last_row = piece.row;
  }

  // Headings with nothing under them, or too many in a row.
  void FlushHeadings() {
    if (headings_.empty()) return;
    const std::vector<Piece> headings = std::move(headings_);
    headings_.clear();
    heading_tokens_ = 0;
    for (const Piece& heading : headings) Add(heading);
  }

  // A piece that no chunk can hold whole.
  void AddTorn(const Piece& piece) {
    TakeHeadings();
    std::vector<std::size_t> borders = CellBorders(piece);
    Piece rest = piece;
    bool torn = false;
    while (!rest.span.empty() && status_.ok()) {
      if (!open_.used) Start(rest, rest, torn);
      const std::size_t used = open_.context.tokens + open_.tokens;
      const std::size_t room =
          options_.max_tokens > used ? options_.max_tokens - used : 1;
      const std::string_view text = rest.span.Of(document_.text);
      const std::size_t size = FitPrefix(text, room, borders, count_);
      Piece part = rest;
      part.span.end = part.span.begin + static_cast<std::uint32_t>(size);
      part.tokens =
          static_cast<std::uint32_t>(count_(part.span.Of(document_.text)));
      rest.span = TrimSpan(document_.text, {part.span.end, rest.span.end});
      part.span = TrimSpan(document_.text, part.span);
      Rebase(rest.span.begin - part.span.begin, borders);
      torn = true;
      Take(part);
      const bool ends = rest.span.empty();
      if (!ends || open_.tokens >= options_.target_tokens) Close();
    }
  }

  // Offsets of the cells of a row into the row.
  std::vector<std::size_t> CellBorders(const Piece& piece) const {
    std::vector<std::size_t> borders;
    if (piece.kind != PieceKind::kRow) return borders;
    const std::vector<Cell>& cells = document_.tables[piece.table].cells;
    auto cell = std::partition_point(
        cells.begin(), cells.end(),
        [&piece](const Cell& other) { return other.row < piece.row; });
    for (; cell != cells.end() && cell->row == piece.row; ++cell) {
      if (cell->span.begin > piece.span.begin &&
          cell->span.begin < piece.span.end) {
        borders.push_back(cell->span.begin - piece.span.begin);
      }
    }
    std::sort(borders.begin(), borders.end());
    return borders;
  }

  static void Rebase(std::size_t by, std::vector<std::size_t>& borders) {
    const auto first = std::upper_bound(borders.begin(), borders.end(), by);
    borders.erase(borders.begin(), first);
    for (std::size_t& border : borders) border -= by;
  }

  void Close() {
    if (!open_.used || open_.last.span.end == 0) return;
    open_.used = false;
    if (JoinsPrevious()) {
      Chunk& previous = chunks_.back();
      previous.span.end = open_.last.span.end;
      previous.last_block = open_.last.block;
      previous.tokens += static_cast<std::uint32_t>(open_.tokens);
      previous.section = SectionOf(previous.first_block, previous.last_block);
      return;
    }
    if (chunks_.size() >= limits_.chunks_max) {
      status_ = ResourceExhaustedError(
          "the document has more chunks than the limit chunks_max of " +
              std::to_string(limits_.chunks_max) +
              ": split it, or raise the limit",
          "TOO_MANY_CHUNKS");
      return;
    }
    chunks_.push_back(MakeChunk());
    chunk_region_ = region_;
  }

  // Few words after a chunk of the same section go into it.
  bool JoinsPrevious() const {
    return !chunks_.empty() && chunk_region_ == region_ &&
           open_.table == Piece::kNone && open_.tokens < kSmallTokens &&
           open_.first.kind != PieceKind::kHeading &&
           chunks_.back().tokens + open_.tokens <= options_.max_tokens;
  }

  Chunk MakeChunk() {
    Chunk chunk;
    chunk.ordinal = static_cast<std::uint32_t>(chunks_.size());
    chunk.span = {open_.first.span.begin, open_.last.span.end};
    chunk.first_block = open_.first.block;
    chunk.last_block = open_.last.block;
    chunk.section = SectionOf(chunk.first_block, chunk.last_block);
    chunk.table = open_.table;
    if (open_.table != Piece::kNone) {
      chunk.first_row = open_.first_row;
      chunk.last_row = open_.last_row;
    }
    if (chunk.first_block < document_.blocks.size()) {
      chunk.page = document_.blocks[chunk.first_block].page;
    }
    chunk.tokens =
        static_cast<std::uint32_t>(open_.context.tokens + open_.tokens);
    chunk.context = std::move(open_.context.text);
    return chunk;
  }

  // The deepest heading that all blocks of the chunk stand under (or are).
  std::uint32_t SectionOf(std::uint32_t first, std::uint32_t last) const {
    if (first >= document_.blocks.size()) return UINT32_MAX;
    const Block& block = document_.blocks[first];
    std::uint32_t section =
        block.type == BlockType::kHeading ? first : block.heading;
    // Blocks are in reading order: what holds the first and the last and is
    // not left between them holds all.
    for (std::uint32_t i = first; i <= last && section != Block::kNone; ++i) {
      while (section != Block::kNone && !IsUnder(i, section)) {
        section = document_.blocks[section].heading;
      }
    }
    return section;
  }

  bool IsUnder(std::uint32_t block, std::uint32_t heading) const {
    std::uint32_t at = block;
    for (std::size_t i = 0; i < kAncestorsMax; ++i) {
      if (at == heading) return true;
      if (at >= document_.blocks.size()) return false;
      at = document_.blocks[at].heading;
    }
    return false;
  }

  const ParsedDocument& document_;
  const ChunkerOptions& options_;
  const TokenCounter& count_;
  const Limits& limits_;
  Contexts contexts_;
  std::vector<Piece> pieces_;
  std::vector<Piece> headings_;  // Waiting for the text under them.
  std::size_t heading_tokens_ = 0;
  Open open_;
  std::uint32_t region_ = 0;  // Counts headings of level 1 and 2.
  std::uint32_t chunk_region_ = 0;
  std::vector<Chunk> chunks_;
  Status status_;
};

}  // namespace

StatusOr<std::vector<Chunk>> MakeChunks(const ParsedDocument& document,
                                        std::string_view title,
                                        const ChunkerOptions& options,
                                        const TokenCounter& count_tokens,
                                        const Limits& limits) {
  return Chunker(document, title, options, count_tokens, limits).Run();
}

std::string EmbeddedText(const Chunk& chunk, std::string_view canonical_text) {
  const std::string_view text = chunk.span.Of(canonical_text);
  if (chunk.context.empty()) return std::string(text);
  std::string out = chunk.context;
  out.push_back('\n');
  out += text;
  return out;
}

}  // namespace cairn
