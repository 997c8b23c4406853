// SPDX-License-Identifier: Apache-2.0
#include "sim/values/precision.hpp"

#include <algorithm>

#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

std::string place_of(const JsonView& view) {
  return view.origin() + ": " + (view.pointer().empty() ? "" : view.pointer() + ": ");
}

/// Registered formats that weights, or activations, may have.
std::vector<std::string> formats_for(bool (NumberFormat::*may)() const) {
  std::vector<std::string> names;
  for (const std::string& name : Registry<NumberFormat>::instance().names()) {
    if ((Registry<NumberFormat>::instance().find(name)->*may)()) names.push_back(name);
  }
  return names;
}

StoredFormat load_format(const JsonView& view, bool (NumberFormat::*may)() const) {
  StoredFormat stored;
  const std::vector<std::string> formats = formats_for(may);
  const bool with_entries = std::any_of(formats.begin(), formats.end(), [](const std::string& name) {
    return Registry<NumberFormat>::instance().find(name)->chooses_value_bits();
  });
  view.allow_keys(with_entries ? std::vector<std::string>{"format", "bits", "value_bits"}
                               : std::vector<std::string>{"format", "bits"});
  stored.format = view.at("format").text_of(formats);
  const NumberFormat& format = *Registry<NumberFormat>::instance().find(stored.format);
  stored.bits = view.at("bits").integer(format.min_bits(), format.max_bits());
  if (format.chooses_value_bits()) {
    stored.value_bits = view.at("value_bits").integer(2, 16);
  } else if (view.has("value_bits")) {
    view.at("value_bits")
        .fail("unused key, found 'value_bits'; allowed where the entries of a codebook are chosen, and those of " +
              stored.format + " are not");
  }
  return stored;
}

LayerException load_exception(const JsonView& view) {
  view.allow_keys({"weights", "activations"});
  LayerException exception;
  exception.place = place_of(view);
  if (view.has("weights")) exception.weights = load_format(view.at("weights"), &NumberFormat::for_weights);
  if (view.has("activations"))
    exception.activations = load_format(view.at("activations"), &NumberFormat::for_activations);
  return exception;
}

}  // namespace

StoredFormat Precision::weights_of(const std::string& layer) const {
  const auto exception = layers.find(layer);
  return exception != layers.end() && exception->second.weights ? *exception->second.weights : weights;
}

StoredFormat Precision::activations_of(const std::string& layer) const {
  const auto exception = layers.find(layer);
  return exception != layers.end() && exception->second.activations ? *exception->second.activations : activations;
}

bool Precision::needs_training() const {
  std::vector<StoredFormat> formats = {weights, activations};
  for (const auto& [layer, exception] : layers) {
    formats.push_back(weights_of(layer));
    formats.push_back(activations_of(layer));
  }
  return std::any_of(formats.begin(), formats.end(), [](const StoredFormat& stored) {
    return Registry<NumberFormat>::instance().find(stored.format)->needs_training();
  });
}

std::string Precision::exempt() const {
  const auto is_plain = [](const StoredFormat& stored) {
    return stored.format == "fixed_point" || Registry<NumberFormat>::instance().find(stored.format)->floating();
  };
  std::string of_weights;
  std::string maps;
  const auto add = [](std::string& list, const std::string& name) { list += (list.empty() ? "" : ", ") + name; };
  for (const auto& [layer, exception] : layers) {
    if (!is_plain(weights) && is_plain(weights_of(layer))) add(of_weights, layer);
    if (!is_plain(activations) && is_plain(activations_of(layer))) add(maps, layer);
  }
  return of_weights + (of_weights.empty() || maps.empty() ? "" : "; ") + (maps.empty() ? "" : "maps " + maps);
}

Precision load_precision(const JsonView& view) {
  view.allow_keys({"name", "description", "source", "mac", "exempt_mac", "weights", "activations", "layers", "ranges"});
  Precision precision;
  precision.place = place_of(view);
  precision.name = view.at("name").text();
  precision.description = view.at("description").text();
  precision.source = view.at("source").text();
  const std::vector<std::string> macs = Registry<MacDatapath>::instance().names();
  if (view.has("mac")) precision.mac = view.at("mac").text_of(macs);
  if (view.has("exempt_mac")) precision.exempt_mac = view.at("exempt_mac").text_of(macs);
  precision.weights = load_format(view.at("weights"), &NumberFormat::for_weights);
  precision.activations = load_format(view.at("activations"), &NumberFormat::for_activations);
  if (view.has("layers")) {
    for (const std::string& layer : view.at("layers").keys()) {
      const JsonView exception = view.at("layers").at(layer);
      precision.layers[layer] = load_exception(exception);
      if (layer == "input" && exception.has("weights"))
        exception.at("weights").fail("a network's input has no weights; allowed activations");
    }
  }
  if (view.has("ranges")) {
    const JsonView networks = view.at("ranges");
    for (const std::string& network : networks.keys()) precision.ranges[network] = load_ranges(networks.at(network));
  }
  return precision;
}

std::string ranges_text(const Ranges& ranges, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    const auto found = ranges.find(name);
    if (found == ranges.end()) continue;
    const LayerRange& range = found->second;
    text += text.empty() ? "{\n" : ",\n";
    text += "  \"" + name + "\": {";
    if (range.weight_integer_bits && range.psum_integer_bits) {
      text += "\"weight_integer_bits\": " + std::to_string(*range.weight_integer_bits) +
              ", \"psum_integer_bits\": " + std::to_string(*range.psum_integer_bits) + ", ";
    }
    text += "\"activation_integer_bits\": " + std::to_string(range.activation_integer_bits) + "}";
  }
  return text + "\n}";
}

}  // namespace lacuna
