// RowDirectory: the rows of chunks, in sorted runs that states share.
//
// A chunk that was replaced has several rows; at most one is alive in a view.
// Runs grow like a binary counter's digits: taking in n rows costs O(n log n)
// over all, a look-up goes through O(log n) runs.
// Threads: a value; copies share runs, which never change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "domain/ids.h"

namespace cairn {

class RowDirectory {
 public:
  // Takes in the rows of `view` that came since the last time. `View` is
  // RowView or SentenceView: it has rows(), chunk(row) and dead(row).
  template <class View>
  void Extend(const View& view);
  template <class View>
  std::optional<std::size_t> Find(const View& view, const ChunkId& chunk) const;

 private:
  using Run = std::vector<std::pair<ChunkId, std::uint32_t>>;

  std::size_t rows_ = 0;
  std::vector<std::shared_ptr<const Run>> runs_;  // The longest first.
};

}  // namespace cairn
