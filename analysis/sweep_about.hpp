// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/sweep_results.hpp"

namespace SQLite {
class Database;
}

namespace lacuna {

/// What a database says of its sweep: tables meta, axes, figures, programs, and how its points ended. Throws
/// SQLite::Exception for what is not there, and Error (bad_input) with the file for values that say nothing.
SweepAbout read_sweep_about(SQLite::Database& database, const std::string& file);

/// Which results are eligible for a front, as an SQL expression: those that meet all constraints, and `more` unless it
/// is "".
std::string eligible_sql(const SweepAbout& about, const std::string& more = "");

/// The labels of a point, from column `labels`. Throws Error (bad_input), with the file, for what is no list of texts.
std::vector<std::string> label_texts(const std::string& labels, const std::string& file);

}  // namespace lacuna
