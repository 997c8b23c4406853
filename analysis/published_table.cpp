// SPDX-License-Identifier: Apache-2.0
#include "analysis/published_table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

using Json = nlohmann::json;

Tolerance tolerance_of(const JsonPlace& place) {
  place.allow_keys({"percent", "absolute", "mean_percent", "rounded"});
  Tolerance tolerance;
  if (place.has("percent")) tolerance.percent = place.at("percent").number();
  if (place.has("absolute")) tolerance.absolute = place.at("absolute").number();
  if (place.has("mean_percent")) tolerance.mean_percent = place.at("mean_percent").number();
  if (place.has("rounded")) tolerance.rounded = place.at("rounded").flag();
  return tolerance;
}

PublishedColumn column_of(const JsonPlace& place) {
  place.allow_keys({"name", "figure", "decimals", "tolerance"});
  PublishedColumn column;
  column.name = place.at("name").text();
  const std::string figure = place.at("figure").text();
  if (figure != "price_pj") column.figure = &layer_figure(figure, place.at("figure"));
  if (place.has("decimals")) column.decimals = static_cast<int>(place.at("decimals").number());
  if (place.has("tolerance")) column.tolerance = tolerance_of(place.at("tolerance"));
  return column;
}

void refuse_unknown_column(const JsonPlace& cells, const PublishedTable& table) {
  std::vector<std::string> names;
  for (const PublishedColumn& column : table.columns) names.push_back(column.name);
  cells.allow_keys(names);
}

PublishedRow row_of(const JsonPlace& place, const PublishedTable& table) {
  place.allow_keys({"name", "experiment", "baseline", "layers", "component", "published", "tolerance", "gates"});
  PublishedRow row;
  row.name = place.at("name").text();
  row.experiment = place.at("experiment").text();
  if (place.has("baseline")) row.baseline = place.at("baseline").text();
  if (place.has("component")) row.component = place.at("component").json();
  if (place.has("gates")) row.gates = place.at("gates").flag();
  if (place.has("layers")) {
    for (const JsonPlace& layer : place.at("layers").items()) row.layers.push_back(layer.text());
  } else if (row.component.empty()) {
    row.layers.push_back(row.name);
  }
  const JsonPlace published = place.at("published");
  refuse_unknown_column(published, table);
  for (const std::string& column : published.keys()) row.published[column] = published.at(column).number();
  if (!place.has("tolerance")) return row;
  const JsonPlace tolerance = place.at("tolerance");
  refuse_unknown_column(tolerance, table);
  for (const std::string& column : tolerance.keys()) row.tolerance[column] = tolerance_of(tolerance.at(column));
  return row;
}

PublishedTable table_of(const JsonPlace& place, const PublishedPaper& paper) {
  place.allow_keys({"title", "source", "verified", "confirmed_by", "columns", "rows"});
  PublishedTable table;
  table.title = place.at("title").text();
  table.source = place.at("source").text();
  table.verified = place.at("verified").flag();
  table.confirmed_by = place.at("confirmed_by").text();
  for (const JsonPlace& column : place.at("columns").items()) table.columns.push_back(column_of(column));
  for (const JsonPlace& row : place.at("rows").items()) {
    table.rows.push_back(row_of(row, table));
    for (const std::string& experiment : {table.rows.back().experiment, table.rows.back().baseline}) {
      if (experiment.empty() || paper.experiments.count(experiment) != 0) continue;
      std::string list;
      for (const auto& entry : paper.experiments) list += (list.empty() ? "" : ", ") + entry.first;
      row.fail("unknown experiment, found '" + experiment + "'; allowed " + list);
    }
  }
  return table;
}

}  // namespace

PublishedPaper load_published(const std::string& file) {
  const Json json = read_json(file);
  const JsonPlace place(json, file);
  place.allow_keys({"paper", "citation", "notes", "experiments", "tables", "losses"});
  PublishedPaper paper;
  paper.file = file;
  paper.name = place.at("paper").text();
  paper.citation = place.at("citation").text();
  if (place.has("notes")) {
    for (const JsonPlace& note : place.at("notes").items()) paper.notes.push_back(note.text());
  }
  const JsonPlace experiments = place.at("experiments");
  for (const std::string& name : experiments.keys()) paper.experiments[name] = experiments.at(name).json();
  for (const JsonPlace& table : place.at("tables").items()) paper.tables.push_back(table_of(table, paper));
  if (place.has("losses")) paper.losses = published_losses(place.at("losses"), paper.citation);
  return paper;
}

}  // namespace lacuna
