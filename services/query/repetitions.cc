#include "services/query/repetitions.h"

#include <algorithm>
#include <string>

#include "base/hash.h"
#include "graph/name_rules.h"
#include "text/words.h"

namespace cairn {
namespace {

void SortOut(std::vector<std::uint64_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace

Repetitions::Content Repetitions::Read(std::string_view text) {
  Content content;
  std::string joined;
  std::vector<std::size_t> begins;  // Of the words in `joined`.
  for (const Word& word : FoldWords(text)) {
    if (!joined.empty()) joined += ' ';
    begins.push_back(joined.size());
    joined += word.term;
    const std::uint64_t hash = Fingerprint64(word.term);
    content.words.push_back(hash);
    if (StandsOut(word.span.Of(text))) content.standing_out.push_back(hash);
  }
  content.whole = Fingerprint64(joined.empty() ? text : joined);
  for (std::size_t i = 0; i + kShingleWords <= begins.size(); ++i) {
    const std::size_t end = i + kShingleWords == begins.size()
                                ? joined.size()
                                : begins[i + kShingleWords] - 1;
    content.shingles.push_back(Fingerprint64(
        std::string_view(joined).substr(begins[i], end - begins[i])));
  }
  SortOut(content.shingles);
  SortOut(content.standing_out);
  return content;
}

bool Repetitions::Repeats(std::string_view text) const {
  const Content content = Read(text);
  if (wholes_.contains(content.whole)) return true;
  if (content.shingles.empty()) return false;
  std::unordered_map<std::uint32_t, std::size_t> shared;
  for (const std::uint64_t shingle : content.shingles) {
    const auto found = holders_.find(shingle);
    if (found == holders_.end()) continue;
    for (const std::uint32_t holder : found->second) ++shared[holder];
  }
  const double enough =
      kContained * static_cast<double>(content.shingles.size());
  for (const auto& [holder, count] : shared) {
    if (static_cast<double>(count) < enough) continue;
    const auto& said = words_[holder];
    if (std::all_of(content.standing_out.begin(), content.standing_out.end(),
                    [&](std::uint64_t word) { return said.contains(word); })) {
      return true;
    }
  }
  return false;
}

void Repetitions::Add(std::string_view text) {
  const Content content = Read(text);
  const auto place = static_cast<std::uint32_t>(words_.size());
  wholes_.insert(content.whole);
  words_.emplace_back(content.words.begin(), content.words.end());
  for (const std::uint64_t shingle : content.shingles) {
    holders_[shingle].push_back(place);
  }
}

}  // namespace cairn
