#include "services/ingestion/fidelity.h"

#include <algorithm>
#include <string_view>

namespace cairn {
namespace {

// UTF-8 characters but white space of ASCII and the no-break space.
std::uint64_t CountCharacters(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto sign = static_cast<unsigned char>(text[i]);
    const bool space = sign == ' ' || (sign >= 0x09 && sign <= 0x0d);
    const bool inside = (sign & 0xc0) == 0x80;
    const bool no_break = text.substr(i).starts_with("\xc2\xa0");
    if (!space && !inside && !no_break) ++count;
  }
  return count;
}

}  // namespace

Fidelity MeasureFidelity(const ParsedDocument& parsed,
                         const std::vector<Chunk>& chunks) {
  Fidelity fidelity;
  fidelity.blocks = static_cast<std::uint32_t>(parsed.blocks.size());
  for (const Table& table : parsed.tables) fidelity.cells += table.cells.size();
  fidelity.warnings = static_cast<std::uint32_t>(parsed.warnings.size());
  fidelity.characters = CountCharacters(parsed.text);
  std::vector<ByteSpan> spans;
  spans.reserve(chunks.size());
  for (const Chunk& chunk : chunks) spans.push_back(chunk.span);
  std::sort(spans.begin(), spans.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  // Chunks may overlap; each byte counts once.
  std::size_t counted = 0;
  const std::string_view text = parsed.text;
  for (const ByteSpan& span : spans) {
    const std::size_t begin = std::max<std::size_t>(span.begin, counted);
    if (begin >= span.end) continue;
    fidelity.characters_kept +=
        CountCharacters(text.substr(begin, span.end - begin));
    counted = span.end;
  }
  return fidelity;
}

}  // namespace cairn
