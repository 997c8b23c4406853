// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/base/span.hpp"
#include "sim/values/layer_precision.hpp"

namespace lacuna {

/// Signal to quantisation noise ratio of stored words against a float reference: sums over any number of maps.
class Sqnr {
 public:
  /// Adds the words of a map and their reference, of the same size.
  void add(Span<const float> reference, const ActivationFormat& format, Span<const StoredWord> words);
  /// 10 log10(sum of reference^2 / sum of (reference - worth)^2); the same bits on every host. Without noise +infinity,
  /// with noise but no signal -infinity.
  double db() const;

 private:
  double signal_ = 0.0;
  double noise_ = 0.0;
};

}  // namespace lacuna
