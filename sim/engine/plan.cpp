// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/plan.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/number/number_format.hpp"
#include "sim/mapper/mapper.hpp"

namespace lacuna {

namespace {

/// The machine knows the field that something does not fit, the experiment where its value is from.
[[noreturn]] void fail_with_place(const Experiment& experiment, const Error& error, const std::string& what) {
  const std::string problem = error.what();
  if (problem.compare(0, 6, "/chip/") != 0) throw;
  const std::size_t end = problem.find(": ");
  fail_input(experiment.place(problem.substr(0, end)) + what + problem.substr(end + 2));
}

/// The address of a layer in the experiment.
std::string pointer_of(const Experiment& experiment, const Layer& layer) {
  const std::vector<Layer>& layers = experiment.network.layers;
  const auto found =
      std::find_if(layers.begin(), layers.end(), [&layer](const Layer& other) { return other.name == layer.name; });
  return "/network/layers/" + std::to_string(found - layers.begin());
}

bool has_coded_weights(const LayerPrecision& words) {
  return Registry<NumberFormat>::instance().find(words.weight_format)->coded();
}

WordWidths widths_of(const LayerPrecision& words) {
  return {words.weight_bits, words.weights.value_bits, words.ifmap.bits, has_coded_weights(words)};
}

/// The widths of a layer, with tables that hold the widest codes of the network.
WordWidths priced_widths(const NetworkPrecision& precision, const LayerPrecision& words) {
  WordWidths widths = widths_of(words);
  for (const auto& [name, layer] : precision.layers) {
    if (layer.weight_format.empty() || !has_coded_weights(layer)) continue;
    widths.table_codes = std::max(widths.table_codes, layer.weight_bits);
  }
  return widths;
}

/// The widest words of the layers that run on the other of two datapaths; where none does, what that one takes.
WordWidths other_widths(const Experiment& experiment, const NetworkPrecision& precision, const LayerPrecision& words) {
  const MacDatapath* const exempt = exempt_datapath_of(experiment.chip);
  if (exempt == nullptr) return {};
  WordWidths widest{0, 0, 0};
  for (const auto& [name, layer] : precision.layers) {
    if (layer.weight_format.empty() || layer.exempt == words.exempt) continue;
    const WordWidths widths = priced_widths(precision, layer);
    widest.weight = std::max(widest.weight, widths.weight);
    widest.value = std::max(widest.value, widths.value);
    widest.activation = std::max(widest.activation, widths.activation);
    widest.table_codes = std::max(widest.table_codes, widths.table_codes);
  }
  if (widest.weight > 0) return widest;
  const MacDatapath& other = words.exempt ? datapath_of(experiment.chip) : *exempt;
  WordWidths widths;
  widths.weight = std::min(widths.weight, other.max_weight_bits());
  widths.activation = std::min(widths.activation, other.max_activation_bits());
  return widths;
}

/// The chip with the datapath that a layer runs on. Borrows that of the experiment where it can.
std::shared_ptr<const ChipConfig> chip_of(const Experiment& experiment, const LayerPrecision& words) {
  if (!words.exempt) return {std::shared_ptr<const ChipConfig>(), &experiment.chip};
  return std::make_shared<const ChipConfig>(with_exempt_datapath(experiment.chip));
}

/// The prices of a layer, by name.
Prices prices_of(const Experiment& experiment, const NetworkPrecision& precision, const std::string& layer,
                 const MappingContext& context) {
  const LayerPrecision& words = precision.layers.at(layer);
  const std::shared_ptr<const ChipConfig> chip = chip_of(experiment, words);
  const std::vector<std::string> events = events_of(*chip);
  const std::vector<UnitAttributes> units =
      units_of(*chip, context, priced_widths(precision, words), other_widths(experiment, precision, words));
  Prices prices = resolve_prices(experiment.energy, units, {events.begin(), events.end()}, experiment.run.extrapolate);
  prices.layers = {layer};
  prices.words = words_text(words.weight_bits, context.activation_bits);
  if (Registry<NumberFormat>::instance().find(words.weight_format)->chooses_value_bits()) {
    prices.words += ", values of " + std::to_string(words.weights.value_bits) + " bits";
  }
  if (words.exempt) prices.words += ", on " + chip->mac.kind;
  return prices;
}

MappingContext layer_context(const Experiment& experiment, const LayerPrecision& words, const Layer& layer) {
  MappingContext context =
      mapping_context(*chip_of(experiment, words), layer.shape(experiment.run.batch), widths_of(words));
  context.array = &experiment.chip.array.config();  // the same, and it stays
  context.network_input = layer.input() == "input";
  return context;
}

/// Cuts the layers of an experiment into passes, each once.
class Planner {
 public:
  Planner(const Experiment& experiment, const NetworkPrecision& precision)
      : experiment_(experiment), precision_(precision) {}

  LayerPlan plan(const Layer& layer);

 private:
  struct Cut {
    std::shared_ptr<const ChipConfig> chip;
    MappingContext context;
    StreamWidths widths;
    std::optional<Prices> search_prices;  ///< where the search needs them
    std::shared_ptr<const ChosenMapping> search;
    std::shared_ptr<const ArrayMapping> mapping;
    std::shared_ptr<const LayerSchedule> schedule;
  };
  const Cut& cut(const Layer& layer);
  void refuse_unsupported(const Layer& layer) const;
  void choose_mapping(const Layer& layer, Cut& cut) const;
  StreamWidths stream_widths(const Layer& layer) const;
  std::int64_t reader_channels(const Layer& layer);

  const Experiment& experiment_;
  const NetworkPrecision& precision_;
  std::map<std::string, Cut> cuts_;
};

StreamWidths Planner::stream_widths(const Layer& layer) const {
  const LayerPrecision& words = precision_.layers.at(layer.name);
  StreamWidths widths;
  widths.weight_bits = words.weight_bits;
  widths.coded_weights = has_coded_weights(words);
  widths.activation_bits = words.ifmap.bits;
  widths.ofmap_bits = precision_.layers.at(layer.name).post.ofmap_bits;
  widths.network_input = layer.input() == "input";
  widths.activation_form = words.ifmap.form();
  widths.ofmap_form = words.ofmap.form();
  return widths;
}

void Planner::refuse_unsupported(const Layer& layer) const {
  const std::string reason = experiment_.chip.array.array().refusal(layer.shape(experiment_.run.batch));
  if (reason.empty()) return;
  fail_input(experiment_.place(pointer_of(experiment_, layer)) + "layer " + layer.name + ": " + reason +
             "; --set /run/unsupported_layers=leave_out runs the others");
}

/// The mapping file's entry, the one searched for, or the array's default.
void Planner::choose_mapping(const Layer& layer, Cut& cut) const {
  const ArrayMapping* named = experiment_.mapping.find(layer.name);
  try {
    if (experiment_.mapping.searched()) {
      cut.search = search_mapping({cut.chip.get(), cut.context, cut.widths, accumulator_of(experiment_.chip),
                                   cut.search_prices ? &*cut.search_prices : nullptr, experiment_.run.search});
      cut.mapping = cut.search->mapping;
    } else if (named == nullptr) {
      cut.mapping = default_mapping(experiment_.chip, cut.context);
    } else {
      experiment_.chip.array.array().check(cut.context, *named);
      cut.mapping = named->clone();
    }
  } catch (const Error& error) {
    const std::string problem = error.what();
    if (problem[0] == '/') throw;  // it names a field of the chip
    if (named == nullptr)
      fail_input(experiment_.place(pointer_of(experiment_, layer)) + "layer " + layer.name + ": " + problem);
    fail_input(experiment_.place("/run/mapping/layers/" + layer.name) + problem +
               "; --mapping default fits whatever can fit");
  }
}

const Planner::Cut& Planner::cut(const Layer& layer) {
  const auto known = cuts_.find(layer.name);
  if (known != cuts_.end()) return known->second;
  refuse_unsupported(layer);
  const LayerPrecision& words = precision_.layers.at(layer.name);
  Cut cut;
  cut.chip = chip_of(experiment_, words);
  cut.context = layer_context(experiment_, words, layer);
  cut.widths = stream_widths(layer);
  if (experiment_.mapping.searched()) {
    formats_of(experiment_.chip, cut.widths);  // refuses widths that do not fit a codec
    if (objective_named(experiment_.run.search.objective).priced) {
      cut.search_prices = prices_of(experiment_, precision_, layer.name, cut.context);
    }
  }
  choose_mapping(layer, cut);
  cut.schedule = experiment_.chip.array.array().schedule(cut.context, *cut.mapping);
  return cuts_[layer.name] = std::move(cut);
}

/// Channels that the layer reading this one fetches at once, or 4 where no layer on the array reads it directly, or
/// none that this chip can run.
std::int64_t Planner::reader_channels(const Layer& layer) {
  constexpr std::int64_t kNoReader = 4;
  const Layer* reader = experiment_.network.array_reader(layer);
  if (reader == nullptr) return kNoReader;
  try {
    return cut(*reader).schedule->ifmap_tiles.front().channels;
  } catch (const Error&) {
    return kNoReader;  // it is refused with its reason when it is run itself
  }
}

LayerPlan Planner::plan(const Layer& layer) {
  LayerPlan plan;
  plan.layer = &layer;
  plan.precision = precision_.layers.at(layer.name);
  const Cut& layer_cut = cut(layer);
  plan.chip = layer_cut.chip;
  plan.context = layer_cut.context;
  plan.mapping = layer_cut.mapping;
  plan.search = layer_cut.search;
  plan.schedule = layer_cut.schedule;
  plan.widths = layer_cut.widths;
  formats_of(experiment_.chip, plan.widths);  // refuses widths that do not fit a codec
  plan.prices = prices_of(experiment_, precision_, layer.name, plan.context);
  plan.ofmap_group_channels = reader_channels(layer);
  return plan;
}

}  // namespace

Prices layer_prices(const Experiment& experiment, const NetworkPrecision& precision, const Layer& layer) {
  const LayerPrecision& words = precision.layers.at(layer.name);
  return prices_of(experiment, precision, layer.name, layer_context(experiment, words, layer));
}

void add_prices(std::vector<Prices>& prices, const Prices& layer) {
  const auto known =
      std::find_if(prices.begin(), prices.end(), [&layer](const Prices& other) { return other.same_as(layer); });
  if (known == prices.end()) return prices.push_back(layer);
  known->layers.insert(known->layers.end(), layer.layers.begin(), layer.layers.end());
}

NetworkPrecision resolved_precision(const Experiment& experiment) {
  for (const MacDatapath* mac : {&stored_datapath_of(experiment.chip), exempt_datapath_of(experiment.chip)}) {
    if (mac == nullptr) continue;
    try {
      check_psums(experiment.chip, *mac);
    } catch (const Error& error) {
      fail_with_place(experiment, error, "");
    }
  }
  return resolve_precision(experiment.precision, experiment.network,
                           {stored_datapath_of(experiment.chip), exempt_datapath_of(experiment.chip)},
                           accumulator_of(experiment.chip));
}

Arithmetic accumulator_of(const ChipConfig& chip) {
  return {0, chip.mac.accumulator_bits, chip.mac.overflow == "saturate"};
}

std::vector<LayerPlan> plan_layers(const Experiment& experiment, const NetworkPrecision& precision) {
  Planner planner(experiment, precision);
  std::vector<LayerPlan> plans;
  for (const Layer* layer : experiment.simulated_layers()) {
    try {
      plans.push_back(planner.plan(*layer));
    } catch (const Error& error) {
      fail_with_place(experiment, error, "layer " + layer->name + ": ");
    }
  }
  return plans;
}

}  // namespace lacuna
