#include "graph/token_index.h"

#include <algorithm>
#include <iterator>

#include "base/hash.h"

namespace cairn {

void TokenIndex::Add(std::string_view token, std::span<const Chunk> chunks) {
  Row row{.token = Fingerprint64(token),
          .begin = static_cast<std::uint32_t>(chunks_.size())};
  if (chunks.size() <= kCommonChunks) {
    row.size = static_cast<std::uint32_t>(chunks.size());
    chunks_.insert(chunks_.end(), chunks.begin(), chunks.end());
  }
  rows_.push_back(row);
}

void TokenIndex::Finish() {
  std::sort(rows_.begin(), rows_.end(),
            [](const Row& a, const Row& b) { return a.token < b.token; });
  chunks_.shrink_to_fit();
}

const TokenIndex::Row* TokenIndex::Find(std::string_view token) const {
  const std::uint64_t wanted = Fingerprint64(token);
  const auto found = std::lower_bound(
      rows_.begin(), rows_.end(), wanted,
      [](const Row& row, std::uint64_t value) { return row.token < value; });
  return found != rows_.end() && found->token == wanted ? &*found : nullptr;
}

std::vector<TokenIndex::Chunk> TokenIndex::Holders(
    std::span<const std::string_view> tokens, std::size_t limit) const {
  std::vector<const Row*> rows;
  for (const std::string_view token : tokens) {
    const Row* row = Find(token);
    if (row == nullptr) return {};
    if (row->size > 0) rows.push_back(row);
  }
  if (rows.empty()) return {};
  std::sort(rows.begin(), rows.end(),
            [](const Row* a, const Row* b) { return a->size < b->size; });
  const auto first = ChunksOf(*rows.front());
  std::vector<Chunk> held(first.begin(), first.end());
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto next = ChunksOf(*rows[i]);
    std::vector<Chunk> both;
    std::set_intersection(held.begin(), held.end(), next.begin(), next.end(),
                          std::back_inserter(both));
    held = std::move(both);
  }
  if (held.size() > limit) held.clear();
  return held;
}

}  // namespace cairn
