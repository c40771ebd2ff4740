#include "models/extractive/confidence.h"

#include <cmath>

namespace cairn::extractive {

double Confidence(const Signs& signs) {
  const double z = -3.6 + 2.0 * signs.cosine + 3.2 * signs.coverage +
                   1.6 * signs.passage_coverage - 2.4 * signs.missing +
                   (signs.fits ? 0.6 : 0.0);
  return 1 / (1 + std::exp(-z));
}

}  // namespace cairn::extractive
