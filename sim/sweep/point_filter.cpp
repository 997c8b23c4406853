// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/point_filter.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "hw/base/strict_sql.hpp"
#include "sim/sweep/points.hpp"

namespace lacuna {

struct PointFilter::Database {
  Database() { make_strict(memory.getHandle()); }
  SQLite::Database memory{":memory:", SQLite::OPEN_READWRITE};
  std::unique_ptr<SQLite::Statement> statement;  ///< null without filters
};

void bind_json(SQLite::Statement& statement, int parameter, const std::string& json) {
  const nlohmann::json value = nlohmann::json::parse(json);
  if (value.is_number_integer()) return statement.bind(parameter, value.get<std::int64_t>());
  if (value.is_number()) return statement.bind(parameter, value.get<double>());
  if (value.is_boolean()) return statement.bind(parameter, value.get<bool>() ? 1 : 0);
  if (value.is_null()) return statement.bind(parameter);
  statement.bind(parameter, value.is_string() ? value.get<std::string>() : json);
}

PointFilter::PointFilter(const SweepFile& sweep) : sweep_(sweep), database_(std::make_unique<Database>()) {
  std::string columns;
  std::string names;
  for (const Axis* axis : sweep.axes()) {
    columns += std::string(columns.empty() ? "" : ", ") + "? AS \"" + axis->name + "\"";
    names += (names.empty() ? "" : ", ") + axis->name;
  }
  std::string all;
  for (const std::string& filter : sweep.filters) {
    const std::string place = sweep.base.origin("") + ": /filters: ";
    try {
      const std::string from = " FROM (SELECT " + columns + ")";
      const SQLite::Statement bare(database_->memory,
                                   "SELECT " + filter + from);  // whole by itself, without parentheses
      const SQLite::Statement one(database_->memory, "SELECT (" + filter + ")" + from);
      const SQLite::Statement used(database_->memory, "SELECT 1" + from + " WHERE (" + filter + ")");  // no aggregates
      if (one.getColumnCount() != 1) fail_input(place + "found '" + filter + "'; allowed an expression of one value");
    } catch (const SQLite::Exception& error) {
      fail_input(place + "found '" + filter + "': " + error.what() + "; allowed an SQL expression over " + names);
    }
    all += (all.empty() ? "(" : " AND (") + filter + ")";
  }
  if (all.empty()) return;
  const std::string query = "SELECT 1 FROM (SELECT " + columns + ") WHERE " + all;
  database_->statement = std::make_unique<SQLite::Statement>(database_->memory, query);
}

PointFilter::~PointFilter() = default;

bool PointFilter::passes(const SweepPoint& point) const {
  if (database_->statement == nullptr) return true;
  SQLite::Statement& statement = *database_->statement;
  statement.reset();
  const std::vector<const Axis*> axes = sweep_.axes();
  for (std::size_t i = 0; i < axes.size(); ++i) {
    bind_json(statement, static_cast<int>(i) + 1, axes[i]->values[point.values[i]]);
  }
  try {
    return statement.executeStep();
  } catch (const SQLite::Exception& error) {
    fail_input(sweep_.base.origin("") + ": /filters: " + point_text(sweep_, point) + ": " + error.what());
  }
}

}  // namespace lacuna
