// SPDX-License-Identifier: Apache-2.0
#include "analysis/sweep_about.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/json_file.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

using Counts = std::map<std::string, std::int64_t>;

nlohmann::json parsed(const std::string& text, const std::string& where) {
  nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) fail_input(where + ": is not JSON");
  return json;
}

std::vector<std::string> texts_of(const std::string& text, const std::string& where) {
  const nlohmann::json json = parsed(text, where);
  std::vector<std::string> texts;
  for (const JsonPlace& item : JsonPlace(json, where).items()) texts.push_back(item.text());
  return texts;
}

void read_meta(SQLite::Database& database, const std::string& file, SweepAbout& about) {
  std::map<std::string, std::string> meta;
  SQLite::Statement select(database, "SELECT key, value FROM meta");
  while (select.executeStep()) meta[select.getColumn(0).getString()] = select.getColumn(1).getString();
  for (const char* key : {"name", "mapping", "base", "sweep", "objectives", "constraints"}) {
    if (meta.count(key) == 0) fail_input(file + ": meta: missing key '" + key + "'");
  }
  about.name = meta["name"];
  about.description = meta["description"];
  about.finding = meta["finding"];
  about.mapping = meta["mapping"];
  about.base = meta["base"];
  about.sweep = meta["sweep"];
  about.constraints = texts_of(meta["constraints"], file + ": meta: constraints");
  const std::string where = file + ": meta: objectives";
  const nlohmann::json objectives = parsed(meta["objectives"], where);
  for (const JsonPlace& item : JsonPlace(objectives, where).items()) {
    const std::string goal = item.at("goal").text();
    if (goal != "min" && goal != "max") item.at("goal").fail("found '" + goal + "'; allowed min, max");
    about.objectives.push_back({item.at("figure").text(), goal == "max" ? Better::more : Better::less});
  }
}

void read_axes(SQLite::Database& database, const std::string& file, SweepAbout& about) {
  SQLite::Statement select(database, "SELECT name, paths, unit, meaning FROM axes ORDER BY position");
  while (select.executeStep()) {
    const std::string name = select.getColumn(0).getString();
    about.axes.push_back({name, texts_of(select.getColumn(1).getString(), file + ": axes: " + name),
                          select.getColumn(2).getString(), select.getColumn(3).getString()});
  }
}

void read_figures(SQLite::Database& database, const std::string& file, SweepAbout& about) {
  SQLite::Statement select(database, "SELECT name, meaning, unit FROM figures WHERE of = 'point'");
  while (select.executeStep()) {
    about.figures.push_back(
        {select.getColumn(0).getString(), select.getColumn(1).getString(), select.getColumn(2).getString()});
  }
  for (const SweepObjective& objective : about.objectives) {
    const bool known = std::any_of(about.figures.begin(), about.figures.end(),
                                   [&](const SweepFigure& figure) { return figure.name == objective.figure; });
    if (!known) fail_input(file + ": meta: objectives: '" + objective.figure + "' is no figure of points");
  }
}

Counts counts_of(SQLite::Database& database, const std::string& query) {
  Counts counts;
  SQLite::Statement select(database, query);
  while (select.executeStep()) counts[select.getColumn(0).getString()] = select.getColumn(1).getInt64();
  return counts;
}

/// Results have few different lists of labels, whatever their number.
void read_labels(SQLite::Database& database, const std::string& file, SweepAbout& about) {
  const Counts lists = counts_of(database,
                                 "SELECT labels, count(*) FROM plan JOIN points USING(key) WHERE status = 'ok' "
                                 "GROUP BY labels");
  for (const auto& [list, points] : lists) {
    for (const std::string& label : label_texts(list, file)) about.labels[label] += points;
  }
}

}  // namespace

SweepAbout read_sweep_about(SQLite::Database& database, const std::string& file) {
  SweepAbout about;
  read_meta(database, file, about);
  read_axes(database, file, about);
  read_figures(database, file, about);
  about.planned = database.execAndGet("SELECT count(*) FROM plan").getInt64();
  about.missing =
      database.execAndGet("SELECT count(*) FROM plan LEFT JOIN points USING(key) WHERE points.id IS NULL").getInt64();
  about.ended = counts_of(database, "SELECT status, count(*) FROM plan JOIN points USING(key) GROUP BY status");
  about.programs = counts_of(database,
                             "SELECT version || ', revision ' || git_revision || ', ' || compiler, count(*) FROM plan "
                             "JOIN points USING(key) JOIN programs ON programs.id = program GROUP BY program");
  SQLite::Statement inputs(database, "SELECT path, sha256 FROM inputs ORDER BY 1, 2");
  while (inputs.executeStep())
    about.inputs.emplace_back(inputs.getColumn(0).getString(), inputs.getColumn(1).getString());
  read_labels(database, file, about);
  return about;
}

std::vector<std::string> label_texts(const std::string& labels, const std::string& file) {
  return texts_of(labels, file + ": points: labels");
}

std::string eligible_sql(const SweepAbout& about, const std::string& more) {
  std::string sql = "1";
  for (const std::string& constraint : about.constraints) sql += " AND (" + constraint + ")";
  if (!more.empty()) sql += " AND (" + more + ")";
  return sql;
}

}  // namespace lacuna
