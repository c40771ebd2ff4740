#include "documents/chunking/sentences.h"

#include <algorithm>

#include "documents/chunking/pieces.h"
#include "domain/sentence.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::uint32_t kBytesMin = 24;
constexpr std::uint32_t kBytesMax = 1000;
constexpr std::size_t kTitleBytesMax = 64;
constexpr std::size_t kHeaderRowBytesMax = 160;

bool IsWhite(char sign) {
  return sign == ' ' || (sign >= '\t' && sign <= '\r');
}

bool InsideCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

// The longest prefix of at most `bytes_max` bytes that ends with a word.
std::string_view CutAtWord(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t cut = bytes_max;
  while (cut > bytes_max / 2 && !IsWhite(text[cut])) --cut;
  if (IsWhite(text[cut])) return text.substr(0, cut);
  cut = bytes_max;
  while (cut > 0 && InsideCharacter(text[cut])) --cut;
  return text.substr(0, cut);
}

class SentenceCutter {
 public:
  SentenceCutter(const ParsedDocument& document, const Chunk& chunk)
      : document_(document), text_(document.text), chunk_(chunk) {
    at_ = chunk.span.begin;
  }

  std::vector<ByteSpan> Run() {
    for (std::uint32_t i = chunk_.first_block;
         i <= chunk_.last_block && i < document_.blocks.size(); ++i) {
      const Block& block = document_.blocks[i];
      Take(block.span.begin);
      if (block.type == BlockType::kTable) {
        AddRows(document_.tables[block.table]);
      } else {
        AddSentences(block);
      }
      Take(block.span.end);
    }
    Take(chunk_.span.end);
    JoinShort();
    return Limited();
  }

 private:
  struct Part {
    ByteSpan span;
    bool row = false;
  };

  // All from the last part to `end`, in parts that are short enough.
  void Take(std::uint32_t end, bool row = false) {
    end = std::min(end, chunk_.span.end);
    if (end <= at_) return;
    ByteSpan rest = TrimSpan(text_, {at_, end});
    at_ = end;
    while (!rest.empty()) {
      Part part{.span = rest, .row = row};
      part.span.end =
          rest.begin + static_cast<std::uint32_t>(
                           CutAtWord(rest.Of(text_), kBytesMax).size());
      parts_.push_back(part);
      rest = TrimSpan(text_, {part.span.end, rest.end});
    }
  }

  void AddRows(const Table& table) {
    for (const ByteSpan& row : table.row_spans) {
      Take(row.begin);
      Take(row.end, true);
    }
  }

  void AddSentences(const Block& block) {
    const std::uint32_t begin = std::max(block.span.begin, at_);
    const ByteSpan inside = {begin, std::min(block.span.end, chunk_.span.end)};
    for (const ByteSpan& sentence : SplitSentences(inside.Of(text_))) {
      Take(begin + sentence.end);
    }
  }

  // Short parts go with the next, the last one with the one before.
  void JoinShort() {
    std::vector<Part> joined;
    for (const Part& part : parts_) {
      const bool joins = !joined.empty() && !part.row && !joined.back().row &&
                         joined.back().span.size() < kBytesMin;
      if (joins) {
        joined.back().span.end = part.span.end;
      } else {
        joined.push_back(part);
      }
    }
    if (joined.size() > 1 && !joined.back().row &&
        joined.back().span.size() < kBytesMin &&
        !joined[joined.size() - 2].row) {
      joined[joined.size() - 2].span.end = joined.back().span.end;
      joined.pop_back();
    }
    parts_ = std::move(joined);
  }

  std::vector<ByteSpan> Limited() const {
    const std::size_t count = std::min(parts_.size(), kChunkSentencesMax);
    std::vector<ByteSpan> spans;
    spans.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t first = i * parts_.size() / count;
      const std::size_t next = (i + 1) * parts_.size() / count;
      spans.push_back({parts_[first].span.begin, parts_[next - 1].span.end});
    }
    return spans;
  }

  const ParsedDocument& document_;
  const std::string_view text_;
  const Chunk& chunk_;
  std::uint32_t at_ = 0;  // All of the chunk before it is in a part.
  std::vector<Part> parts_;
};

}  // namespace

std::vector<ByteSpan> SentencesOf(const ParsedDocument& document,
                                  const Chunk& chunk) {
  return SentenceCutter(document, chunk).Run();
}

std::string SentenceText(const Chunk& chunk, const ByteSpan& sentence,
                         std::string_view canonical_text) {
  std::string out;
  const std::string_view context = chunk.context;
  const std::string_view title =
      CutAtWord(context.substr(0, context.find('\n')), kTitleBytesMax);
  if (!title.empty()) out.append(title).push_back('\n');
  const std::size_t last_line = context.rfind('\n');
  if (chunk.table != UINT32_MAX && last_line != std::string_view::npos) {
    out.append(CutAtWord(context.substr(last_line + 1), kHeaderRowBytesMax))
        .push_back('\n');
  }
  out += sentence.Of(canonical_text);
  return out;
}

}  // namespace cairn
