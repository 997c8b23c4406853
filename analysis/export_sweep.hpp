// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// What may be exported of a sweep: views of its database.
const std::vector<std::string>& exported_views();

/// A view of the database of a sweep, one of exported_views(), in the order of the plan. Columns are those of the view
/// but for `point`, which depends on the order in which points were run; `position` is the place in the plan. As CSV:
/// one header, the shortest decimals that read back to the same number, nothing where there is no value. As JSON: a
/// list of records. Throws Error (bad_input).
std::string sweep_csv(const std::string& database, const std::string& view);
std::string sweep_json(const std::string& database, const std::string& view);

}  // namespace lacuna
