#include "services/query/nearest_word.h"

#include <algorithm>
#include <map>
#include <utility>

#include "graph/token_speller.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kLettersMin = 5;  // Shorter ones are near too many.
constexpr std::size_t kLettersMax = 24;
constexpr std::size_t kTermsTried = 6;
constexpr std::size_t kTextsRead = 4;  // Of one term.

bool IsMendable(std::string_view word) {
  return word.size() >= kLettersMin && word.size() <= kLettersMax &&
         std::all_of(word.begin(), word.end(),
                     [](char sign) { return sign >= 'a' && sign <= 'z'; });
}

// All words one edit behind the first letter away; some come twice.
std::vector<std::string> EditsOf(const std::string& word) {
  std::vector<std::string> edits;
  for (std::size_t at = 1; at < word.size(); ++at) {
    edits.push_back(std::string(word).erase(at, 1));
    if (at + 1 < word.size() && word[at] != word[at + 1]) {
      edits.push_back(word);
      std::swap(edits.back()[at], edits.back()[at + 1]);
    }
  }
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    for (std::size_t at = 1; at <= word.size(); ++at) {
      edits.push_back(std::string(word).insert(at, 1, letter));
      if (at == word.size() || word[at] == letter) continue;
      edits.push_back(word);
      edits.back()[at] = letter;
    }
  }
  return edits;
}

struct Term {
  std::string term;
  std::size_t chunks = 0;
};

// The terms of all edits that chunks hold, the commonest first.
std::vector<Term> TermsNear(std::string_view word, const WordsOfChunks& words) {
  std::map<std::string, std::size_t> found;
  for (const std::string& edit : EditsOf(std::string(word))) {
    for (Word& read : AnalyzeWords(edit, words.language)) {
      const std::size_t chunks = words.chunks_with(read.term);
      if (chunks > 0) found.emplace(std::move(read.term), chunks);
    }
  }
  std::vector<Term> terms;
  terms.reserve(found.size());
  for (const auto& [term, chunks] : found) terms.push_back({term, chunks});
  std::stable_sort(
      terms.begin(), terms.end(),
      [](const Term& a, const Term& b) { return a.chunks > b.chunks; });
  return terms;
}

// The word of the texts one edit from `word` that comes most often, of equals
// the first by bytes; empty: there is none.
std::string WordIn(const std::vector<std::string>& texts,
                   std::string_view word) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& text : texts) {
    for (Word& one : FoldWords(text)) {
      if (one.term[0] == word[0] && OneEditApart(one.term, word)) {
        ++counts[std::move(one.term)];
      }
    }
  }
  const auto best = std::max_element(
      counts.begin(), counts.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == counts.end() ? "" : best->first;
}

}  // namespace

std::size_t WordsOfChunks::ChunksWith(std::string_view word) const {
  std::size_t most = 0;
  for (const Word& read : AnalyzeWords(word, language)) {
    most = std::max(most, chunks_with(read.term));
  }
  return most;
}

bool WordsOfChunks::Lacks(std::string_view word) const {
  const std::vector<Word> read = AnalyzeWords(word, language);
  return !read.empty() &&
         std::all_of(read.begin(), read.end(), [this](const Word& one) {
           return chunks_with(one.term) == 0;
         });
}

WordInChunks NearestWord(std::string_view word, const WordsOfChunks& words) {
  if (!IsMendable(word)) return {};
  std::vector<Term> terms = TermsNear(word, words);
  terms.resize(std::min(terms.size(), kTermsTried));
  for (const Term& term : terms) {
    std::string found = WordIn(words.texts_with(term.term, kTextsRead), word);
    if (!found.empty()) return {std::move(found), term.chunks};
  }
  return {};
}

}  // namespace cairn
