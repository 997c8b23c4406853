// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "sim/schema/sections.hpp"

namespace lacuna {
namespace {

FieldInfo needed(const std::string& name, const std::string& meaning) { return FieldInfo(name, meaning).must(); }

Schema tolerance_schema() {
  ObjectSchema tolerance("how far ours may be off; none: reported only");
  tolerance.real({"percent", "each cell", "%"});
  tolerance.real({"absolute", "each cell, in the column's unit"});
  tolerance.real({"mean_percent", "mean of the absolute deviations of the single layers", "%"});
  tolerance.boolean({"rounded", "equal when rounded to the column's decimals"});
  return tolerance.json();
}

Schema column_schema() {
  ObjectSchema column;
  column.text(needed("name", "as the table has it"));
  column.text(needed("figure", "a figure of layers (analysis/layer_figure.cpp), or price_pj for components"));
  column.integer(FieldInfo("decimals", "that are printed").range(0, 9)).by_default(2);
  column.member({"tolerance", "of its cells"}, tolerance_schema());
  return column.json();
}

Schema row_schema() {
  ObjectSchema row;
  row.text(needed("name", "as the table has it; by default the layer"));
  row.text(needed("experiment", "whose result it is of"));
  row.text({"baseline", "experiment that it is compared with, for figures that are a reduction"});
  row.texts({"layers", "layers of the network, taken together"});
  row.member(
      {"component", "class, action and attributes of a component, in place of layers"},
      ObjectSchema().text(needed("class", "of component")).text(needed("action", "that is priced")).open().json());
  row.member(needed("published", "column -> what the paper prints"), map_schema(real_schema({"", ""})));
  row.member({"tolerance", "column -> in place of the column's own"}, map_schema(tolerance_schema()));
  row.boolean({"gates", "held against ours"}).by_default(true);
  return row.json();
}

Schema table_schema() {
  ObjectSchema table;
  table.text(needed("title", "above the table"));
  table.text(needed("source", "where it stands in the paper, or how it follows"));
  table.boolean(needed("verified", "seen in a public transcription: its cells may gate"));
  table.text(needed("confirmed_by", "what confirms it"));
  table.member(needed("columns", "one a figure"), list_schema(column_schema()));
  table.member(needed("rows", "one a layer, a sum of layers or a component"), list_schema(row_schema()));
  return table.json();
}

Schema losses_schema() {
  ObjectSchema row;
  row.text(needed("method", "as the paper calls it"));
  row.texts(needed("precisions", "ours for it, by name"));
  row.text(needed("weight_bits", "as printed, with its marks"));
  row.text(needed("activation_bits", "as printed, with its marks"));
  row.real(needed("top5_loss_percent", "percentage points of top-5 below the network in float; negative: above it")
               .real_range(-100, 100));
  ObjectSchema losses("losses of accuracy by precision: shown, held against nothing");
  losses.text(needed("title", "above the table"));
  losses.text(needed("source", "where it stands in the paper"));
  losses.boolean(needed("verified", "seen in a public transcription"));
  losses.text(needed("confirmed_by", "what confirms it"));
  losses.text(needed("network", "whose losses they are, by name"));
  losses.member(needed("rows", "one a precision"), list_schema(row.json()));
  return losses.json();
}

}  // namespace

Schema published_schema() {
  ObjectSchema experiment("sections of an experiment, or a price table alone");
  ObjectSchema published("figures of a paper, what to run for ours, and how close ours must come");
  published.text(needed("paper", "the name of the file, without its ending"));
  published.text(needed("citation", "authors, title, place"));
  published.texts({"notes", "printed above the tables"});
  published.member(needed("experiments", "name -> chip, network, precision, energy, run, and fields to set"),
                   map_schema(experiment.open().json()));
  published.member(needed("tables", "in the order in which they are printed"), list_schema(table_schema()));
  published.member({"losses", "of accuracy, by precision"}, losses_schema());
  return published.json();
}

}  // namespace lacuna
