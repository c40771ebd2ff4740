#include "services/query/mended_question.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "graph/name_rules.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

// A question with more words that the collection has not is of another language
// or about something else.
constexpr std::size_t kUnknownMax = 4;

// `place` is between double quotes.
bool IsQuoted(std::string_view question, std::size_t place) {
  const auto before = question.substr(0, place);
  const bool open = std::count(before.begin(), before.end(), '"') % 2 == 1;
  return open && question.find('"', place) != std::string_view::npos;
}

enum class Kind : std::uint8_t { kName, kOther, kEither };

// A question without capitals tells nothing of its words.
Kind KindOf(std::string_view surface, bool cased) {
  if (!cased) return Kind::kEither;
  return StandsOut(surface) ? Kind::kName : Kind::kOther;
}

// What `folded`, which no chunk holds, was meant to be; empty: not known. Of a
// name and another word the commoner one.
std::string MeantBy(const GraphView& graph, std::string_view folded, Kind kind,
                    const WordsOfChunks& words) {
  std::string name =
      kind == Kind::kOther ? "" : graph.MendToken(folded).value_or("");
  if (kind == Kind::kName) return name;
  WordInChunks nearest = NearestWord(folded, words);
  const bool commoner =
      !name.empty() && words.ChunksWith(name) >= nearest.chunks;
  return commoner ? std::move(name) : std::move(nearest.word);
}

}  // namespace

std::string MendQuestion(const GraphView& graph, std::string_view question,
                         const WordsOfChunks& words) {
  const bool cased = StandsOut(question);
  std::string mended;
  std::size_t copied = 0;
  std::size_t unknown = 0;
  for (const Word& word : FoldWords(question)) {
    // Without what folding drops: "'s".
    const std::string_view all = word.span.Of(question);
    const std::string_view surface = all.substr(0, word.term.size());
    if (NormalizeName(surface) != word.term) continue;
    if (IsQuoted(question, word.span.begin)) continue;
    if (!words.Lacks(surface)) continue;
    if (++unknown > kUnknownMax) return {};
    if (words.is_known(word.term)) continue;
    const std::string meant =
        MeantBy(graph, word.term, KindOf(surface, cased), words);
    if (meant.empty()) continue;
    mended += question.substr(copied, word.span.begin - copied);
    mended += meant;
    if (IsAsciiUpper(surface[0])) {
      char& first = mended[mended.size() - meant.size()];
      if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 32);
    }
    copied = word.span.begin + surface.size();
  }
  if (copied == 0) return {};
  return mended + std::string(question.substr(copied));
}

}  // namespace cairn
