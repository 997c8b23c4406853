// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sim/energy/price_table.hpp"

namespace lacuna {

/// What a figure of one node is multiplied by to hold for another.
struct NodeFactors {
  Estimate energy;   ///< of a switched circuit: the supply voltage unchanged; low and high: 0.1 V less and more
  Estimate leakage;  ///< as energy, half to double
  double area = 1.0;
};

/// Stillmaker and Baas, "Scaling equations for the accurate prediction of CMOS device performance from 180 nm to 7 nm",
/// Integration 58, 2017, pages 74 to 81: energy as a polynomial of the supply voltage for each node, area as a table;
/// between nodes linear. Both nodes from 7 to 130 nm.
NodeFactors node_factors(std::int64_t from_nm, std::int64_t to_nm);

/// Scales all models of a table but DRAM's (which is off the chip) to the node that `view` states. Throws Error
/// (bad_input) for a node outside 7 to 130 nm and for a table with fitted numbers, which hold for their chip alone.
void scale_to_node(PriceTable& table, const JsonView& view);

}  // namespace lacuna
