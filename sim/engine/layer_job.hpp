// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/chip/layer_job.hpp"
#include "hw/chip/layer_run.hpp"
#include "sim/engine/plan.hpp"
#include "sim/result/layer_result.hpp"
#include "sim/result/pe_result.hpp"
#include "sim/values/layer_values.hpp"

namespace lacuna {

/// A job for the chip and what it borrows beyond the layer's values.
struct LayerWords {
  LayerJob job;
  std::vector<std::int64_t> biases;
};

/// The layer as the chip receives it, with its ofmaps where they are not to be computed; borrows plan and values. A
/// batch larger than the images given repeats them.
LayerWords layer_words(const LayerPlan& plan, const LayerValues& values, bool with_ofmaps);

/// Throws Error (run_failed) naming the first ofmap word that differs from the exact layer.
void check_ofmap(const LayerPlan& plan, const LayerValues& values, const LayerRun& run);

/// What the machine counted and the run set; times, utilisations and energies are left to derive().
LayerResult layer_result(const LayerPlan& plan, const LayerValues& values, const LayerRun& run);

/// What every PE of the array did, row by row, those that the mapping does not cover included.
LayerPes pe_results(const LayerPlan& plan, const LayerRun& run);

}  // namespace lacuna
