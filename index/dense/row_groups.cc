#include "index/dense/row_groups.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/hash.h"

namespace cairn {
namespace {

std::string_view BytesOf(std::span<const std::uint16_t> halves) {
  return {reinterpret_cast<const char*>(halves.data()), halves.size_bytes()};
}

std::span<const std::uint16_t> Halves(const RowView& rows, std::size_t row) {
  return {rows.halves(row), rows.dimension()};
}

}  // namespace

std::uint64_t PrintOf(std::span<const std::uint16_t> halves) {
  return std::max<std::uint64_t>(Fingerprint64(BytesOf(halves)), 1);
}

std::uint64_t PrintOf(const RowView& rows, std::size_t row) {
  return PrintOf(Halves(rows, row));
}

void RowGroups::Extend(const RowView& rows) {
  std::unordered_multimap<std::uint64_t, std::uint32_t> known;
  for (std::uint32_t node = 0; node < first_.size(); ++node) {
    known.emplace(PrintOf(rows, first_[node]), node);
  }
  std::unordered_set<std::uint32_t> joined;
  for (; rows_ < rows.rows(); ++rows_) {
    const auto row = static_cast<std::uint32_t>(rows_);
    const std::string_view bytes = BytesOf(Halves(rows, row));
    const std::uint64_t print = PrintOf(rows, row);
    const auto [begin, end] = known.equal_range(print);
    const auto same = std::find_if(begin, end, [&](const auto& entry) {
      return BytesOf(Halves(rows, first_[entry.second])) == bytes;
    });
    if (same != end) {
      Join(same->second, row);
      joined.insert(group_[same->second]);
      continue;
    }
    known.emplace(print, static_cast<std::uint32_t>(first_.size()));
    first_.push_back(row);
    group_.push_back(kAlone);
  }
  for (const std::uint32_t group : joined) {
    std::sort(groups_[group].begin(), groups_[group].end(),
              [&](std::uint32_t a, std::uint32_t b) {
                return std::pair(rows.chunk(a), a) <
                       std::pair(rows.chunk(b), b);
              });
  }
}

void RowGroups::Join(std::uint32_t node, std::uint32_t row) {
  if (group_[node] == kAlone) {
    group_[node] = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back({first_[node]});
  }
  groups_[group_[node]].push_back(row);
}

}  // namespace cairn
