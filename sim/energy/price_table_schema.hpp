// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// What load_price_table reads. A test holds it against the loader, member by member.
Schema price_table_schema();

}  // namespace lacuna
