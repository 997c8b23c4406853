// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// The schema of what load_fields reads. What is not required has as its default the value that it has in `defaults`. A
/// slot of parts is one of the registered ones, told by "kind", each with defaults of its own. `meaning` describes the
/// whole.
Schema field_schema(Described& defaults, const std::string& meaning = "");

/// The members of a field list, put into an object that may have more.
void add_fields(ObjectSchema& object, Described& defaults);

/// The schema of a struct that results are written from: every field stands there, a number that does not exist is
/// null.
Schema result_field_schema(Described& source, const std::string& meaning);

}  // namespace lacuna
