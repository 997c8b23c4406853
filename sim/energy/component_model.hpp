// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/base/unit_attributes.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {

/// Both ends included.
struct AttributeRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// A figure and the range that its sources leave open.
struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;

  Estimate& operator+=(const Estimate& other);
  Estimate operator*(double factor) const { return {value * factor, low * factor, high * factor}; }
};

/// One factor of a term: an attribute of the unit, or its square root ("sqrt(words)" in files).
struct TermFactor {
  std::string attribute;
  bool square_root = false;
};

/// An estimate times the product of its factors.
struct ModelTerm {
  Estimate estimate;
  std::vector<TermFactor> factors;
};

/// A figure of one component class (pJ of an action, mW of leakage, pJ of a clock cycle, um2) as a function of the
/// attributes of a unit: a sum of terms, or the reason why the class has none of its own.
struct ComponentModel {
  std::string component_class;
  std::vector<std::string> units;  ///< names of the units it is for; empty: every unit of the class without its own
  std::vector<ModelTerm> terms;
  std::string covered;  ///< why another number of the table holds this figure; "" where terms give it
  std::string source;
  bool fitted = false;   ///< fitted to measured totals, not published as such
  bool derived = false;  ///< worked out from published points of something else, as the source says
  std::map<std::string, AttributeRange> valid_for;

  bool names(const UnitAttributes& unit) const;
};

/// Reads a model whose terms are stated in `unit` ("pj", "mw", "um2": keys value_pj, low_pj, high_pj); `more_keys` are
/// those that the caller reads itself. Refuses, with file and place: unknown keys, negative figures, low above value
/// or value above high, no terms, no source.
ComponentModel read_component_model(const JsonView& view, const std::string& unit,
                                    const std::vector<std::string>& more_keys);

/// {"words": [16, 64]}: attribute -> range.
std::map<std::string, AttributeRange> read_valid_for(const JsonView& view);

/// A list of names, not empty.
std::vector<std::string> read_names(const JsonView& view);

/// A text that says something.
std::string read_stated(const JsonView& view, const std::string& key);

/// Whether a flag is set; absent is false.
bool read_flag(const JsonView& view, const std::string& key);

/// Three numbers "value_U", "low_U", "high_U", none negative, in order, with U = `unit`.
Estimate read_estimate(const JsonView& view, const std::string& unit);

/// The model with the unit's attributes put in. Throws Error (bad_input), beginning with `what`, when a term needs an
/// attribute that the unit does not state.
Estimate evaluate(const ComponentModel& model, const UnitAttributes& unit, const std::string& what);

/// "mac operand_bits = 8 is outside 16 to 16", for each attribute that is; "" when none is. Throws Error (bad_input),
/// beginning with `what`, when the unit does not state one of them.
std::string outside(const std::map<std::string, AttributeRange>& ranges, const UnitAttributes& unit,
                    const std::string& what);

/// "mac (class mac: accumulator_bits 16, operand_bits 16)"
std::string described(const UnitAttributes& unit);

}  // namespace lacuna
