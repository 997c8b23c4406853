// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// What load_accelergy_map reads.
Schema accelergy_map_schema();

}  // namespace lacuna
