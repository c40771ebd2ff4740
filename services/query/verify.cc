#include "services/query/verify.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/hash.h"
#include "text/words.h"

namespace cairn {
namespace {

// Content words that may be missing: joints such as "table" or "row".
constexpr double kWordsCovered = 0.8;

bool IsBorder(std::string_view text, std::size_t at) {
  return at == text.size() ||
         (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
}

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](unsigned char sign) {
    return std::isdigit(sign) != 0;
  });
}

}  // namespace

bool QuoteIsSound(std::string_view text, const ByteSpan& span) {
  return !span.empty() && span.end <= text.size() &&
         IsBorder(text, span.begin) && IsBorder(text, span.end);
}

Verdict VerifySentence(std::string_view sentence,
                       const std::vector<std::string>& quotes) {
  std::set<std::string, std::less<>> quoted;
  for (const std::string& quote : quotes) {
    // The same bytes need no second look.
    if (!sentence.empty() && quote == sentence) return Verdict::kSupported;
    for (Word& word : FoldWords(quote)) quoted.insert(std::move(word.term));
  }
  std::size_t content = 0;
  std::size_t covered = 0;
  bool first = true;
  for (const Word& word : FoldWords(sentence)) {
    const std::string_view surface = word.span.Of(sentence);
    const bool function_word = IsStopWord(word.term);
    const bool there = quoted.contains(word.term);
    const bool capital =
        std::isupper(static_cast<unsigned char>(surface.front())) != 0;
    const bool name = capital && !function_word && !first;
    first = false;
    if (!there && (HasDigit(word.term) || name)) return Verdict::kUnsupported;
    if (function_word) continue;
    ++content;
    covered += there ? 1 : 0;
  }
  const bool enough =
      content > 0 && static_cast<double>(covered) >=
                         kWordsCovered * static_cast<double>(content);
  return enough ? Verdict::kSupported : Verdict::kUnsupported;
}

Citation MakeCitation(const Document& document, const ParsedDocument& parsed,
                      const ByteSpan& span) {
  Citation citation;
  citation.document = document.id;
  citation.version = document.version;
  citation.title = document.title;
  citation.span = span;
  citation.quote = std::string(span.Of(parsed.text));
  citation.quote_sha256 = Sha256Hex(citation.quote);
  for (const Block& block : parsed.blocks) {
    if (!block.span.Overlaps(span)) continue;
    if (citation.page == 0) citation.page = block.page;
    if (block.time.has_value()) {
      if (!citation.time.has_value()) citation.time = block.time;
      citation.time->begin_ms =
          std::min(citation.time->begin_ms, block.time->begin_ms);
      citation.time->end_ms =
          std::max(citation.time->end_ms, block.time->end_ms);
    }
    citation.boxes.insert(citation.boxes.end(), block.boxes.begin(),
                          block.boxes.end());
    if (block.table == Block::kNone || block.table >= parsed.tables.size()) {
      continue;
    }
    for (const Cell& cell : parsed.tables[block.table].cells) {
      if (cell.span.Overlaps(span)) citation.cells.push_back(cell);
    }
  }
  return citation;
}

}  // namespace cairn
