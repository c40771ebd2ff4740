#include "services/query/fitted_score.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace cairn {
namespace {

constexpr std::size_t kNodesMax = 6;
constexpr std::size_t kFeatures = 12;
using Features = std::array<double, kFeatures>;

struct Node {
  std::uint8_t feature;
  float threshold;          // Up to it to the left.
  std::int8_t left, right;  // A node, or below 0 the leaf ~child.
};

struct Tree {
  std::uint8_t nodes;
  std::array<Node, kNodesMax> node;
  std::array<float, kNodesMax + 1> leaf;
};

constexpr Tree kTrees[] = {
#include "services/query/fitted_trees.inc"
};

constexpr double ValueOf(const Tree& tree, const Features& features) {
  std::int8_t at = 0;
  while (at >= 0) {
    const Node& node = tree.node[static_cast<std::size_t>(at)];
    at = features[node.feature] <= static_cast<double>(node.threshold)
             ? node.left
             : node.right;
  }
  return static_cast<double>(tree.leaf[static_cast<std::size_t>(~at)]);
}

double SumOver(const Features& features) {
  double sum = 0;
  for (const Tree& tree : kTrees) sum += ValueOf(tree, features);
  return sum;
}

// Children come after their parents, so that every walk ends.
constexpr bool AllTreesAreSound() {
  for (const Tree& tree : kTrees) {
    if (tree.nodes == 0 || tree.nodes > kNodesMax) return false;
    for (std::size_t i = 0; i < tree.nodes; ++i) {
      if (tree.node[i].feature >= kFeatures) return false;
      for (const int child : {tree.node[i].left, tree.node[i].right}) {
        const auto leaf = static_cast<std::size_t>(~child);
        if (child < 0 && leaf > tree.nodes) return false;
        const auto next = static_cast<std::size_t>(child);
        if (child >= 0 && (next <= i || next >= tree.nodes)) return false;
      }
    }
  }
  return true;
}
static_assert(AllTreesAreSound());

double Share(double part, double weight) {
  return weight > 0 ? part / weight : 0;
}

// In the order of FEATURES in eval/fit/trees.py.
Features FeaturesOf(const Candidate& candidate,
                    const RetrievalOptions& options) {
  const auto dense = candidate[Part::kDense] + candidate[Part::kSentence];
  const auto hop = candidate[Part::kHopDense] + candidate[Part::kHopSentence];
  return {Share(dense, options.dense + options.sentence),
          Share(candidate[Part::kLexical], options.lexical),
          Share(candidate[Part::kLink], options.link),
          Share(candidate[Part::kHopLink], options.hop_link),
          Share(candidate[Part::kHopLinkFit], options.hop_link_fit),
          Share(candidate[Part::kHopName], options.hop_name),
          Share(candidate[Part::kHopNear], options.hop_near),
          Share(hop, options.hop_dense + options.hop_sentence),
          Share(candidate[Part::kHopLexical], options.hop_lexical),
          Share(candidate[Part::kSimilar], options.similar),
          Share(candidate[Part::kGraph], options.walk),
          candidate.score()};
}

}  // namespace

double FittedScore(const Candidate& candidate,
                   const RetrievalOptions& options) {
  static const double floor = SumOver({});
  return SumOver(FeaturesOf(candidate, options)) - floor;
}

}  // namespace cairn
