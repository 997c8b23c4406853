// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/engine/plan.hpp"
#include "sim/values/layer_values.hpp"
#include "workloads/stimulus/stimulus.hpp"

namespace lacuna {

/// One layer alone on seeded data.
struct StimulusRequest {
  const LayerPlan& plan;
  const LayerStimulus& stimulus;
  const WeightSet& weights;
  const MacDatapath& datapath;
  const AccumulationOrder& order;  ///< of the chip; it matters where additions saturate
};

/// Values of the layer: every image of the batch has a seeded ifmap of its own with the stated zero share, and each
/// channel's bias is set for the stated output density. There is no float reference: the SQNR is not a number.
LayerValues stimulus_layer(const StimulusRequest& request);

}  // namespace lacuna
