// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workloads/json/json_view.hpp"

namespace lacuna {

/// Both ends included.
struct AttributeRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// One factor of a price term: an attribute of the unit, or its square root ("sqrt(words)" in files).
struct PriceFactor {
  std::string attribute;
  bool square_root = false;
};

/// value_pj times the product of its factors; low_pj and high_pj, the range that the sources leave open, scale alike.
struct PriceTerm {
  double value_pj = 0.0;
  double low_pj = 0.0;
  double high_pj = 0.0;
  std::vector<PriceFactor> factors;
};

/// The price of some actions of one component class: a sum of terms, or the reason why they have none of their own.
struct PriceModel {
  std::string component_class;
  std::vector<std::string> units;  ///< names of the units it is for; empty: every unit of the class without its own
  std::vector<std::string> actions;
  std::vector<PriceTerm> terms;
  std::string covered;  ///< why another number of the table holds this energy; "" where terms give it
  std::string source;
  bool fitted = false;   ///< fitted to measured totals, not published as such
  bool derived = false;  ///< worked out from published points of something else, as the source says
  std::map<std::string, AttributeRange> valid_for;
};

/// All power that does not scale with counted events.
struct StaticPower {
  double value_mw = 0.0;
  double low_mw = 0.0;
  double high_mw = 0.0;
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

/// configs/energy/NAME.json: component models of one technology.
struct PriceTable {
  std::string name;
  std::string origin;  ///< the file, for messages
  std::string description;
  std::string source;
  std::int64_t node_nm = 0;
  std::optional<StaticPower> static_power;  ///< absent: the table says nothing about it, which is not zero
  std::vector<PriceModel> prices;
  std::vector<FitPoint> fit;
  std::vector<std::string> notes;
};

/// Reads a price table. Refuses, with file and place: unknown keys, negative prices, low above value or value above
/// high, a model without a source, and two models for the same action of the same unit.
PriceTable load_price_table(const JsonView& view);

}  // namespace lacuna
