// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/energy/prices.hpp"
#include "sim/explain/figure.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr double kPicojoulePerMilliwattMillisecond = 1e6;

/// The list of prices that a layer ran at, or nullptr.
const Json* prices_of(const TracedFigure& figure) {
  const Json& layer = figure.result->at(Pointer(figure.group)).at("name");
  for (const Json& prices : figure.result->at(Pointer("/totals/prices"))) {
    const Json& layers = prices.at("layers");
    if (std::find(layers.begin(), layers.end(), layer) != layers.end()) return &prices;
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

/// Adds `times` a price to an energy, and gives what was added.
double add_to(PricedFigure& energy, const Json& price, const std::string& unit, double times) {
  const auto part = [&](const char* end) { return times * price.at(end + unit).get<double>(); };
  energy.value += part("value");
  energy.low += part("low");
  energy.high += part("high");
  return part("value");
}

/// A line for a price and how many times it is paid.
void add_line(Sheet& sheet, const std::string& what, const std::string& times, const std::string& price, double energy,
              const std::string& source) {
  sheet.line({what, times + " x " + price, "= " + number_text(energy) + " pJ", source});
}

/// Power of the whole chip, where the component is that.
void add_static_power(Sheet& sheet, const TracedFigure& figure, const Json& prices, PricedFigure& total) {
  if (figure.keys.at(1) != "static" || !prices.contains("static")) return;
  const Json& power = prices.at("static");
  const Json& time = figure.result->at(Pointer(figure.group + "/total_ms"));
  const double energy = add_to(total, power, "_mw", time.get<double>() * kPicojoulePerMilliwattMillisecond);
  add_line(sheet, "static power", number_text(time) + " ms", price_text(power, "_mw", "mW"), energy,
           source_text(power));
}

/// Power or energy a cycle of each unit of the chip, where the component is all of those: "leakage", "clock".
void add_units(Sheet& sheet, const TracedFigure& figure, const Json& prices, PricedFigure& total) {
  const std::string& component = figure.keys.at(1);
  if ((component != "leakage" && component != "clock") || !prices.contains(component)) return;
  const bool power = component == "leakage";
  const Json& layer = figure.result->at(Pointer(figure.group));
  const Json& time = layer.at(power ? "total_ms" : "total_cycles");
  for (const auto& [unit, price] : prices.at(component).items()) {
    if (price.contains("covered")) {
      sheet.line({unit, "", "= 0 pJ", "in another price: " + price.at("covered").get<std::string>()});
      continue;
    }
    // The clock of a PE that the mapping leaves out is gated.
    const bool gated = !power && price.value("in_pe", false);
    const Json share = gated ? layer.at("spatial_utilization") : Json(1.0);
    const double times = time.get<double>() * share.get<double>() * (power ? kPicojoulePerMilliwattMillisecond : 1.0);
    const double energy = add_to(total, price, power ? "_mw" : "_pj", times);
    add_line(sheet, unit, number_text(time) + (power ? " ms" : " cycles") + (gated ? " x " + number_text(share) : ""),
             price_text(price, power ? "_mw" : "_pj", power ? "mW" : "pJ"), energy, source_text(price));
  }
}

void add_event(Sheet& sheet, const TracedFigure& figure, const Json& prices, const std::string& event,
               PricedFigure& total) {
  const Json& counts = figure.result->at(Pointer(figure.group + "/counts"));
  if (!counts.contains(event)) return;
  const Json& count = counts.at(event);
  if (prices.at("covered").contains(event)) {
    const std::string reason = prices.at("covered").at(event).get<std::string>();
    return add_line(sheet, event, number_text(count), "0 pJ", 0.0, "in another price: " + reason);
  }
  const Json& price = prices.at("events").at(event);
  const double energy = add_to(total, price, "_pj", count.get<double>());
  add_line(sheet, event, number_text(count), price_text(price, "_pj", "pJ"), energy, source_text(price));
}

}  // namespace

void add_event_price(Sheet& sheet, const TracedFigure& figure) {
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
  add_price_table(sheet, figure);
}

std::optional<PricedFigure> add_component_events(Sheet& sheet, const TracedFigure& figure) {
  const std::string& component = figure.keys.at(1);
  const Json* prices = prices_of(figure);
  if (prices == nullptr) return {};
  PricedFigure total;
  add_static_power(sheet, figure, *prices, total);
  add_units(sheet, figure, *prices, total);
  for (const Json& event : prices->at("components").value(component, Json::array())) {
    add_event(sheet, figure, *prices, event.get<std::string>(), total);
  }
  return total;
}

PricedFigure add_area_units(Sheet& sheet, const Json& result, const std::string& component) {
  constexpr double kSquareMicrometrePerSquareMillimetre = 1e6;
  std::map<std::string, const Json*> widest;
  for (const Json& prices : result.at(Pointer("/totals/prices"))) {
    if (!prices.contains("area")) continue;
    for (const auto& [unit, figure] : prices.at("area").items()) {
      if (figure.contains("covered")) continue;
      const Json*& kept = widest[unit];
      if (kept == nullptr || figure.at("value_um2") > kept->at("value_um2")) kept = &figure;
    }
  }
  PricedFigure total;
  for (const auto& [unit, figure] : widest) {
    if (!component.empty() && figure->at("component") != component) continue;
    const double mm2 = add_to(total, *figure, "_um2", 1.0 / kSquareMicrometrePerSquareMillimetre);
    sheet.line({unit, figure->at("instances").dump() + " together", price_text(*figure, "_um2", "um2"),
                "= " + number_text(mm2) + " mm2", source_text(*figure)});
  }
  return total;
}

void add_price_table(Sheet& sheet, const TracedFigure& figure) {
  const Json* prices = prices_of(figure);
  if (prices == nullptr) return;
  sheet.entry("table", prices->at("table").get<std::string>() + ", " + prices->at("node_nm").dump() + " nm");
  const Json& fit = prices->at("fit");
  double worst = 0.0;
  for (const Json& point : fit) {
    const double error = point.at("error_percent").get<double>();
    if (std::abs(error) > std::abs(worst)) worst = error;
  }
  if (fit.empty()) return;
  char text[32];
  std::snprintf(text, sizeof text, "%+.1f %%", worst);
  const auto index = prices - &figure.result->at(Pointer("/totals/prices")).at(0);
  sheet.entry("fit", std::to_string(fit.size()) + " published figures, the worst off by " + text + ": /totals/prices/" +
                         std::to_string(index) + "/fit");
}

}  // namespace lacuna
