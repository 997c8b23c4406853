// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/database_schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "hw/base/strict_sql.hpp"
#include "sim/schema/schema_walk.hpp"
#include "sim/schema/schemas.hpp"
#include "sim/sweep/figure_columns.hpp"
#include "sim/sweep/point_filter.hpp"

namespace lacuna {
namespace {

const char* const kTables = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE axes(position INTEGER PRIMARY KEY, name TEXT UNIQUE, paths TEXT, unit TEXT, meaning TEXT);
CREATE TABLE figures(name TEXT, of TEXT, meaning TEXT, unit TEXT, PRIMARY KEY(name, of)) WITHOUT ROWID;
CREATE TABLE programs(id INTEGER PRIMARY KEY, version TEXT, git_revision TEXT, compiler TEXT,
                      UNIQUE(version, git_revision, compiler));
CREATE TABLE energy(point INTEGER, layer INTEGER, component TEXT, energy_pj REAL,
                    PRIMARY KEY(point, layer, component)) WITHOUT ROWID;
CREATE TABLE stalls(point INTEGER, layer INTEGER, cause TEXT, cycles INTEGER,
                    PRIMARY KEY(point, layer, cause)) WITHOUT ROWID;
CREATE TABLE inputs(path TEXT, sha256 TEXT, PRIMARY KEY(path, sha256)) WITHOUT ROWID;
CREATE TABLE sources(id INTEGER PRIMARY KEY, text TEXT UNIQUE);
CREATE TABLE price_exposure(point INTEGER, source INTEGER, low_pj REAL, value_pj REAL, high_pj REAL,
                            PRIMARY KEY(point, source)) WITHOUT ROWID;
)";

std::string quoted(const std::string& name) { return '"' + name + '"'; }

std::string declared(const std::vector<FigureColumn>& columns) {
  std::string text;
  for (const FigureColumn& column : columns) text += ", " + quoted(column.name) + " " + column.type;
  return text;
}

void describe_figures(SQLite::Database& database, const char* of, const std::vector<FigureColumn>& columns) {
  SQLite::Statement insert(database, "INSERT INTO figures VALUES(?, ?, ?, ?)");
  for (const FigureColumn& column : columns) {
    insert.bind(1, column.name);
    insert.bind(2, of);
    insert.bind(3, column.meaning);
    insert.bind(4, column.unit);
    insert.exec();
    insert.reset();
  }
}

void write_meta(SQLite::Database& database, const SweepFile& sweep) {
  nlohmann::json goals = nlohmann::json::array();
  for (const Goal& goal : sweep.goals) {
    goals.push_back({{"figure", goal.figure}, {"goal", goal.more_is_better ? "max" : "min"}});
  }
  const std::pair<const char*, std::string> entries[] = {
      {"name", sweep.name},
      {"description", sweep.description},
      {"finding", sweep.finding},
      {"sweep", sweep.json},
      {"base", sweep.base.json().dump()},
      {"mapping", sweep.mapping_text()},
      {"objectives", goals.dump()},
      {"constraints", nlohmann::json(sweep.constraints).dump()},
  };
  SQLite::Statement insert(database, "INSERT OR REPLACE INTO meta VALUES(?, ?)");
  for (const auto& [key, value] : entries) {
    insert.bind(1, key);
    insert.bind(2, value);
    insert.exec();
    insert.reset();
  }
}

void write_axes(SQLite::Database& database, const SweepFile& sweep) {
  const Schema experiment = schema_of("experiment");
  database.exec("DELETE FROM axes");
  SQLite::Statement insert(database, "INSERT INTO axes VALUES(?, ?, ?, ?, ?)");
  int position = 0;
  for (const Axis* axis : sweep.axes()) {
    const Schema& form = *places_at(experiment, nullptr, axis->paths.front()).front().form;
    insert.bind(1, position++);
    insert.bind(2, axis->name);
    insert.bind(3, nlohmann::json(axis->paths).dump());
    insert.bind(4, form.value("unit", ""));
    insert.bind(5, form.value("description", ""));
    insert.exec();
    insert.reset();
  }
}

void write_points(SQLite::Database& database, const SweepFile& sweep, const std::vector<SweepPoint>& points) {
  const std::vector<const Axis*> axes = sweep.axes();
  std::string columns;
  std::string places;
  for (const Axis* axis : axes) {
    columns += ", " + quoted(axis->name);
    places += ", ?";
  }
  database.exec("DROP TABLE IF EXISTS plan; CREATE TABLE plan(position INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL" +
                columns + ")");
  SQLite::Statement insert(database, "INSERT INTO plan VALUES(?, ?" + places + ")");
  const PointKeys keys(sweep);
  std::int64_t position = 0;
  for (const SweepPoint& point : points) {
    insert.bind(1, position++);
    insert.bind(2, keys.key(point));
    for (std::size_t i = 0; i < axes.size(); ++i) {
      bind_json(insert, static_cast<int>(i) + 3, axes[i]->values[point.values[i]]);
    }
    insert.exec();
    insert.reset();
  }
}

/// The columns of a view that shows figures beside axes.
class ViewColumns {
 public:
  explicit ViewColumns(const SweepFile& sweep) {
    for (const Axis* axis : sweep.axes()) {
      axes_.push_back(axis->name);
      text_ += ", plan." + quoted(axis->name);
    }
  }
  const std::string& axes() const { return text_; }
  bool is_axis(const std::string& name) const { return std::find(axes_.begin(), axes_.end(), name) != axes_.end(); }

 private:
  std::vector<std::string> axes_;
  std::string text_;
};

/// Figures that no other result of the front's candidates is better in. A name is one of the points' own.
std::string pareto_view(const SweepFile& sweep) {
  std::string eligible = "1";
  for (const std::string& constraint : sweep.constraints) eligible += " AND (" + constraint + ")";
  std::string no_worse = "1";
  std::string better = "0";
  for (const Goal& goal : sweep.goals) {
    const std::string name = quoted(goal.figure);
    eligible += " AND " + name + " IS NOT NULL";
    no_worse += " AND b." + name + (goal.more_is_better ? " >= a." : " <= a.") + name;
    better += " OR b." + name + (goal.more_is_better ? " > a." : " < a.") + name;
  }
  return "CREATE VIEW pareto AS WITH eligible AS (SELECT * FROM results WHERE " + eligible +
         ") SELECT * FROM eligible AS a WHERE NOT EXISTS (SELECT 1 FROM eligible AS b WHERE " + no_worse + " AND (" +
         better + "))";
}

void write_views(SQLite::Database& database, const SweepFile& sweep) {
  for (const char* view : {"results", "failures", "missing", "layer_results", "component_energy", "pareto"}) {
    database.exec(std::string("DROP VIEW IF EXISTS ") + view);
  }
  const ViewColumns axes(sweep);
  const std::string shown = "SELECT plan.position" + axes.axes();
  const std::string join = " FROM plan JOIN points USING(key)";
  std::string figures;
  for (const FigureColumn& column : point_columns()) {
    if (!axes.is_axis(column.name)) figures += ", points." + quoted(column.name);
  }
  std::string layer;
  for (const FigureColumn& column : layer_columns()) {
    layer += ", layers." + quoted(column.name) + " AS " +
             quoted(column.name == "name"       ? "layer"
                    : axes.is_axis(column.name) ? "layer_" + column.name
                                                : column.name);
  }
  const std::string ok = " WHERE points.status = 'ok'";
  database.exec("CREATE VIEW results AS " + shown + ", points.id AS point" + figures + join + ok);
  database.exec("CREATE VIEW failures AS " + shown + ", points.status, points.error, points.command" + join +
                " WHERE points.status <> 'ok'");
  database.exec("CREATE VIEW missing AS " + shown +
                " FROM plan LEFT JOIN points USING(key) WHERE points.id IS NULL OR points.status = 'crashed'");
  database.exec("CREATE VIEW layer_results AS " + shown + ", points.id AS point, layers.layer AS layer_position" +
                layer + join + " JOIN layers ON layers.point = points.id" + ok);
  database.exec("CREATE VIEW component_energy AS " + shown + ", points.id AS point, energy.component, " +
                "sum(energy.energy_pj) AS energy_pj" + join + " JOIN energy ON energy.point = points.id" + ok +
                " GROUP BY plan.position, energy.component");
}

void check_constraints(SQLite::Database& database, const SweepFile& sweep) {
  for (const std::string& constraint : sweep.constraints) {
    try {
      const SQLite::Statement bare(database, "SELECT 1 FROM results WHERE " + constraint);  // whole by itself
      const SQLite::Statement one(database, "SELECT 1 FROM results WHERE (" + constraint + ")");
    } catch (const SQLite::Exception& error) {
      fail_input(sweep.base.origin("") + ": /constraints: found '" + constraint + "': " + error.what() +
                 "; allowed an SQL expression over figures (lacuna schema sweep lists them) and axes");
    }
  }
}

}  // namespace

void create_tables(SQLite::Database& database) {
  database.exec(kTables);
  database.exec(
      "CREATE TABLE points(id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, status TEXT NOT NULL, error TEXT, "
      "command TEXT, identity TEXT, program INTEGER REFERENCES programs(id), elapsed_ms REAL, "
      "finished_at TEXT, labels TEXT, prices TEXT, prices_digest TEXT" +
      declared(point_columns()) + ")");
  database.exec("CREATE TABLE layers(point INTEGER, layer INTEGER" + declared(layer_columns()) +
                ", PRIMARY KEY(point, layer)) WITHOUT ROWID");
  describe_figures(database, "point", point_columns());
  describe_figures(database, "layer", layer_columns());
  database.exec("PRAGMA application_id = " + std::to_string(kSweepApplicationId));
  database.exec("PRAGMA user_version = " + std::to_string(kSweepDatabaseVersion));
}

void write_plan(SQLite::Database& database, const SweepFile& sweep, const std::vector<SweepPoint>& points) {
  write_meta(database, sweep);
  write_axes(database, sweep);
  write_points(database, sweep, points);
  write_views(database, sweep);
  check_constraints(database, sweep);
  database.exec(pareto_view(sweep));
}

void check_plan(const SweepFile& sweep) {
  SQLite::Database memory(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  make_strict(memory.getHandle());
  create_tables(memory);
  write_plan(memory, sweep, {});
}

}  // namespace lacuna
