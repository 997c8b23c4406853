// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace lacuna {

/// What a unit of the machine is made of, as far as its price, leakage and area depend on it. The events of the unit
/// are counted as "unit.action"; the machine itself knows no prices.
struct UnitAttributes {
  std::string unit;                                ///< "filter_spad"
  std::string component_class;                     ///< "sram", "register_file", "mac", "noc", ...
  std::map<std::string, std::int64_t> attributes;  ///< "words" -> 224, "word_bits" -> 16, "instances" -> 168, ...
  /// What differs by action: a buffer moves words of several kinds. "psum_read" -> {"access_bits" -> 16}
  std::map<std::string, std::map<std::string, std::int64_t>> of_action = {};
  /// It stands in every PE: its clock is gated where the mapping leaves the PE out.
  bool in_pe = false;
  /// Of which part of the machine it is, where two that stand side by side have units of the same name; "" elsewhere.
  std::string part = {};
  /// It sits the layer out: no event is its, and its clock is gated. It leaks all the same.
  bool idle = false;

  /// "adder", or "adder of bit_parallel" where it is part of one of two datapaths.
  std::string label() const { return part.empty() ? unit : unit + " of " + part; }
  /// How many of it there are.
  std::int64_t instances() const {
    const auto found = attributes.find("instances");
    return found == attributes.end() ? 1 : found->second;
  }
};

}  // namespace lacuna
