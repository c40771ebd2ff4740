#include "services/query/mended_question.h"

#include <algorithm>
#include <optional>

#include "graph/name_rules.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

// `place` is between double quotes.
bool IsQuoted(std::string_view question, std::size_t place) {
  const auto before = question.substr(0, place);
  const bool open = std::count(before.begin(), before.end(), '"') % 2 == 1;
  return open && question.find('"', place) != std::string_view::npos;
}

// Whether no chunk holds the word, in any of the forms that words have.
bool IsUnknown(std::string_view surface, std::string_view language,
               const WordStatistics& words) {
  const std::vector<Word> read = AnalyzeWords(surface, language);
  return !read.empty() &&
         std::all_of(read.begin(), read.end(),
                     [&](const Word& word) { return words(word.term) == 0; });
}

}  // namespace

std::string MendQuestion(const GraphView& graph, std::string_view question,
                         const WordStatistics& words) {
  const bool cased = StandsOut(question);
  const std::string language = GuessLanguage(question);
  std::string mended;
  std::size_t copied = 0;
  for (const Word& word : FoldWords(question)) {
    // Without what folding drops: "'s".
    const std::string_view all = word.span.Of(question);
    const std::string_view surface = all.substr(0, word.term.size());
    if (NormalizeName(surface) != word.term) continue;
    if (cased && !StandsOut(surface)) continue;
    if (IsQuoted(question, word.span.begin)) continue;
    if (!IsUnknown(surface, language, words)) continue;
    const std::optional<std::string> meant = graph.MendToken(word.term);
    if (!meant) continue;
    mended += question.substr(copied, word.span.begin - copied);
    mended += *meant;
    if (IsAsciiUpper(surface[0])) {
      char& first = mended[mended.size() - meant->size()];
      if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 32);
    }
    copied = word.span.begin + surface.size();
  }
  if (copied == 0) return {};
  return mended + std::string(question.substr(copied));
}

}  // namespace cairn
