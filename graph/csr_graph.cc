#include "graph/csr_graph.h"

#include <algorithm>

namespace cairn {
namespace {

// Dense, zero between two walks, so that a walk costs what it touches.
struct Workspace {
  std::vector<double> score, residual;
  std::vector<std::uint8_t> queued;
  std::vector<NodeIndex> touched;
  std::vector<NodeIndex> queue;

  void Reserve(std::size_t nodes) {
    if (score.size() >= nodes) return;
    score.resize(nodes);
    residual.resize(nodes);
    queued.resize(nodes);
  }
  void Clear() {
    for (const NodeIndex node : touched) {
      score[node] = residual[node] = 0;
      queued[node] = 0;
    }
    touched.clear();
    queue.clear();
  }
};

// The walk's state; one node is pushed at a time, oldest first.
class Push {
 public:
  Push(const CsrGraph& graph, const PageRankOptions& options, Workspace& work)
      : graph_(graph), options_(options), work_(work) {}

  void Receive(NodeIndex node, double mass) {
    double& waiting = work_.residual[node];
    if (waiting == 0 && work_.score[node] == 0) work_.touched.push_back(node);
    waiting += mass;
    if (work_.queued[node] == 0 &&
        waiting > options_.epsilon * graph_.Degree(node)) {
      work_.queued[node] = 1;
      work_.queue.push_back(node);
    }
  }

  void Run() {
    for (std::size_t i = 0; i < work_.queue.size() && i < options_.pushes_max;
         ++i) {
      PushOne(work_.queue[i]);
    }
  }

 private:
  void PushOne(NodeIndex node) {
    const double mass = work_.residual[node];
    const double degree = graph_.Degree(node);
    work_.queued[node] = 0;
    work_.residual[node] = 0;
    if (degree <= 0) {  // Nowhere to go: it keeps what it has.
      work_.score[node] += mass;
      return;
    }
    work_.score[node] += options_.restart * mass;
    const double share = (1 - options_.restart) * mass / degree;
    for (const auto& [neighbor, weight] : graph_.Row(node)) {
      Receive(neighbor, share * weight);
    }
  }

  const CsrGraph& graph_;
  const PageRankOptions& options_;
  Workspace& work_;
};

}  // namespace

CsrGraph::CsrGraph(std::size_t nodes, std::span<const Edge> edges)
    : offsets_(nodes + 1, 0), neighbors_(edges.size() * 2), degrees_(nodes) {
  for (const Edge& edge : edges) {
    ++offsets_[edge.a + 1];
    ++offsets_[edge.b + 1];
    degrees_[edge.a] += edge.weight;
    degrees_[edge.b] += edge.weight;
  }
  for (std::size_t i = 1; i <= nodes; ++i) offsets_[i] += offsets_[i - 1];
  std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
  for (const Edge& edge : edges) {
    neighbors_[next[edge.a]++] = {edge.b, edge.weight};
    neighbors_[next[edge.b]++] = {edge.a, edge.weight};
  }
}

std::vector<RankedNode> ForwardPush(const CsrGraph& graph,
                                    std::span<const Seed> seeds,
                                    const PageRankOptions& options) {
  thread_local Workspace work;
  work.Reserve(graph.node_count());
  double total = 0;
  for (const Seed& seed : seeds) {
    if (seed.node < graph.node_count() && seed.weight > 0) total += seed.weight;
  }
  Push push(graph, options, work);
  for (const Seed& seed : seeds) {
    if (seed.node < graph.node_count() && seed.weight > 0) {
      push.Receive(seed.node, seed.weight / total);
    }
  }
  push.Run();
  std::vector<RankedNode> ranked;
  for (const NodeIndex node : work.touched) {
    if (work.score[node] > 0) {
      ranked.push_back({.node = node, .score = work.score[node]});
    }
  }
  work.Clear();
  std::sort(ranked.begin(), ranked.end(),
            [](const RankedNode& a, const RankedNode& b) {
              return a.score != b.score ? a.score > b.score : a.node < b.node;
            });
  return ranked;
}

std::vector<double> PowerIterationPageRank(const GraphView& graph,
                                           std::span<const Seed> seeds,
                                           double restart,
                                           std::size_t iterations) {
  const std::size_t nodes = graph.node_count();
  std::vector<double> start(nodes), degrees(nodes);
  double total = 0;
  for (const Seed& seed : seeds) total += std::max(seed.weight, 0.0);
  for (const Seed& seed : seeds) {
    start[seed.node] += std::max(seed.weight, 0.0) / total;
  }
  for (NodeIndex node = 0; node < nodes; ++node) {
    for (const auto& edge : graph.Edges(node)) degrees[node] += edge.second;
  }
  std::vector<double> now = start;
  for (std::size_t i = 0; i < iterations; ++i) {
    std::vector<double> next(nodes);
    for (NodeIndex node = 0; node < nodes; ++node) {
      next[node] += restart * start[node];
      const double moved = (1 - restart) * now[node];
      if (degrees[node] <= 0) {
        next[node] += moved;
        continue;
      }
      for (const auto& [neighbor, weight] : graph.Edges(node)) {
        next[neighbor] += moved * weight / degrees[node];
      }
    }
    now = std::move(next);
  }
  return now;
}

}  // namespace cairn
