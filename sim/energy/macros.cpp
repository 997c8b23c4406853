// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/macros.hpp"

#include <algorithm>

namespace lacuna {
namespace {

/// Into how many parts of at most the model's size an attribute is cut.
std::int64_t parts_of(const PriceModel& model, const UnitAttributes& unit, const std::string& attribute) {
  const auto largest = model.largest_macro.find(attribute);
  const auto stated = unit.attributes.find(attribute);
  if (largest == model.largest_macro.end() || stated == unit.attributes.end()) return 1;
  return std::max<std::int64_t>(1, (stated->second + largest->second - 1) / largest->second);
}

std::string size_of(const UnitAttributes& unit) {
  return std::to_string(unit.attributes.at("words")) + " words of " + std::to_string(unit.attributes.at("word_bits")) +
         " bits";
}

}  // namespace

Macros split_into_macros(const PriceModel& model, const UnitAttributes& unit) {
  Macros macros;
  macros.macro = unit;
  if (model.largest_macro.empty()) return macros;
  macros.deep = parts_of(model, unit, "words");
  macros.side_by_side = parts_of(model, unit, "word_bits");
  std::map<std::string, std::int64_t>& sizes = macros.macro.attributes;
  if (macros.deep > 1) sizes["words"] = model.largest_macro.at("words");
  if (macros.side_by_side > 1)
    sizes["word_bits"] = (sizes["word_bits"] + macros.side_by_side - 1) / macros.side_by_side;
  sizes["further_macros"] = macros.deep - 1;
  return macros;
}

Estimate action_estimate(const PriceModel& model, const Macros& macros, const std::string& what) {
  return evaluate(model, macros.macro, what) * static_cast<double>(macros.side_by_side);
}

std::string described(const Macros& macros, const UnitAttributes& unit) {
  return unit.unit + ": " + size_of(unit) + ", priced as " + std::to_string(macros.count()) + " macros of " +
         size_of(macros.macro);
}

}  // namespace lacuna
