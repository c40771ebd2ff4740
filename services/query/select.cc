#include "services/query/select.h"

#include <algorithm>
#include <unordered_map>

namespace cairn {

bool Selection::Take(const Hit& hit, std::uint32_t section,
                     std::string_view text) {
  const std::uint64_t document = hit.chunk.document.value();
  if (full()) return false;
  if (options_.one_per_document && documents_.contains(document)) return false;
  if (options_.one_per_section && sections_.contains({document, section})) {
    return false;
  }
  if (!options_.keep_repetitions) {
    if (repetitions_.Repeats(text)) return false;
    repetitions_.Add(text);
  }
  documents_.insert(document);
  sections_.insert({document, section});
  ++taken_;
  return true;
}

std::vector<Hit> SpreadOverDocuments(std::vector<Hit> hits) {
  std::unordered_map<std::uint64_t, std::size_t> turns;
  std::vector<std::pair<std::size_t, std::size_t>> order;  // Turn, rank.
  order.reserve(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    order.emplace_back(turns[hits[i].chunk.document.value()]++, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<Hit> spread;
  spread.reserve(hits.size());
  for (const auto& [turn, rank] : order) {
    spread.push_back(std::move(hits[rank]));
  }
  return spread;
}

std::vector<Hit> Pack(std::vector<Hit> hits, std::uint64_t token_budget) {
  std::uint64_t used = 0;
  std::unordered_map<std::uint64_t, std::size_t> place;  // Of documents.
  std::vector<Hit> packed;
  for (Hit& hit : hits) {
    if (used + hit.tokens > token_budget) continue;
    used += hit.tokens;
    place.try_emplace(hit.chunk.document.value(), place.size());
    packed.push_back(std::move(hit));
  }
  std::stable_sort(packed.begin(), packed.end(),
                   [&](const Hit& a, const Hit& b) {
                     const std::size_t left = place[a.chunk.document.value()];
                     const std::size_t right = place[b.chunk.document.value()];
                     if (left != right) return left < right;
                     return a.chunk.ordinal < b.chunk.ordinal;
                   });
  return packed;
}

}  // namespace cairn
