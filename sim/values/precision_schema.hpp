// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// What load_precision reads. A test holds it against the loader, member by member.
Schema precision_schema();

}  // namespace lacuna
