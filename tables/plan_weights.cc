#include "tables/plan_weights.h"

#include <string_view>
#include <unordered_map>

#include "tables/plan_features.h"

namespace cairn {
namespace {

struct Weight {
  std::string_view name;
  double weight;
};
constexpr Weight kWeights[] = {
#include "tables/plan_weights.inc"
};

}  // namespace

double PlanWeight(std::uint64_t feature_id) {
  static const auto weights = [] {
    std::unordered_map<std::uint64_t, double> by_id;
    for (const Weight& one : kWeights) {
      by_id.emplace(FeatureId(one.name), one.weight);
    }
    return by_id;
  }();
  const auto found = weights.find(feature_id);
  return found == weights.end() ? 0 : found->second;
}

}  // namespace cairn
