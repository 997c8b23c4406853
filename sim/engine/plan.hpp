// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/array/array.hpp"
#include "hw/array/schedule.hpp"
#include "hw/chip/layer_job.hpp"
#include "sim/config/experiment.hpp"
#include "sim/energy/prices.hpp"
#include "sim/mapper/mapper.hpp"
#include "sim/values/layer_precision.hpp"

namespace lacuna {

/// One layer of a run, before anything is simulated: its mapping is legal and every event that it may raise has a
/// price.
struct LayerPlan {
  const Layer* layer = nullptr;
  std::shared_ptr<const ChipConfig> chip;  ///< with the MAC datapath that the layer runs on
  LayerPrecision precision;
  MappingContext context;
  std::shared_ptr<const ArrayMapping> mapping;
  std::shared_ptr<const ChosenMapping> search;  ///< how it was found; null where it was not searched for
  std::shared_ptr<const LayerSchedule> schedule;
  std::int64_t ofmap_group_channels = 4;  ///< channels of an ofmap stream: those that the reading layer fetches at once
  StreamWidths widths;
  Prices prices;
};

/// Plans the layers of an experiment, in the network's order. Throws Error (bad_input): a width that the MAC does not
/// take, a mapping that does not fit (naming layer and capacity), an event without a price.
std::vector<LayerPlan> plan_layers(const Experiment& experiment, const NetworkPrecision& precision);

/// Prices of everything that a layer may count on the experiment's chip, whatever its mapping. Throws Error
/// (bad_input).
Prices layer_prices(const Experiment& experiment, const NetworkPrecision& precision, const Layer& layer);

/// Adds the prices of a layer to those of a run, one for each pair of word widths.
void add_prices(std::vector<Prices>& prices, const Prices& layer);

/// How the words of every layer are stored on the experiment's chip. Throws Error (bad_input) as resolve_precision
/// does.
NetworkPrecision resolved_precision(const Experiment& experiment);

/// The MAC's accumulator as the chip states it; product shifts are each layer's own.
Arithmetic accumulator_of(const ChipConfig& chip);

}  // namespace lacuna
