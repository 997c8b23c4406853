// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// What may be exported of a sweep: views of its database.
const std::vector<std::string>& exported_views();

/// Writes a view of the database of a sweep, in the order of the plan, to a CSV file (one header, the shortest decimals
/// that read back to the same number, empty where there is no value), to a JSON file (a list of records), or to both;
/// "" = not to that one. Columns are those of the view but for `point`, which depends on the order in which points were
/// run; `position` is the place in the plan. Throws Error (bad_input, run_failed).
void export_sweep(const std::string& database, const std::string& view, const std::string& csv,
                  const std::string& json);

}  // namespace lacuna
