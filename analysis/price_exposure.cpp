// SPDX-License-Identifier: Apache-2.0
#include "analysis/price_exposure.hpp"

#include <algorithm>

namespace lacuna {
namespace {

using Exposure = std::map<std::string, EnergyRange>;

constexpr double kPicojoulePerMilliwattMillisecond = 1e6;

/// The figures that one layer multiplies prices with.
struct Layer {
  JsonPlace place;
  double number(const char* key) const { return place.at(key).number(); }
};

/// Adds `factor` times a figure (keys low_U, value_U, high_U) to the model that it is from.
void add(Exposure& exposure, const std::string& table, const JsonPlace& figure, const std::string& unit,
         double factor) {
  EnergyRange& range = exposure[table + ": " + figure.at("source").text()];
  range.low_pj += factor * figure.at("low_" + unit).number();
  range.value_pj += factor * figure.at("value_" + unit).number();
  range.high_pj += factor * figure.at("high_" + unit).number();
}

void add_units(Exposure& exposure, const std::string& table, const JsonPlace& units, const std::string& unit,
               const std::pair<double, double>& factor_in_pe_and_not) {
  for (const std::string& name : units.keys()) {
    const JsonPlace figure = units.at(name);
    if (figure.has("covered")) continue;
    add(exposure, table, figure, unit,
        figure.at("in_pe").flag() ? factor_in_pe_and_not.first : factor_in_pe_and_not.second);
  }
}

void add_layer(Exposure& exposure, const Layer& layer, const JsonPlace& prices) {
  const std::string table = prices.at("table").text();
  const JsonPlace counts = layer.place.at("counts");
  const JsonPlace events = prices.at("events");
  for (const std::string& event : counts.keys()) {
    if (events.has(event)) add(exposure, table, events.at(event), "pj", counts.at(event).number());
  }
  const double pj_per_mw = layer.number("total_ms") * kPicojoulePerMilliwattMillisecond;
  if (prices.has("static")) add(exposure, table, prices.at("static"), "mw", pj_per_mw);
  if (prices.has("leakage")) add_units(exposure, table, prices.at("leakage"), "mw", {pj_per_mw, pj_per_mw});
  if (!prices.has("clock")) return;
  const double cycles = layer.number("total_cycles");
  add_units(exposure, table, prices.at("clock"), "pj", {cycles * layer.number("spatial_utilization"), cycles});
}

/// The prices that a layer ran at.
JsonPlace prices_of(const Layer& layer, const std::vector<JsonPlace>& all) {
  const std::string name = layer.place.at("name").text();
  for (const JsonPlace& prices : all) {
    for (const JsonPlace& priced : prices.at("layers").items()) {
      if (priced.text() == name) return prices;
    }
  }
  layer.place.fail("no prices for layer " + name);
}

}  // namespace

Exposure price_exposure(const JsonPlace& result) {
  const std::vector<JsonPlace> prices = result.at("totals").at("prices").items();
  Exposure exposure;
  for (const JsonPlace& place : result.at("layers").items()) {
    if (place.at("kind").text().rfind("host:", 0) == 0) continue;
    const Layer layer{place};
    add_layer(exposure, layer, prices_of(layer, prices));
  }
  return exposure;
}

EnergyRange energy_difference(const Exposure& a, const Exposure& b) {
  Exposure by_model = a;
  for (const auto& [model, range] : b) {
    EnergyRange& entry = by_model[model];
    entry.low_pj -= range.low_pj;
    entry.value_pj -= range.value_pj;
    entry.high_pj -= range.high_pj;
  }
  EnergyRange difference;
  for (const auto& entry : by_model) {
    const EnergyRange& model = entry.second;
    // A price between its ends is a mixture of two of the three: the extremes are at one of them.
    difference.low_pj += std::min({model.low_pj, model.value_pj, model.high_pj});
    difference.value_pj += model.value_pj;
    difference.high_pj += std::max({model.low_pj, model.value_pj, model.high_pj});
  }
  return difference;
}

}  // namespace lacuna
