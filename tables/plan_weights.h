// PlanWeight: the fitted weight of a feature. Private to tables/.
#pragma once

#include <cstdint>

namespace cairn {

// 0 for features that no weight was fitted for.
double PlanWeight(std::uint64_t feature_id);

}  // namespace cairn
