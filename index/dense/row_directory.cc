#include "index/dense/row_directory.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "index/dense/rows.h"
#include "index/dense/sentence_rows.h"

namespace cairn {

template <class View>
void RowDirectory::Extend(const View& view) {
  Run fresh;
  for (; rows_ < view.rows(); ++rows_) {
    if (view.dead(rows_)) continue;
    fresh.emplace_back(view.chunk(rows_), static_cast<std::uint32_t>(rows_));
  }
  if (fresh.empty()) return;
  std::sort(fresh.begin(), fresh.end());
  while (!runs_.empty() && runs_.back()->size() <= 2 * fresh.size()) {
    Run merged;
    merged.reserve(runs_.back()->size() + fresh.size());
    std::merge(runs_.back()->begin(), runs_.back()->end(), fresh.begin(),
               fresh.end(), std::back_inserter(merged));
    std::erase_if(merged, [&](const auto& e) { return view.dead(e.second); });
    runs_.pop_back();
    fresh = std::move(merged);
  }
  runs_.push_back(std::make_shared<const Run>(std::move(fresh)));
}

template <class View>
std::optional<std::size_t> RowDirectory::Find(const View& view,
                                              const ChunkId& chunk) const {
  for (const auto& run : runs_) {
    auto it = std::lower_bound(run->begin(), run->end(),
                               std::pair(chunk, std::uint32_t{0}));
    for (; it != run->end() && it->first == chunk; ++it) {
      if (!view.dead(it->second)) return it->second;
    }
  }
  return std::nullopt;
}

template void RowDirectory::Extend(const RowView&);
template void RowDirectory::Extend(const SentenceView&);
template std::optional<std::size_t> RowDirectory::Find(const RowView&,
                                                       const ChunkId&) const;
template std::optional<std::size_t> RowDirectory::Find(const SentenceView&,
                                                       const ChunkId&) const;

}  // namespace cairn
