// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/array_activity.hpp"

namespace lacuna {

/// What all PEs of a clocked array have counted so far.
struct PeSums {
  std::vector<std::int64_t> stalls;  ///< by cause
  std::int64_t idle = 0;
};

/// Cuts the counts of a clocked array at the edges at which its passes take over.
class PassSpans {
 public:
  /// The next pass holds the array from edge `first` on; `before` is what was counted up to the edge before.
  void begin(std::int64_t first, PeSums before) {
    firsts_.push_back(first);
    before_.push_back(std::move(before));
  }
  /// Passes that have begun.
  std::int64_t passes() const { return static_cast<std::int64_t>(firsts_.size()); }
  /// What was counted in the span of each pass; the last one ends before edge `end`, when `all` had been counted.
  std::vector<PassActivity> activity(std::int64_t end, const PeSums& all) const;

 private:
  std::vector<std::int64_t> firsts_;
  std::vector<PeSums> before_;
};

}  // namespace lacuna
