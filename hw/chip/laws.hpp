// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/chip/config.hpp"
#include "hw/chip/layer_job.hpp"
#include "hw/chip/layer_run.hpp"

namespace lacuna {

/// Checks what must hold for every run, in release builds too. Throws Error (run_failed) with the law and both numbers.
void check_laws(const ChipConfig& chip, const LayerJob& job, const LayerRun& run);

}  // namespace lacuna
