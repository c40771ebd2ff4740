// CsrGraph: a weighted undirected graph in compressed sparse rows, and the walk
// over it.
//
// Place: GraphView is made of one; the bench makes one directly.
// Threads: immutable once made; ForwardPush keeps its work space a thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/graph_view.h"

namespace cairn {

class CsrGraph {
 public:
  struct Edge {
    NodeIndex a = 0, b = 0;
    float weight = 0;  // Positive.
  };
  using Neighbor = std::pair<NodeIndex, float>;

  CsrGraph() : offsets_(1, 0) {}
  // Each edge once; rows keep the order of the edges.
  CsrGraph(std::size_t nodes, std::span<const Edge> edges);

  std::size_t node_count() const { return offsets_.size() - 1; }
  std::size_t edge_count() const { return neighbors_.size() / 2; }
  std::span<const Neighbor> Row(NodeIndex node) const {
    return std::span(neighbors_)
        .subspan(offsets_[node], offsets_[node + 1] - offsets_[node]);
  }
  // Sum of the weights of its edges.
  double Degree(NodeIndex node) const { return degrees_[node]; }

 private:
  std::vector<std::size_t> offsets_;
  std::vector<Neighbor> neighbors_;
  std::vector<double> degrees_;
};

// Personalised PageRank by forward push: mass waits at a node until it is more
// than epsilon times the degree, then `restart` of it stays for good and the
// rest moves to the neighbours. Best first, ties by node.
std::vector<RankedNode> ForwardPush(const CsrGraph& graph,
                                    std::span<const Seed> seeds,
                                    const PageRankOptions& options);

}  // namespace cairn
