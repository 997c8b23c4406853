// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// What load_stimulus reads. A test holds it against the loader, member by member.
Schema stimulus_schema();

}  // namespace lacuna
