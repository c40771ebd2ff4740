#include "services/query/graph_stage.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace cairn {
namespace {

constexpr double kRareStrength = 0.5;
constexpr double kWalkSteepness = 50;

// "Xxxxx" or several words: not an acronym and not a common word.
bool IsProperName(std::string_view surface) {
  if (surface.find(' ') != std::string_view::npos) return true;
  return surface.size() > 2 && surface[0] >= 'A' && surface[0] <= 'Z' &&
         std::any_of(surface.begin() + 1, surface.end(),
                     [](char sign) { return sign >= 'a' && sign <= 'z'; });
}

void Raise(ChunkScores& scores, const ChunkId& chunk, double strength) {
  double& score = scores[chunk];
  score = std::max(score, std::min(1.0, strength));
}

void AddRareName(const GraphView& graph, EntityId entity, std::size_t chunks,
                 ChunkScores& strength) {
  const std::optional<NodeIndex> node = graph.NodeOf(entity);
  if (!node) return;
  const double weight =
      kRareStrength *
      (1 - std::log(static_cast<double>(std::max<std::size_t>(chunks, 1))) /
               std::log(10.0));
  for (const auto& [neighbor, edge] : graph.Edges(*node)) {
    if (const auto chunk = graph.ChunkOf(neighbor)) {
      Raise(strength, *chunk, weight);
    }
  }
}

double Idf(const GraphView& graph, std::size_t chunks) {
  return std::log(1 +
                  static_cast<double>(graph.chunk_count()) /
                      static_cast<double>(std::max<std::size_t>(chunks, 1)));
}

std::vector<Seed> MakeSeeds(const GraphView& graph, const QuestionNames& names,
                            std::span<const Candidate> candidates,
                            const GraphStageOptions& options) {
  std::vector<Seed> seeds;
  const double best = candidates.empty() ? 0 : candidates.front().score();
  const std::size_t count = std::min(options.seed_chunks, candidates.size());
  for (std::size_t i = 0; i < count && best > 0; ++i) {
    const auto node = graph.NodeOf(candidates[i].chunk);
    const double share = candidates[i].score() / best;
    if (node && share > 0) {
      seeds.push_back({*node, std::pow(share, options.seed_power)});
    }
  }
  const double idf_max = Idf(graph, 1);
  for (const QuestionLink& link : names.links) {
    const auto node = graph.NodeOf(link.entity);
    if (!node) continue;
    const double weight =
        std::max(link.strength, 0.05) * Idf(graph, link.chunks) / idf_max;
    seeds.push_back({*node, weight});
  }
  return seeds;
}

}  // namespace

QuestionNames FindQuestionNames(const GraphView& graph,
                                std::string_view question,
                                const GraphStageOptions& options) {
  QuestionNames names;
  names.links = graph.LinkQuestion(question);
  for (const QuestionLink& link : names.links) {
    if (!link.titled.empty()) {
      names.open = true;
      for (const ChunkId& chunk : graph.TitledChunks(link.entity)) {
        Raise(names.strength, chunk, link.strength);
      }
    } else if (link.chunks > 0 && link.chunks <= options.rare_chunks_max) {
      names.open = names.open || IsProperName(link.span.Of(question));
      AddRareName(graph, link.entity, link.chunks, names.strength);
    }
  }
  return names;
}

void AddLinkParts(const QuestionNames& names, const GraphStageOptions& options,
                  std::vector<Candidate>& candidates) {
  const double weight =
      options.link_weight * (names.open ? 1 : options.closed_gate);
  // The best chunk of each document by what is known so far.
  SortByScore(candidates);
  std::unordered_map<std::uint64_t, bool> seen;
  for (Candidate& candidate : candidates) {
    const auto found = names.strength.find(candidate.chunk);
    if (found == names.strength.end()) continue;
    bool& sibling = seen[candidate.chunk.document.value()];
    candidate.parts["link"] = weight * found->second * (sibling ? 0.5 : 1);
    sibling = true;
  }
  SortByScore(candidates);
}

ChunkScores Walk(const GraphView& graph, const QuestionNames& names,
                 std::span<const Candidate> candidates,
                 const GraphStageOptions& options, bool names_only) {
  ChunkScores scores;
  const std::vector<Seed> seeds = MakeSeeds(
      graph, names, names_only ? std::span<const Candidate>{} : candidates,
      options);
  if (seeds.empty()) return scores;
  double best = 0;
  for (const RankedNode& node : graph.PersonalizedPageRank(seeds, {})) {
    const auto chunk = graph.ChunkOf(node.node);
    if (!chunk || node.score <= 0) continue;
    if (best == 0) best = node.score;  // Best first.
    scores[*chunk] = std::log1p(kWalkSteepness * node.score / best) /
                     std::log1p(kWalkSteepness);
  }
  return scores;
}

}  // namespace cairn
