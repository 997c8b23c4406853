// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// What load_network reads, as far as a schema can say it: shapes that chain and totals that add up are for the loader
/// alone. A test holds it against the loader, member by member.
Schema network_schema();

/// What load_ranges reads: the ranges of one network.
Schema ranges_schema();

}  // namespace lacuna
