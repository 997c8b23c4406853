// SPDX-License-Identifier: Apache-2.0
#include "sim/result/prices_json.hpp"

#include <nlohmann/json.hpp>

#include "sim/energy/account.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::ordered_json;

Json estimate_json(const Estimate& estimate, const std::string& unit) {
  return {{"value_" + unit, estimate.value}, {"low_" + unit, estimate.low}, {"high_" + unit, estimate.high}};
}

Json figure_json(const Figure& figure, const std::string& unit) {
  Json json = estimate_json(figure.estimate, unit);
  json["component"] = figure.component;
  json["fitted"] = figure.fitted;
  json["derived"] = figure.derived;
  json["source"] = figure.source;
  if (!figure.extrapolated.empty()) json["extrapolated"] = figure.extrapolated;
  return json;
}

Json static_json(const Prices& prices) {
  const StaticPower& power = *prices.static_power;
  Json json = estimate_json(power.mw, "mw");
  json["fitted"] = power.fitted;
  json["source"] = power.source;
  if (!prices.static_extrapolated.empty()) json["extrapolated"] = prices.static_extrapolated;
  return json;
}

/// Figures of all instances of each unit.
Json units_json(const UnitFigures& figures, const std::string& unit) {
  Json json = Json::object();
  for (const auto& [name, figure] : figures) {
    if (!figure.covered.empty()) {
      json[name] = {{"covered", figure.covered}};
      continue;
    }
    json[name] = figure_json(figure, unit);
    json[name]["instances"] = figure.instances;
    json[name]["in_pe"] = figure.in_pe;
  }
  return json;
}

void add_events(const Prices& prices, Json& json) {
  json["events"] = Json::object();
  json["covered"] = Json::object();
  json["components"] = Json::object();
  for (const auto& [event, price] : prices.events) {
    json["components"][price.component].push_back(event);
    if (price.covered.empty()) {
      json["events"][event] = figure_json(price, "pj");
    } else {
      json["covered"][event] = price.covered;
    }
  }
}

}  // namespace

Json prices_json(const Prices& prices) {
  Json json = {
      {"table", prices.table}, {"words", prices.words}, {"layers", prices.layers}, {"node_nm", prices.node_nm}};
  for (const auto& [kind, variant] : prices.variants) json["variants"][kind] = variant;
  if (prices.static_power) json["static"] = static_json(prices);
  add_events(prices, json);
  if (prices.leakage_mw) json["leakage"] = units_json(*prices.leakage_mw, "mw");
  if (prices.clock_pj) json["clock"] = units_json(*prices.clock_pj, "pj");
  if (prices.area_um2) json["area"] = units_json(*prices.area_um2, "um2");
  json["fit"] = Json::array();
  for (const FitPoint& point : prices.fit) {
    json["fit"].push_back({{"what", point.what},
                           {"unit", point.unit},
                           {"published", point.published},
                           {"model", point.model},
                           {"error_percent", point.error_percent()}});
  }
  json["notes"] = prices.notes;
  return json;
}

Json area_json(const std::vector<Prices>& prices) {
  const std::map<std::string, Estimate> areas = chip_area_mm2(prices);
  if (areas.empty()) return nullptr;
  Json json = {{"components", Json::object()}};
  Estimate sum;
  for (const auto& [component, area] : areas) {
    json["components"][component] = area.value;
    sum += area;
  }
  json["total"] = sum.value;
  json["total_low"] = sum.low;
  json["total_high"] = sum.high;
  return json;
}

}  // namespace lacuna
