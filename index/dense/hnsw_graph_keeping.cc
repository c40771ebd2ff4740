// HnswGraph to and from the bytes that are kept. Nodes are renumbered on both
// ways: in the bytes they stand by print, in a graph by row.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "index/dense/hnsw_graph.h"
#include "index/dense/kernels.h"

namespace cairn {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
// Of the nodes that were linked: up to here the rest is well linked, whichever
// left (docs/adr/0021-kept-graphs.md).
constexpr double kMissingMax = 0.1;

bool TooMany(std::size_t missing, std::size_t there) {
  return static_cast<double>(missing) >
         kMissingMax * static_cast<double>(missing + there);
}

struct NamedNode {
  std::uint64_t print = 0;
  std::uint32_t node = 0;
  bool known = false;
};

// All nodes by print. Known are those with a live row; of two with the same
// print only one, for none could be told from the other.
std::vector<NamedNode> NodesByPrint(const RowGroups& groups,
                                    const RowView& rows) {
  std::vector<NamedNode> nodes;
  for (std::uint32_t node = 0; node < groups.nodes(); ++node) {
    const auto members = groups.members(node);
    nodes.push_back({.print = PrintOf(rows, groups.first(node)),
                     .node = node,
                     .known = std::any_of(
                         members.begin(), members.end(),
                         [&](std::uint32_t row) { return !rows.dead(row); })});
  }
  std::sort(nodes.begin(), nodes.end(),
            [](const NamedNode& a, const NamedNode& b) {
              return std::pair(a.print, a.node) < std::pair(b.print, b.node);
            });
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (nodes[i].print == nodes[i - 1].print) nodes[i].known = false;
  }
  return nodes;
}

// The nodes of `groups` in `kept`, the other way round; empty when they do not
// fit.
std::vector<std::uint32_t> Renumbering(const KeptGraph& kept,
                                       const RowGroups& groups,
                                       const RowView& rows) {
  std::vector<std::uint32_t> node_of(kept.header().nodes, kNone);
  for (std::uint32_t node = 0; node < groups.nodes(); ++node) {
    const auto old = kept.Find(PrintOf(rows, groups.first(node)));
    if (!old || node_of[*old] != kNone) return {};
    node_of[*old] = node;
  }
  return node_of;
}

// Where the links of nodes that left led to.
class LostWays {
 public:
  LostWays(const KeptGraph& kept, const std::vector<std::uint32_t>& node_of) {
    kept.VisitLists([&](std::uint32_t old, std::size_t level,
                        std::span<const std::uint32_t> to) {
      if (level == 0) lists_.push_back(begin_.size());
      begin_.push_back(ways_.size());
      if (node_of[old] != kNone) return;
      for (const std::uint32_t other : to) {
        if (node_of[other] != kNone) ways_.push_back(node_of[other]);
      }
    });
    begin_.push_back(ways_.size());
  }
  // Empty for a node that stayed.
  std::span<const std::uint32_t> From(std::uint32_t old,
                                      std::size_t level) const {
    const std::size_t list = lists_[old] + level;
    return std::span(ways_).subspan(begin_[list],
                                    begin_[list + 1] - begin_[list]);
  }

 private:
  std::vector<std::size_t> lists_;  // By node: its lowest list.
  std::vector<std::size_t> begin_;  // By list.
  std::vector<std::uint32_t> ways_;
};

// Takes the lists of a kept graph over and fills those that lost links, from
// behind the nodes that left: else narrow walks find much less, and wide ones
// do not cross between groups that few links join.
class Relinking {
 public:
  Relinking(const KeptGraph& kept, const RowGroups& groups, const RowView& rows,
            const std::vector<std::uint32_t>& node_of)
      : kept_(kept), groups_(groups), rows_(rows), node_of_(node_of) {}

  // False: a level is higher than FAISS knows.
  bool TakeOver(faiss::HNSW& links) {
    links.levels.assign(groups_.nodes(), 0);
    for (std::uint32_t old = 0; old < node_of_.size(); ++old) {
      if (node_of_[old] == kNone) continue;
      const std::size_t levels = kept_.levels(old);
      if (levels >= links.cum_nneighbor_per_level.size()) return false;
      links.levels[node_of_[old]] = static_cast<int>(levels);
    }
    links.offsets.assign(1, 0);
    for (const int levels : links.levels) {
      links.offsets.push_back(
          links.offsets.back() +
          static_cast<std::size_t>(links.cum_nb_neighbors(levels)));
    }
    links.neighbors.assign(links.offsets.back(), -1);
    const LostWays ways(kept_, node_of_);
    kept_.VisitLists([&](std::uint32_t old, std::size_t level,
                         std::span<const std::uint32_t> to) {
      if (node_of_[old] == kNone) return;
      Take(to);
      std::size_t begin = 0, end = 0;
      links.neighbor_range(node_of_[old], static_cast<int>(level), &begin,
                           &end);
      if (list_.size() < to.size()) {
        Bridge(node_of_[old], level, to, ways);
        Fill(end - begin);
      }
      std::copy(list_.begin(), list_.end(),
                links.neighbors.begin() + static_cast<std::ptrdiff_t>(begin));
    });
    return true;
  }

 private:
  // The links to nodes that stayed, into list_.
  void Take(std::span<const std::uint32_t> to) {
    list_.clear();
    for (const std::uint32_t old : to) {
      if (node_of_[old] != kNone) list_.push_back(node_of_[old]);
    }
    found_.clear();
  }

  // For each link to a node that left one to the nearest behind it, so that the
  // few links that lead far away do; the others into found_.
  void Bridge(std::uint32_t node, std::size_t level,
              std::span<const std::uint32_t> to, const LostWays& ways) {
    for (const std::uint32_t old : to) {
      const std::size_t from = found_.size();
      for (const std::uint32_t other : ways.From(old, level)) {
        if (other != node && !Listed(other)) {
          found_.emplace_back(-Score(node, other), other);
        }
      }
      if (found_.size() == from) continue;
      list_.push_back(
          std::min_element(found_.begin() + static_cast<std::ptrdiff_t>(from),
                           found_.end())
              ->second);
    }
  }

  // The nearest of found_, up to all there is room for: the places are there.
  void Fill(std::size_t room) {
    std::sort(found_.begin(), found_.end());
    for (const auto& [distance, other] : found_) {
      if (list_.size() >= room) return;
      if (!Listed(other)) list_.push_back(other);
    }
  }

  bool Listed(std::uint32_t node) const {
    return std::find(list_.begin(), list_.end(), node) != list_.end();
  }

  float Score(std::uint32_t a, std::uint32_t b) const {
    const std::size_t row = groups_.first(a), other = groups_.first(b);
    const std::int32_t dot =
        DotCodes(rows_.codes(row), rows_.codes(other), rows_.stride());
    return static_cast<float>(dot) * (rows_.scale(row) * rows_.scale(other));
  }

  const KeptGraph& kept_;
  const RowGroups& groups_;
  const RowView& rows_;
  const std::vector<std::uint32_t>& node_of_;
  // Of the list at hand.
  std::vector<std::uint32_t> list_;
  std::vector<std::pair<float, std::uint32_t>> found_;
};

// Where a walk may start: `wanted`, or some node of the highest level.
std::size_t Entry(std::uint32_t wanted, const std::vector<int>& levels) {
  if (wanted != kNone) return wanted;
  return static_cast<std::size_t>(
      std::max_element(levels.begin(), levels.end()) - levels.begin());
}

}  // namespace

std::shared_ptr<const HnswGraph> HnswGraph::Restore(
    const KeptGraph& kept, const RowView& rows,
    const DenseIndexOptions& options) {
  if (kept.header().shape != ShapeOf(options)) return nullptr;
  RowGroups groups;
  groups.Extend(rows);
  const std::size_t nodes = groups.nodes();
  const auto node_of = Renumbering(kept, groups, rows);
  if (nodes == 0 || node_of.empty()) return nullptr;
  const std::size_t missing = kept.header().missing + (node_of.size() - nodes);
  if (TooMany(missing, nodes)) return nullptr;
  faiss::HNSW links(static_cast<int>(options.hnsw_links));
  if (!Relinking(kept, groups, rows, node_of).TakeOver(links)) return nullptr;
  const std::size_t entry = Entry(node_of[kept.header().entry], links.levels);
  links.entry_point = static_cast<std::int32_t>(entry);
  links.max_level = links.levels[entry] - 1;
  // One draw was made for each node: growth goes on where it would have.
  links.rng.mt.discard(nodes);
  return std::shared_ptr<const HnswGraph>(
      new HnswGraph(std::move(links), std::move(groups), missing));
}

std::string HnswGraph::Pack(const RowView& rows,
                            const DenseIndexOptions& options) const {
  const auto nodes = NodesByPrint(groups_, rows);
  std::vector<std::uint32_t> number(nodes.size());
  std::vector<std::uint64_t> prints;
  std::size_t known = 0;
  for (const NamedNode& named : nodes) {
    number[named.node] = static_cast<std::uint32_t>(prints.size());
    prints.push_back(named.known ? named.print : 0);
    known += named.known ? 1 : 0;
  }
  if (known == 0 || TooMany(missing_ + (nodes.size() - known), known) ||
      options.hnsw_links > kKeptLinksMax) {
    return {};
  }
  GraphPacker packer(ShapeOf(options), prints);
  std::vector<std::uint32_t> list;
  for (const NamedNode& named : nodes) {
    const int levels = links_.levels[named.node];
    packer.AddNode(static_cast<std::size_t>(levels));
    for (int level = 0; level < levels; ++level) {
      std::size_t begin = 0, end = 0;
      links_.neighbor_range(named.node, level, &begin, &end);
      list.clear();
      for (; begin < end && links_.neighbors[begin] >= 0; ++begin) {
        list.push_back(
            number[static_cast<std::size_t>(links_.neighbors[begin])]);
      }
      packer.AddList(list);
    }
  }
  const auto entry = static_cast<std::size_t>(links_.entry_point);
  return std::move(packer).Finish(number[entry],
                                  static_cast<std::uint32_t>(missing_));
}

}  // namespace cairn
