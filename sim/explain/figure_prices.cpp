// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <nlohmann/json.hpp>

#include "sim/explain/figure.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr double kPicojoulePerMilliwattMillisecond = 1e6;

/// The list of prices for the widths of a layer's words, or nullptr.
const Json* prices_of(const Figure& figure) {
  const Json& layer = figure.result->at(Pointer(figure.group));
  const std::string words =
      layer.at("weight_bits").dump() + "-bit weights, " + layer.at("activation_bits").dump() + "-bit activations";
  for (const Json& prices : figure.result->at(Pointer("/totals/prices"))) {
    if (prices.at("words") == words) return &prices;
  }
  return nullptr;
}

/// "1.39 pJ (1.31 to 1.47)"
std::string price_text(const Json& price, const std::string& unit, const std::string& shown_unit) {
  return number_text(price.at("value" + unit)) + " " + shown_unit + " (" + number_text(price.at("low" + unit)) +
         " to " + number_text(price.at("high" + unit)) + ")";
}

std::string source_text(const Json& price) {
  std::string text = price.at("source").get<std::string>();
  if (price.value("fitted", false)) text = "fitted: " + text;
  if (price.value("derived", false)) text = "derived: " + text;
  if (price.contains("extrapolated")) text += "; outside its range: " + price["extrapolated"].get<std::string>();
  return text;
}

}  // namespace

void add_event_price(Sheet& sheet, const Figure& figure) {
  const std::string& event = figure.keys.at(1);
  const std::size_t dot = event.find('.');
  sheet.entry("event", "'" + event.substr(dot + 1) + "' of unit '" + event.substr(0, dot) + "'");
  const Json* prices = prices_of(figure);
  if (prices == nullptr) return;
  for (const auto& [component, events] : prices->at("components").items()) {
    for (const Json& booked : events) {
      if (booked == event) sheet.entry("energy in", figure.group + "/energy_pj/" + component);
    }
  }
  if (prices->at("covered").contains(event)) {
    sheet.entry("price", "none of its own: " + prices->at("covered").at(event).get<std::string>());
  } else if (prices->at("events").contains(event)) {
    const Json& price = prices->at("events").at(event);
    sheet.entry("price", price_text(price, "_pj", "pJ"));
    sheet.entry("source", source_text(price));
  }
  sheet.entry("table", prices->at("table").get<std::string>());
}

double add_component_events(Sheet& sheet, const Figure& figure) {
  const std::string& component = figure.keys.at(1);
  const Json& layer = figure.result->at(Pointer(figure.group));
  const Json* prices = prices_of(figure);
  if (prices == nullptr) return std::numeric_limits<double>::quiet_NaN();
  double total = 0.0;
  if (component == "static" && prices->contains("static")) {
    const Json& power = prices->at("static");
    total = power.at("value_mw").get<double>() * layer.at("total_ms").get<double>() * kPicojoulePerMilliwattMillisecond;
    sheet.line({"static power", price_text(power, "_mw", "mW") + " x " + number_text(layer.at("total_ms")) + " ms",
                "= " + number_text(total) + " pJ", source_text(power)});
  }
  for (const Json& event : prices->at("components").value(component, Json::array())) {
    const std::string name = event.get<std::string>();
    if (!layer.at("counts").contains(name)) continue;
    const Json& count = layer.at("counts").at(name);
    if (prices->at("covered").contains(name)) {
      sheet.line({name, number_text(count) + " x 0 pJ", "= 0 pJ",
                  "in another price: " + prices->at("covered").at(name).get<std::string>()});
      continue;
    }
    const Json& price = prices->at("events").at(name);
    const double energy = count.get<double>() * price.at("value_pj").get<double>();
    total += energy;
    sheet.line({name, number_text(count) + " x " + price_text(price, "_pj", "pJ"), "= " + number_text(energy) + " pJ",
                source_text(price)});
  }
  return total;
}

}  // namespace lacuna
