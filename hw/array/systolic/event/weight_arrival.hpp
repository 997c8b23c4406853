// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "hw/array/systolic/event/timing_parameters.hpp"
#include "hw/memory/event_weight_decoder.hpp"

namespace lacuna {

/// Edges by which weights that stream hold back the computing of a pass.
struct SystolicWeightWait {
  std::int64_t first = 0;  ///< its first edge
  std::int64_t all = 0;    ///< and all that wait
};

/// When the weights of a pass come out of a weight decoder. The array waits in step, so that an edge happens once its
/// own weights and all those before have come: the edges are the beats that the decoder is asked for.
class SystolicWeightArrivals {
 public:
  /// `decoder` null: words come from the global buffer, never late.
  SystolicWeightArrivals(const SystolicTimingParameters& parameters, EventWeightDecoder* decoder)
      : parameters_(parameters), decoder_(decoder) {}

  // Of a pass whose filter tile lies in the weight memory; of the two, one reads it.

  /// Edges that the load of weights takes longer than without a decoder; it is asked at the first of them.
  std::int64_t wait_of_load(const SystolicFold& fold);
  /// Of weights that stream, in a pass that may compute from `ahead` edges after the asking on.
  SystolicWeightWait wait_of_stream(const SystolicFold& fold, std::int64_t ahead);

 private:
  struct Reader {
    std::string name;  ///< what the beats depend on besides the tile
    WeightBeats beats;
  };
  const Reader& load_reader(const SystolicFold& fold);
  const Reader& stream_reader(const SystolicFold& fold, std::int64_t ahead);

  const SystolicTimingParameters& parameters_;
  EventWeightDecoder* const decoder_;
  std::map<std::array<std::int64_t, 3>, Reader> readers_;  ///< by lanes or taps, steps or taps, and edges ahead
};

}  // namespace lacuna
