// ChunkSample: a fixed pseudo-random sample of a view's chunks.
//
// Drawn by the hash of the chunk's id: the same set of chunks gives the same
// sample whatever their order of arrival, and two views of the same chunks
// sample the same ones.
// Threads: safe. The last sample is kept: every query asks for the same.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "domain/ids.h"

namespace cairn {

class ChunkSample {
 public:
  // About `count` live rows of `view`, by chunk. `View` has rows(), live(),
  // chunk(row) and dead(row), and must be the same in every call.
  template <class View>
  std::shared_ptr<const std::vector<std::size_t>> Draw(
      const View& view, std::size_t count) const {
    const std::lock_guard lock(mutex_);
    if (rows_ && count_ == count) return rows_;
    const double rate =
        static_cast<double>(count) / static_cast<double>(view.live());
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < view.rows(); ++row) {
      if (Place(view.chunk(row)) < rate && !view.dead(row)) rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      return view.chunk(a) < view.chunk(b);
    });
    count_ = count;
    rows_ = std::make_shared<const std::vector<std::size_t>>(std::move(rows));
    return rows_;
  }

 private:
  // In [0, 1).
  static double Place(const ChunkId& id) {
    std::uint64_t x =
        id.document.value() ^ (id.ordinal * 0x9e3779b97f4a7c15ULL);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1p-53;
  }

  mutable std::mutex mutex_;
  mutable std::size_t count_ = 0;
  mutable std::shared_ptr<const std::vector<std::size_t>> rows_;
};

}  // namespace cairn
