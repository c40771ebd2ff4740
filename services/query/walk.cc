#include "services/query/walk.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace cairn {
namespace {

constexpr double kSteepness = 50;
constexpr std::size_t kSeedChunks = 10;
constexpr double kSeedPower = 8;  // Seeds weigh (score / best score)^power.
constexpr double kNameStrengthMin = 0.05;

double Idf(const GraphView& graph, std::size_t chunks) {
  return std::log(1 +
                  static_cast<double>(graph.chunk_count()) /
                      static_cast<double>(std::max<std::size_t>(chunks, 1)));
}

std::vector<Seed> MakeSeeds(const GraphView& graph, const QuestionNames& names,
                            std::span<const Candidate> candidates) {
  std::vector<Seed> seeds;
  const double best = candidates.empty() ? 0 : candidates.front().score();
  const std::size_t count = std::min(kSeedChunks, candidates.size());
  for (std::size_t i = 0; i < count && best > 0; ++i) {
    const auto node = graph.NodeOf(candidates[i].chunk);
    const double share = candidates[i].score() / best;
    if (node && share > 0)
      seeds.push_back({*node, std::pow(share, kSeedPower)});
  }
  const double idf_max = Idf(graph, 1);
  for (const QuestionLink& link : names.links) {
    const auto node = graph.NodeOf(link.entity);
    if (!node) continue;
    seeds.push_back({*node, std::max(link.strength, kNameStrengthMin) *
                                Idf(graph, link.chunks) / idf_max});
  }
  return seeds;
}

}  // namespace

std::unordered_map<ChunkId, double> Walk(
    const GraphView& graph, const QuestionNames& names,
    std::span<const Candidate> candidates) {
  std::unordered_map<ChunkId, double> scores;
  const std::vector<Seed> seeds = MakeSeeds(graph, names, candidates);
  if (seeds.empty()) return scores;
  double best = 0;
  for (const RankedNode& node : graph.PersonalizedPageRank(seeds, {})) {
    const auto chunk = graph.ChunkOf(node.node);
    if (!chunk || node.score <= 0) continue;
    if (best == 0) best = node.score;  // Best first.
    scores[*chunk] =
        std::log1p(kSteepness * node.score / best) / std::log1p(kSteepness);
  }
  return scores;
}

}  // namespace cairn
