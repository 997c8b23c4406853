// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "hw/array/pass_record.hpp"
#include "hw/array/systolic/event/timing_parameters.hpp"
#include "hw/array/systolic/event/weight_arrival.hpp"

namespace lacuna {

/// Edges of one pass and what it exposed of them to the array: link + load + weight + compute edges follow the end
/// of the pass before.
struct SystolicPassEdges {
  PassRecord record;
  std::int64_t compute_start = 0;
  std::int64_t load = 0;    ///< edges in which the array does nothing but load
  std::int64_t weight = 0;  ///< edges in which it waits for the weight decoder
  std::int64_t compute = 0;
};

/// Times passes one after the other: in closed form, but for the edges at which weights come out of a decoder.
class SystolicTimeline {
 public:
  /// `decoder`: where filters come from, if not from the global buffer, else null.
  SystolicTimeline(SystolicTimingParameters parameters, EventWeightDecoder* decoder)
      : parameters_(std::move(parameters)), weights_(parameters_, decoder) {}
  SystolicTimeline(const SystolicTimeline&) = delete;
  SystolicTimeline& operator=(const SystolicTimeline&) = delete;

  /// The next pass, whose words are in the buffer from edge `allowed` on; its filter tile lies there now.
  const SystolicPassEdges& next(const SystolicPass& pass, std::int64_t allowed);

 private:
  const SystolicTimingParameters parameters_;
  SystolicWeightArrivals weights_;
  SystolicPassEdges last_;
};

}  // namespace lacuna
