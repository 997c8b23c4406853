// SPDX-License-Identifier: Apache-2.0
#include "analysis/sweep_sql.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "hw/base/decimal.hpp"
#include "hw/base/strict_sql.hpp"

namespace lacuna {
namespace {

constexpr char kMagic[] = "SQLite format 3";  // with the null character at its end
constexpr std::int32_t kApplicationId = 0x4C61636E;
constexpr std::int32_t kVersion = 3;
constexpr int kWaitMs = 10'000;

void check(SQLite::Database& database, const std::string& file, const std::string& pragma, std::int32_t allowed) {
  const std::int32_t found = database.execAndGet("PRAGMA " + pragma).getInt();
  if (found == allowed) return;
  const std::string problem = pragma == "user_version" ? "is of another version" : "is no database of a sweep";
  fail_input(file + ": " + problem + ": " + pragma + ", found " + std::to_string(found) + "; allowed " +
             std::to_string(allowed));
}

}  // namespace

bool is_database(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  char start[sizeof kMagic] = {};
  stream.read(start, sizeof start);
  return stream && std::equal(start, start + sizeof start, kMagic);
}

std::string opening_problem(const std::string& file, int error_code, const std::string& error, bool has_log) {
  constexpr int kPrimary = 0xFF;  // of an extended error code
  const int code = error_code & kPrimary;
  // Readers share an index of the log, FILE-shm, which the first of them has to make.
  if (has_log && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)) {
    return file + ": has unfinished writes beside it (" + file +
           "-wal), which are readable only in a folder that can be written to; copy both files to one";
  }
  if (code == SQLITE_READONLY) {
    return file +
           ": is as a sweep leaves it that has not ended (WAL mode), which is readable only in a folder that can be "
           "written to; copy it to one";
  }
  return file + ": cannot be read as the database of a sweep: " + error;
}

std::unique_ptr<SQLite::Database> open_sweep(const std::string& file) {
  std::error_code none;
  if (!std::filesystem::exists(file, none)) fail_input(file + ": no such file; allowed the database of a sweep");
  if (std::filesystem::is_directory(file, none)) fail_input(file + ": is a folder; allowed the database of a sweep");
  if (!is_database(file)) fail_input(file + ": is no database of a sweep");
  try {
    auto database = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READONLY, kWaitMs);
    make_strict(database->getHandle());
    check(*database, file, "application_id", kApplicationId);
    check(*database, file, "user_version", kVersion);
    return database;
  } catch (const SQLite::Exception& error) {
    std::error_code ignored;
    const bool has_log = std::filesystem::exists(file + "-wal", ignored);
    fail_input(opening_problem(file, error.getErrorCode(), error.what(), has_log));
  }
}

std::string sql_name(const std::string& name) { return in_quotes('"', name); }

std::string sql_text(const std::string& text) { return in_quotes('\'', text); }

std::string csv_cell(const SQLite::Column& value) {
  if (value.isNull()) return "";
  return value.isFloat() ? shortest_decimal(value.getDouble()) : csv_cell(value.getString());
}

std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_cell(const SQLite::Column& value) {
  if (value.isNull()) return "null";
  if (value.isFloat()) return nlohmann::json(value.getDouble()).dump();
  if (value.isInteger()) return std::to_string(value.getInt64());
  return json_text(value.getString());
}

}  // namespace lacuna
