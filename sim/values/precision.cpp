// SPDX-License-Identifier: Apache-2.0
#include "sim/values/precision.hpp"

#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

std::string place_of(const JsonView& view) {
  return view.origin() + ": " + (view.pointer().empty() ? "" : view.pointer() + ": ");
}

StoredFormat load_format(const JsonView& view) {
  StoredFormat stored;
  view.allow_keys({"format", "bits", "value_bits"});
  stored.format = view.at("format").text_of(Registry<NumberFormat>::instance().names());
  const NumberFormat& format = *Registry<NumberFormat>::instance().find(stored.format);
  stored.bits = view.at("bits").integer(format.min_bits(), format.max_bits());
  if (format.coded()) {
    stored.value_bits = view.at("value_bits").integer(2, 16);
  } else if (view.has("value_bits")) {
    view.at("value_bits")
        .fail("unused key, found 'value_bits'; allowed where the format has a codebook, and " + stored.format +
              " has none");
  }
  return stored;
}

LayerException load_exception(const JsonView& view) {
  view.allow_keys({"weights", "activations"});
  LayerException exception;
  exception.place = place_of(view);
  if (view.has("weights")) exception.weights = load_format(view.at("weights"));
  if (view.has("activations")) exception.activations = load_format(view.at("activations"));
  return exception;
}

}  // namespace

Precision load_precision(const JsonView& view) {
  view.allow_keys({"name", "description", "source", "weights", "activations", "layers", "ranges"});
  Precision precision;
  precision.place = place_of(view);
  precision.name = view.at("name").text();
  precision.description = view.at("description").text();
  precision.source = view.at("source").text();
  precision.weights = load_format(view.at("weights"));
  precision.activations = load_format(view.at("activations"));
  if (view.has("layers")) {
    for (const std::string& layer : view.at("layers").keys())
      precision.layers[layer] = load_exception(view.at("layers").at(layer));
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
