// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/config/input_file.hpp"
#include "sim/energy/prices.hpp"
#include "sim/result/layer_result.hpp"
#include "sim/result/pe_result.hpp"
#include "sim/result/program.hpp"
#include "sim/result/totals.hpp"

namespace lacuna {

/// A run: enough to read its figures, to judge them and to repeat them. Totals are worked out by the writers.
struct RunResult {
  static constexpr std::int64_t kSchemaVersion = 1;

  Program program;
  std::vector<InputFile> inputs;
  std::vector<std::string> labels;  ///< what every reader must know: "weights: synthetic ...", "stimulus: ..."
  std::string config_json;          ///< the resolved experiment
  std::vector<LayerResult> layers;
  std::vector<std::string> not_run;  ///< conv and fc layers of the network that the run left out
  std::vector<LayerPes> pes;         ///< every PE of the array in every layer that ran on it
  std::vector<Prices> prices;        ///< one for each pair of word widths that a layer has
};

}  // namespace lacuna
