// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/plan.hpp"

#include <algorithm>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {

namespace {

/// The address of a layer in the experiment.
std::string pointer_of(const Experiment& experiment, const Layer& layer) {
  const std::vector<Layer>& layers = experiment.network.layers;
  const auto found =
      std::find_if(layers.begin(), layers.end(), [&layer](const Layer& other) { return other.name == layer.name; });
  return "/network/layers/" + std::to_string(found - layers.begin());
}

/// The mapping of a layer: the mapping file's entry, or the array's default.
std::unique_ptr<ArrayMapping> mapping_of(const Experiment& experiment, const Layer& layer,
                                         const MappingContext& context) {
  const ArrayKind& array = experiment.chip.array.array();
  const ArrayMapping* named = experiment.mapping.find(layer.name);
  try {
    if (named == nullptr) return array.default_mapping(context);
    array.check(context, *named);
    return named->clone();
  } catch (const Error& error) {
    const std::string problem = error.what();
    if (problem[0] == '/') throw;  // it names a field of the chip
    if (named == nullptr)
      fail_input(experiment.place(pointer_of(experiment, layer)) + "layer " + layer.name + ": " + problem);
    fail_input(experiment.place("/run/mapping/layers/" + layer.name) + problem +
               "; --mapping default fits whatever can fit");
  }
}

/// Channels that the layer reading this one fetches at once, or 4 where no layer on the array reads it directly, or
/// none that this chip can run.
std::int64_t reader_channels(const Experiment& experiment, const NetworkPrecision& precision, const Layer& layer) {
  constexpr std::int64_t kNoReader = 4;
  const Layer* reader = experiment.network.array_reader(layer);
  if (reader == nullptr) return kNoReader;
  const LayerPrecision& words = precision.layers.at(reader->name);
  const MappingContext context =
      mapping_context(experiment.chip, reader->shape(experiment.run.batch), words.weights.bits, words.ifmap.bits);
  try {
    const auto mapping = mapping_of(experiment, *reader, context);
    return experiment.chip.array.array().schedule(context, *mapping)->ifmap_tiles.front().channels;
  } catch (const Error&) {
    return kNoReader;  // it is refused with its reason when it is run itself
  }
}

StreamWidths stream_widths(const Experiment& experiment, const LayerPlan& plan) {
  const std::string weight_format = datapath_of(experiment.chip).weight_format();
  StreamWidths widths;
  widths.weight_bits = plan.context.weight_bits;
  widths.coded_weights = Registry<NumberFormat>::instance().find(weight_format)->coded();
  widths.activation_bits = plan.context.activation_bits;
  widths.ofmap_bits = plan.precision.post.ofmap_bits;
  widths.network_input = plan.layer->input == "input";
  return widths;
}

Prices prices_of(const Experiment& experiment, const LayerPlan& plan) {
  const std::vector<std::string> events = events_of(experiment.chip);
  const NumberParameters& weights = plan.precision.weights;
  const std::int64_t factor_bits = plan.widths.coded_weights ? weights.value_bits : weights.bits;
  Prices prices = resolve_prices(experiment.energy, units_of(experiment.chip, plan.context, factor_bits),
                                 {events.begin(), events.end()}, experiment.run.extrapolate);
  prices.words = std::to_string(plan.context.weight_bits) + "-bit weights, " +
                 std::to_string(plan.context.activation_bits) + "-bit activations";
  return prices;
}

LayerPlan plan_layer(const Experiment& experiment, const NetworkPrecision& precision, const Layer& layer) {
  LayerPlan plan;
  plan.layer = &layer;
  plan.precision = precision.layers.at(layer.name);
  plan.context = mapping_context(experiment.chip, layer.shape(experiment.run.batch), plan.precision.weights.bits,
                                 plan.precision.ifmap.bits);
  const auto mapping = mapping_of(experiment, layer, plan.context);
  plan.schedule = experiment.chip.array.array().schedule(plan.context, *mapping);
  plan.ofmap_group_channels = reader_channels(experiment, precision, layer);
  plan.widths = stream_widths(experiment, plan);
  formats_of(experiment.chip, plan.widths);  // refuses widths that do not fit a codec
  plan.prices = prices_of(experiment, plan);
  return plan;
}

}  // namespace

Arithmetic accumulator_of(const ChipConfig& chip) {
  return {0, chip.mac.accumulator_bits, chip.mac.overflow == "saturate"};
}

std::vector<LayerPlan> plan_layers(const Experiment& experiment, const NetworkPrecision& precision) {
  const std::int64_t cycles = datapath_of(experiment.chip).cycles_per_mac();
  if (cycles != 1) {
    fail_input(experiment.place("/chip/mac/kind") + "the array issues a MAC every cycle, found a datapath that takes " +
               std::to_string(cycles) + " cycles");
  }
  std::vector<LayerPlan> plans;
  for (const Layer* layer : experiment.simulated_layers()) {
    try {
      plans.push_back(plan_layer(experiment, precision, *layer));
    } catch (const Error& error) {
      const std::string problem = error.what();
      if (problem.compare(0, 6, "/chip/") != 0) throw;
      // The machine knows the field that a layer does not fit, the experiment where its value is from.
      const std::size_t end = problem.find(": ");
      fail_input(experiment.place(problem.substr(0, end)) + "layer " + layer->name + problem.substr(end));
    }
  }
  return plans;
}

}  // namespace lacuna
