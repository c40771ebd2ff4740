// RowGroups: rows with the same vector, as one node of a graph.
//
// Texts repeat (notices, empty forms), and equal vectors fill each other's
// links in a navigable graph until nothing else can be reached from them. So
// only the first row of its kind becomes a node; the others stand behind it.
// Threads: const methods from any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/dense/rows.h"

namespace cairn {

// Names a vector by its half floats; never 0. Part of kept files.
std::uint64_t PrintOf(std::span<const std::uint16_t> halves);
std::uint64_t PrintOf(const RowView& rows, std::size_t row);

class RowGroups {
 public:
  std::size_t rows() const { return rows_; }
  std::size_t nodes() const { return first_.size(); }
  // The row whose vector is the node's; it may be dead.
  std::size_t first(std::size_t node) const { return first_[node]; }
  // All rows of the node, by ascending chunk, the dead ones too.
  std::span<const std::uint32_t> members(std::size_t node) const {
    const std::uint32_t group = group_[node];
    if (group == kAlone) return {&first_[node], 1};
    return groups_[group];
  }
  // Takes in the rows from rows() on.
  void Extend(const RowView& rows);

 private:
  static constexpr std::uint32_t kAlone = 0xffffffffU;

  void Join(std::uint32_t node, std::uint32_t row);

  std::size_t rows_ = 0;
  std::vector<std::uint32_t> first_;  // By node.
  std::vector<std::uint32_t> group_;  // By node: into groups_, or kAlone.
  std::vector<std::vector<std::uint32_t>> groups_;
};

}  // namespace cairn
