// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// Everything in which two runs of one layer differ, a line each ("pass 3 end: 120, 121"), as integers and without
/// tolerance: edges of every pass, cycles, counts, stalls by cause and bus, what every PE did, DRAM and buffer traffic,
/// ofmap words. Empty when they are equal. Only the core clock's sleep is not compared: the event model has no clock.
std::vector<std::string> differences(const LayerRun& clocked, const LayerRun& event);

/// What a run gave, or the message of the Error that it threw.
struct Outcome {
  LayerRun run;
  std::string error;
};

Outcome outcome_of(const std::function<LayerRun()>& run);

/// The same for two outcomes: an Error at either level is a difference, since every case compared is legal.
std::vector<std::string> differences(const Outcome& clocked, const Outcome& event);

/// Runs a legal case at both levels, the event model with `perturb` (RunHooks).
std::vector<std::string> level_differences(const LayerCase& c, const std::function<void(Described&)>& perturb = {});

}  // namespace lacuna::test
