// SPDX-License-Identifier: Apache-2.0
#include "hw/number/number_format.hpp"

#include <cmath>

namespace lacuna {

StoredWord ActivationLevels::word_of(double value) const {
  const double looked_at = mirrored ? std::fabs(value) : value;
  std::size_t passed = 0;
  for (const Threshold& threshold : thresholds) {
    if (looked_at < threshold.at || (looked_at == threshold.at && !threshold.inclusive)) break;
    ++passed;
  }
  const StoredWord word = words[passed];
  return mirrored && value < 0.0 ? static_cast<StoredWord>(-word) : word;
}

}  // namespace lacuna
