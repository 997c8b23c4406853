// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/energy/component_model.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {

/// "largest_macro" of a price.
struct LargestMacro {
  std::int64_t bits = 0;
  std::int64_t word_bits = 0;  ///< of a row; the bits are whole rows of it
};

/// The price, in pJ, of some actions of one component class.
struct PriceModel : ComponentModel {
  std::vector<std::string> actions;
  /// The largest memory that is one macro: a larger one is built of several, and the model is of one of them
  /// (sim/energy/macros.hpp). Absent: units are one piece, whatever their size.
  std::optional<LargestMacro> largest_macro;
  std::string variant;  ///< it holds where the table chooses this variant of the class; "": always
};

/// All power of a chip that no model of its parts accounts for.
struct StaticPower {
  Estimate mw;
  std::string source;
  bool fitted = false;
  std::map<std::string, std::map<std::string, AttributeRange>> valid_for;  ///< unit -> attribute -> range
};

/// A published figure beside what the table gives for it: how well the table's models fit.
struct FitPoint {
  std::string what;
  std::string unit;
  double published = 0.0;
  double model = 0.0;
  double error_percent() const { return 100.0 * (model / published - 1.0); }
};

/// configs/energy/NAME.json: component models of one technology. configs/energy/README.md describes the format.
struct PriceTable {
  std::string name;
  std::string origin;  ///< the file, for messages
  std::string description;
  std::string source;
  std::int64_t node_nm = 0;                 ///< that the models are for
  std::int64_t scaled_to_nm = 0;            ///< that they have been scaled to; node_nm: as they are
  std::optional<StaticPower> static_power;  ///< absent: the table says nothing about it, which is not zero
  std::vector<PriceModel> prices;
  /// Figures of whole units, one for each instance; absent: the table says nothing about them, which is not zero.
  std::optional<std::vector<ComponentModel>> leakage;  ///< mW
  std::optional<std::vector<ComponentModel>> clock;    ///< pJ a core cycle
  std::optional<std::vector<ComponentModel>> area;     ///< um2
  std::map<std::string, std::string> variants;         ///< component class -> the variant chosen ("dram" -> "lpddr4")
  std::vector<FitPoint> fit;
  std::vector<std::string> notes;

  /// The model of an action of a unit: one that names the unit wins over one for the whole class; nullptr without any.
  const PriceModel* find(const UnitAttributes& unit, const std::string& action) const;
};

/// The model of a unit among those of whole units: one that names it wins; nullptr without any.
const ComponentModel* find_model(const std::vector<ComponentModel>& models, const UnitAttributes& unit);

/// Reads a price table, scaled to the node that it asks for. Refuses, with file and place: unknown keys, negative
/// prices, low above value or value above high, a model without a source, two models for the same action of the same
/// unit, a variant that no model has, a node outside the range of the scaling equations.
PriceTable load_price_table(const JsonView& view);

}  // namespace lacuna
