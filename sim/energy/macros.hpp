// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sim/energy/price_table.hpp"

namespace lacuna {

/// A memory as the price of an action sees it: macros, `side_by_side` of which hold a row and are met together, `deep`
/// rows of macros, of which an access meets one. Leakage and area of a memory are those of its bits, however it is cut.
struct Macros {
  UnitAttributes macro;  ///< the attributes of one, and "further_macros": how many more than one are deep
  std::int64_t side_by_side = 1;
  std::int64_t deep = 1;
  std::int64_t count() const { return side_by_side * deep; }
};

/// The fewest macros that the model's `largest_macro` allows for the unit; one where it states none. Those of a deep
/// memory are of the largest size, so that more words never cost less.
Macros split_into_macros(const PriceModel& model, const UnitAttributes& unit);

/// The model's figure of an action of such a memory. Throws as evaluate().
Estimate action_estimate(const PriceModel& model, const Macros& macros, const std::string& what);

/// "global_buffer: 4718592 words of 64 bits, priced as 144 macros of 32768 words of 64 bits"
std::string described(const Macros& macros, const UnitAttributes& unit);

}  // namespace lacuna
