// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/node_scaling.hpp"

#include <algorithm>
#include <array>

namespace lacuna {
namespace {

/// One row of Stillmaker and Baas's tables: the energy of a circuit is proportional to a V^2 + b V + c.
struct Node {
  double nm;
  double a, b, c;
  double area;  ///< of a circuit, relative to 45 nm
};

// Coefficients and areas as the scaling module of Accelergy's library plug-in repeats them.
constexpr std::array<Node, 10> kNodes = {{
    {130, 7.171, -6.709, 2.904, 6.4},
    {90, 4.762, -4.781, 2.092, 2.8},
    {65, 3.755, -4.398, 1.975, 1.5},
    {45, 1.103, -0.362, 0.2767, 1},
    {32, 0.9559, -0.7823, 0.471, 0.46},
    {20, 0.373, -0.1582, 0.04104, 0.21},
    {16, 0.2958, -0.1241, 0.03024, 0.19},
    {14, 0.2363, -0.09675, 0.02239, 0.17},
    {10, 0.2068, -0.09311, 0.02375, 0.1},
    {7, 0.1776, -0.09097, 0.02447, 0.059},
}};
constexpr double kVolt = 0.9;  // of Horowitz's 45 nm figures (ISSCC 2014)
constexpr double kVoltRange = 0.1;

/// f of the nodes at or around `nm`, linear between two.
template <class F>
double at_node(std::int64_t nm, F f) {
  const auto wanted = static_cast<double>(nm);
  std::size_t below = 0;
  while (kNodes[below].nm > wanted) ++below;
  if (kNodes[below].nm == wanted) return f(kNodes[below]);
  const Node& large = kNodes[below - 1];
  const Node& small = kNodes[below];
  const double share = (wanted - small.nm) / (large.nm - small.nm);
  return f(small) + share * (f(large) - f(small));
}

double energy(std::int64_t nm, double volt) {
  return at_node(nm, [volt](const Node& node) { return (node.a * volt + node.b) * volt + node.c; });
}

Estimate product(const Estimate& a, const Estimate& b) { return {a.value * b.value, a.low * b.low, a.high * b.high}; }

void scale(ComponentModel& model, const Estimate& factor) {
  for (ModelTerm& term : model.terms) term.estimate = product(term.estimate, factor);
  if (!model.terms.empty()) model.derived = true;
}

void scale_all(std::optional<std::vector<ComponentModel>>& models, const Estimate& factor) {
  if (!models) return;
  for (ComponentModel& model : *models) scale(model, factor);
}

bool has_fitted_numbers(const PriceTable& table) {
  return (table.static_power && table.static_power->fitted) ||
         std::any_of(table.prices.begin(), table.prices.end(), [](const PriceModel& model) { return model.fitted; });
}

}  // namespace

NodeFactors node_factors(std::int64_t from_nm, std::int64_t to_nm) {
  NodeFactors factors;
  if (from_nm == to_nm) {
    factors.energy = factors.leakage = {1.0, 1.0, 1.0};
    return factors;
  }
  const double from = energy(from_nm, kVolt);
  factors.energy = {energy(to_nm, kVolt) / from, energy(to_nm, kVolt - kVoltRange) / from,
                    energy(to_nm, kVolt + kVoltRange) / from};
  factors.leakage = {factors.energy.value, factors.energy.value / 2, factors.energy.value * 2};
  const auto area = [](std::int64_t nm) { return at_node(nm, [](const Node& node) { return node.area; }); };
  factors.area = area(to_nm) / area(from_nm);
  return factors;
}

void scale_to_node(PriceTable& table, const JsonView& view) {
  const std::int64_t to_nm =
      view.integer(static_cast<std::int64_t>(kNodes.back().nm), static_cast<std::int64_t>(kNodes.front().nm));
  if (to_nm == table.node_nm) return;
  if (has_fitted_numbers(table)) {
    view.fail("found " + std::to_string(to_nm) + "; allowed " + std::to_string(table.node_nm) +
              ": the table's numbers are fitted to one chip and scale to no other node");
  }
  const NodeFactors factors = node_factors(table.node_nm, to_nm);
  for (PriceModel& model : table.prices) {
    if (model.component_class != "dram") scale(model, factors.energy);
  }
  scale_all(table.leakage, factors.leakage);
  scale_all(table.clock, factors.energy);
  scale_all(table.area, {factors.area, factors.area, factors.area});
  table.scaled_to_nm = to_nm;
  table.notes.push_back("All figures but DRAM's are scaled from " + std::to_string(table.node_nm) + " to " +
                        std::to_string(to_nm) +
                        " nm by the equations of Stillmaker and Baas, Integration 58, 2017, at 0.9 V; range: the new "
                        "node's supply 0.1 V lower and higher.");
}

}  // namespace lacuna
