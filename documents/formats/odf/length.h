// Lengths of OpenDocument: "2.5cm".
#pragma once

#include <string_view>

namespace cairn {

// In points; false, and `points` as it was, when `text` is no length.
bool OdfLength(std::string_view text, double& points);

}  // namespace cairn
