// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/layer_tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace lacuna {
namespace {

/// A figure or a text of some figures; empty where they have none.
TableCell cell_of(const Figures& figures, const std::string& field) {
  const auto number = figures.numbers.find(field);
  if (number != figures.numbers.end()) return TableCell::of(number->second);
  const auto text = figures.texts.find(field);
  return TableCell::of(text == figures.texts.end() ? "" : text->second);
}

std::string with_unit(const FieldInfo& field) {
  return field.unit.empty() ? field.meaning : field.meaning + "; " + field.unit;
}

/// Whether any layer has a plain value of that name.
bool is_plain(const std::vector<Figures>& layers, const std::string& field) {
  return std::any_of(layers.begin(), layers.end(), [&](const Figures& layer) {
    return layer.numbers.count(field) != 0 || layer.texts.count(field) != 0;
  });
}

bool is_text(const std::vector<Figures>& layers, const std::string& field) {
  return !layers.empty() && layers[0].texts.count(field) != 0;
}

/// A map of all layers as a table with a column for each key that any layer has; "" where a layer has none.
HtmlTable map_table(const ResultDocument& result, const std::string& map, const std::string& unit) {
  std::set<std::string> keys;
  for (const Figures& layer : result.layers) {
    for (const auto& entry : layer.map(map)) keys.insert(entry.first);
  }
  HtmlTable table;
  table.id = "table_" + map;
  table.columns.push_back({"layer", "Layer, as in the network", false});
  for (const std::string& key : keys) table.columns.push_back({key, unit});
  for (const Figures& layer : result.layers) {
    table.rows.push_back({TableCell::of(layer.text("name"))});
    for (const std::string& key : keys) {
      const auto found = layer.map(map).find(key);
      table.rows.back().push_back(TableCell::of(found == layer.map(map).end() ? std::nan("") : found->second));
    }
  }
  return table;
}

}  // namespace

HtmlTable layers_table(const ResultDocument& result, const std::vector<FieldInfo>& fields) {
  HtmlTable table;
  table.id = "table_layers";
  table.caption = "Layers that ran on the array; all figures are for the whole batch";
  for (const FieldInfo& field : fields) {
    if (!is_plain(result.layers, field.name)) continue;
    table.columns.push_back({field.name, with_unit(field), !is_text(result.layers, field.name)});
  }
  for (const Figures& layer : result.layers) {
    table.rows.emplace_back();
    for (const TableColumn& column : table.columns) table.rows.back().push_back(cell_of(layer, column.title));
  }
  return table;
}

HtmlTable energy_table(const ResultDocument& result) {
  HtmlTable table = map_table(result, "energy_pj", "pJ");
  table.caption = "Energy by component, pJ; low and high: all prices at that end of their ranges";
  for (const char* sum : {"energy_chip_pj", "energy_chip_low_pj", "energy_chip_high_pj", "energy_total_pj",
                          "energy_total_low_pj", "energy_total_high_pj"}) {
    table.columns.push_back({sum, "pJ"});
    for (std::size_t i = 0; i < result.layers.size(); ++i) {
      table.rows[i].push_back(TableCell::of(result.layers[i].number(sum)));
    }
  }
  return table;
}

HtmlTable stalls_table(const ResultDocument& result) {
  HtmlTable table = map_table(result, "stall_cycles", "PE cycles");
  table.caption = "PE cycles stalled, by cause";
  return table;
}

HtmlTable counts_table(const ResultDocument& result) {
  HtmlTable table = map_table(result, "counts", "events");
  table.caption = "Events counted, by unit and action";
  return table;
}

HtmlTable totals_table(const ResultDocument& result, const std::vector<FieldInfo>& fields) {
  HtmlTable table;
  table.id = "table_totals";
  table.caption = "Sums over layers, and what follows from them";
  table.columns = {{"figure", "As in result.json", false},
                   {"conv layers", "Over the conv layers"},
                   {result.not_run.empty() ? "all layers" : "layers run", "Over all layers that ran on the array"},
                   {"unit", "", false},
                   {"meaning", "", false}};
  for (const FieldInfo& field : fields) {
    if (!is_plain({result.all}, field.name)) continue;
    table.rows.push_back({TableCell::of(field.name), cell_of(result.conv, field.name), cell_of(result.all, field.name),
                          TableCell::of(field.unit), TableCell::of(field.meaning)});
  }
  return table;
}

}  // namespace lacuna
