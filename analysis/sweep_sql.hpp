// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>

#include "hw/base/csv.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

/// Whether a file is an SQLite database, by its first bytes.
bool is_database(const std::string& file);

/// What SQLite's refusal to open the database of a sweep means, and what to do: by its error code and text, and by
/// whether a write-ahead log (FILE-wal) is beside the database, as a sweep that was killed leaves it.
std::string opening_problem(const std::string& file, int error_code, const std::string& error, bool has_log);

/// Opens the database of a sweep for reading alone, strict about the SQL of users (make_strict). Throws Error
/// (bad_input) for what is none, or of another version.
std::unique_ptr<SQLite::Database> open_sweep(const std::string& file);

/// Runs `action`, and says of which file what SQLite found wrong, as Error (bad_input).
template <class Action>
auto reading_sweep(const std::string& file, const Action& action) {
  try {
    return action();
  } catch (const SQLite::Exception& error) {
    fail_input(file + ": cannot be read as the database of a sweep: " + error.what());
  }
}

/// A name as it stands in SQL.
std::string sql_name(const std::string& name);
/// A text as it stands in SQL.
std::string sql_text(const std::string& text);

/// A value as it stands in a CSV file: the shortest decimals, texts quoted where they must be (csv_cell of texts),
/// nothing for NULL.
std::string csv_cell(const SQLite::Column& value);
/// The same as a JSON value.
std::string json_cell(const SQLite::Column& value);
std::string json_text(const std::string& text);

}  // namespace lacuna
