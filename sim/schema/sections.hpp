// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// A mapping file: the entries are those of its array.
Schema mapping_schema();
/// The section "run" of an experiment, mapping and stimulus inline.
Schema run_schema();
/// A whole experiment, every section the object itself: as it stands in a result, and below --set.
Schema experiment_schema();
/// result.json.
Schema result_schema();
/// analysis/published/NAME.json.
Schema published_schema();

}  // namespace lacuna
