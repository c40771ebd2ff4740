#include "models/fake/fake_reranker.h"

#include <algorithm>
#include <set>
#include <utility>

#include "text/words.h"

namespace cairn {
namespace {

std::set<std::string> WordsOf(std::string_view text) {
  std::set<std::string> words;
  for (Word& word : FoldWords(text)) words.insert(std::move(word.term));
  return words;
}

}  // namespace

FakeReranker::FakeReranker(FakeRerankerOptions options)
    : options_(std::move(options)) {}

StatusOr<std::vector<double>> FakeReranker::Score(
    std::string_view query, std::span<const std::string> passages,
    const Deadline& deadline) const {
  if (!options_.failure.ok()) return options_.failure;
  std::vector<double> scores;
  const std::set<std::string> wanted = WordsOf(query);
  for (const std::string& passage : passages) {
    if (deadline.expired() || scores.size() == options_.judged_max) break;
    const std::set<std::string> words = WordsOf(passage);
    const auto said = std::count_if(
        wanted.begin(), wanted.end(),
        [&](const std::string& word) { return words.contains(word); });
    scores.push_back(wanted.empty() ? 0
                                    : static_cast<double>(said) /
                                          static_cast<double>(wanted.size()));
  }
  return scores;
}

}  // namespace cairn
