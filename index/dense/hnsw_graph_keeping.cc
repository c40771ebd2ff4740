// HnswGraph to and from the bytes that are kept. Nodes are renumbered on both
// ways: in the bytes they stand by print, in a graph by row.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "index/dense/hnsw_graph.h"

namespace cairn {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
// Of the nodes that were linked. What links around the missing ones holds the
// rest together well up to here (docs/adr/0021-kept-graphs.md).
constexpr double kMissingMax = 0.2;
constexpr std::size_t kLinksMax = 127;

bool TooMany(std::size_t missing, std::size_t there) {
  return static_cast<double>(missing) >
         kMissingMax * static_cast<double>(missing + there);
}

// Nodes with a live row, by print. Of two with the same print only one: none
// could be told from the other.
std::vector<std::pair<std::uint64_t, std::uint32_t>> LiveNodes(
    const RowGroups& groups, const RowView& rows) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> nodes;
  for (std::uint32_t node = 0; node < groups.nodes(); ++node) {
    const auto members = groups.members(node);
    if (std::all_of(members.begin(), members.end(),
                    [&](std::uint32_t row) { return rows.dead(row); })) {
      continue;
    }
    nodes.emplace_back(PrintOf(rows, groups.first(node)), node);
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end(),
                          [](const auto& a, const auto& b) {
                            return a.first == b.first;
                          }),
              nodes.end());
  return nodes;
}

// Of the nodes that stay, numbered anew: the one to start from.
template <typename Levels>
std::uint32_t Entry(std::uint32_t wanted, std::size_t nodes,
                    const Levels& levels) {
  if (wanted != kNone) return wanted;
  std::uint32_t best = 0;
  for (std::uint32_t node = 1; node < nodes; ++node) {
    if (levels(node) > levels(best)) best = node;
  }
  return best;
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

// The lists of `kept`; false: a level is higher than FAISS knows.
bool FillLinks(const KeptGraph& kept, const std::vector<std::uint32_t>& node_of,
               std::size_t nodes, faiss::HNSW& links) {
  links.levels.assign(nodes, 0);
  for (std::uint32_t old = 0; old < node_of.size(); ++old) {
    if (node_of[old] == kNone) continue;
    if (kept.levels(old) >= links.cum_nneighbor_per_level.size()) return false;
    links.levels[node_of[old]] = static_cast<int>(kept.levels(old));
  }
  links.offsets.assign(1, 0);
  for (const int levels : links.levels) {
    links.offsets.push_back(
        links.offsets.back() +
        static_cast<std::size_t>(links.cum_nb_neighbors(levels)));
  }
  links.neighbors.assign(links.offsets.back(), -1);
  kept.VisitLists([&](std::uint32_t old, std::size_t level,
                      std::span<const std::uint32_t> to) {
    if (node_of[old] == kNone) return;
    std::size_t at = 0, end = 0;
    links.neighbor_range(node_of[old], static_cast<int>(level), &at, &end);
    for (const std::uint32_t other : to) {
      if (node_of[other] == kNone) continue;
      links.neighbors[at++] = static_cast<std::int32_t>(node_of[other]);
    }
  });
  return true;
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
  if (!FillLinks(kept, node_of, nodes, links)) return nullptr;
  const std::uint32_t entry =
      Entry(node_of[kept.header().entry], nodes,
            [&](std::uint32_t node) { return links.levels[node]; });
  links.entry_point = static_cast<std::int32_t>(entry);
  links.max_level = links.levels[entry] - 1;
  // One draw was made for each node: growth goes on where it would have.
  links.rng.mt.discard(nodes);
  return std::shared_ptr<const HnswGraph>(
      new HnswGraph(std::move(links), std::move(groups), missing));
}

std::string HnswGraph::Pack(const RowView& rows,
                            const DenseIndexOptions& options) const {
  const auto nodes = LiveNodes(groups_, rows);
  const std::size_t missing = missing_ + (groups_.nodes() - nodes.size());
  if (nodes.empty() || TooMany(missing, nodes.size()) ||
      options.hnsw_links > kLinksMax) {
    return {};
  }
  std::vector<std::uint32_t> number(groups_.nodes(), kNone);
  std::vector<std::uint64_t> prints;
  for (const auto& [print, node] : nodes) {
    number[node] = static_cast<std::uint32_t>(prints.size());
    prints.push_back(print);
  }
  const auto levels = [&](std::uint32_t packed) {
    return static_cast<std::size_t>(links_.levels[nodes[packed].second]);
  };
  GraphPacker packer(ShapeOf(options), prints);
  std::vector<std::uint32_t> list;
  for (std::uint32_t packed = 0; packed < nodes.size(); ++packed) {
    packer.AddNode(levels(packed));
    for (std::size_t level = 0; level < levels(packed); ++level) {
      std::size_t begin = 0, end = 0;
      links_.neighbor_range(nodes[packed].second, static_cast<int>(level),
                            &begin, &end);
      list.clear();
      for (; begin < end && links_.neighbors[begin] >= 0; ++begin) {
        const auto to = static_cast<std::size_t>(links_.neighbors[begin]);
        if (number[to] != kNone) list.push_back(number[to]);
      }
      packer.AddList(list);
    }
  }
  const auto entry = static_cast<std::size_t>(links_.entry_point);
  return std::move(packer).Finish(Entry(number[entry], nodes.size(), levels),
                                  static_cast<std::uint32_t>(missing));
}

}  // namespace cairn
