// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sim/energy/price_table.hpp"

namespace lacuna {

/// A memory as the price of an action sees it: macros, some side by side that hold a row and are met together, and so
/// many such rows of macros, of which an access meets one. Leakage and area of a memory are those of its bits, however
/// it is cut.
struct Macros {
  UnitAttributes macro;  ///< the attributes of one, and "further_macros": how many more rows of macros than one
  double share = 1.0;    ///< rows of the widest macro that a row of the memory is: above 1 where several hold it
  std::int64_t count = 1;
};

/// The fewest macros that the model's `largest_macro` allows for the unit; one where it states none, and where the unit
/// has no words of bits. Macros of a memory that is cut are of the largest size, so that more of it never costs less.
Macros split_into_macros(const PriceModel& model, const UnitAttributes& unit);

/// The model's figure of an action of such a memory. Throws as evaluate().
Estimate action_estimate(const PriceModel& model, const Macros& macros, const std::string& what);

/// "global_buffer: 4718592 words of 64 bits, priced as 288 macros of 16384 words of 64 bits"
std::string described(const Macros& macros, const UnitAttributes& unit);

}  // namespace lacuna
