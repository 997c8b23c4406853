// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/macros.hpp"

#include <algorithm>

#include "hw/base/layer_shape.hpp"

namespace lacuna {
namespace {

std::string size_of(const UnitAttributes& unit) {
  return std::to_string(unit.attributes.at("words")) + " words of " + std::to_string(unit.attributes.at("word_bits")) +
         " bits";
}

}  // namespace

Macros split_into_macros(const PriceModel& model, const UnitAttributes& unit) {
  Macros macros;
  macros.macro = unit;
  std::map<std::string, std::int64_t>& sizes = macros.macro.attributes;
  if (!model.largest_macro) return macros;
  sizes["further_macros"] = 0;
  if (sizes.count("words") == 0 || sizes.count("word_bits") == 0) return macros;
  const std::int64_t row_bits = sizes["word_bits"];
  const std::int64_t width = std::min(row_bits, model.largest_macro->word_bits);
  const std::int64_t words = std::max<std::int64_t>(1, model.largest_macro->bits / width);
  const std::int64_t rows = ceil_div(sizes["words"], words);
  macros.share = static_cast<double>(row_bits) / static_cast<double>(width);
  macros.count = rows * ceil_div(row_bits, width);
  sizes["word_bits"] = width;
  if (rows > 1) sizes["words"] = words;
  sizes["further_macros"] = rows - 1;
  return macros;
}

Estimate action_estimate(const PriceModel& model, const Macros& macros, const std::string& what) {
  return evaluate(model, macros.macro, what) * macros.share;
}

std::string described(const Macros& macros, const UnitAttributes& unit) {
  return unit.unit + ": " + size_of(unit) + ", priced as " + std::to_string(macros.count) + " macros of " +
         size_of(macros.macro);
}

}  // namespace lacuna
