// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// The kinds of JSON files that there is a schema of: "chip", "network", ..., and "experiment" and "result".
std::vector<std::string> schema_names();

/// What a schema is of, in one line.
std::string schema_description(const std::string& name);

/// The schema of one of schema_names(), for the parts that are registered. Throws Error (bad_input) for another name,
/// with the nearest spelling.
Schema schema_of(const std::string& name);

/// The same as the text of a file: configs/schemas/NAME.schema.json.
std::string schema_text(const std::string& name);

}  // namespace lacuna
