// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "sim/result/run_result.hpp"
#include "sim/schema/field_schema.hpp"
#include "sim/schema/sections.hpp"

namespace lacuna {
namespace {

Schema text() { return {{"type", "string"}}; }

Schema program_schema() {
  ObjectSchema program;
  program.text(FieldInfo("version", "of the program").must());
  program.text(FieldInfo("git_revision", "abbreviated; \"-dirty\" with uncommitted changes").must());
  program.text(FieldInfo("compiler", "that built it").must());
  return program.json();
}

Schema inputs_schema() {
  ObjectSchema input;
  input.text(FieldInfo("path", "of the file; shipped ones below the folder of the data").must());
  input.text(FieldInfo("sha256", "of its contents").must());
  return list_schema(input.json());
}

/// A number and the range that its sources leave open.
ObjectSchema estimate_schema(const std::string& unit, const std::string& shown, const std::string& meaning) {
  ObjectSchema figure;
  figure.real(FieldInfo("value_" + unit, meaning, shown).must());
  figure.real(FieldInfo("low_" + unit, "lowest that the sources leave open", shown).must());
  figure.real(FieldInfo("high_" + unit, "highest that the sources leave open", shown).must());
  figure.boolean(FieldInfo("fitted", "fitted to measured totals, not published as such").must());
  figure.text(FieldInfo("source", "where it comes from").must());
  figure.text({"extrapolated", "which attributes are outside the range that the source covers"});
  return figure;
}

ObjectSchema figure_schema(const std::string& unit, const std::string& shown, const std::string& meaning) {
  ObjectSchema figure = estimate_schema(unit, shown, meaning);
  figure.text(FieldInfo("component", "that it is booked to").must());
  figure.boolean(FieldInfo("derived", "worked out from published points of something else").must());
  return figure;
}

/// Figures of all instances of a unit, or why it has none.
Schema units_schema(const std::string& unit, const std::string& shown, const std::string& meaning) {
  ObjectSchema figure = figure_schema(unit, shown, meaning);
  figure.integer(FieldInfo("instances", "how many of the unit there are").must());
  figure.boolean(
      FieldInfo("in_pe", "it stands in every PE: its clock is gated where the mapping leaves it out").must());
  ObjectSchema covered;
  covered.text(FieldInfo("covered", "why another number holds this figure").must());
  return map_schema(one_of_schema({figure.json(), covered.json()}));
}

Schema fit_schema() {
  ObjectSchema point;
  point.text(FieldInfo("what", "a published figure").must());
  point.text(FieldInfo("unit", "its unit").must());
  point.real(FieldInfo("published", "what is published").must());
  point.real(FieldInfo("model", "what the table gives for it").must());
  point.member(FieldInfo("error_percent", "how far the model is off", "%").must(), {{"type", "number"}});
  return list_schema(point.json());
}

Schema prices_schema() {
  ObjectSchema prices;
  prices.text(FieldInfo("table", "name of the price table").must());
  prices.text(FieldInfo("words", "widths of the words that these prices are for").must());
  prices.member(FieldInfo("layers", "the layers that they are for").must(), list_schema(text()));
  prices.integer(FieldInfo("node_nm", "technology node", "nm").must());
  prices.member({"variants", "component class -> the variant chosen"}, map_schema(text()));
  prices.member({"static", "power of the whole chip that no part accounts for"},
                estimate_schema("mw", "mW", "static power").json());
  prices.member(FieldInfo("events", "price of every event, by unit.action").must(),
                map_schema(figure_schema("pj", "pJ", "energy of one such event").json()));
  prices.member(FieldInfo("covered", "events whose energy is in another price, and why").must(), map_schema(text()));
  prices.member(FieldInfo("components", "events whose energy is booked to a component").must(),
                map_schema(list_schema(text())));
  prices.member({"leakage", "power of all instances of a unit"}, units_schema("mw", "mW", "leakage"));
  prices.member({"clock", "energy of all instances of a unit in a core cycle"},
                units_schema("pj", "pJ", "energy of the clock in a core cycle"));
  prices.member({"area", "area of all instances of a unit"}, units_schema("um2", "um2", "area"));
  prices.member(FieldInfo("fit", "how well the table reproduces what is published").must(), fit_schema());
  prices.member(FieldInfo("notes", "on the table").must(), list_schema(text()));
  return prices.json();
}

/// Null where the table states none.
Schema area_schema() {
  ObjectSchema area;
  area.member(FieldInfo("components", "by component", "mm2").must(), map_schema({{"type", "number"}}));
  area.real(FieldInfo("total", "of the chip", "mm2").must());
  area.real(FieldInfo("total_low", "with all models at the low end of their ranges", "mm2").must());
  area.real(FieldInfo("total_high", "with all models at the high end of their ranges", "mm2").must());
  return one_of_schema({area.json(), {{"type", "null"}}});
}

Schema totals_schema() {
  Totals totals;
  const Schema sums = result_field_schema(totals, "sums over layers, and what follows from them");
  ObjectSchema schema("sums over layers, and the prices used");
  schema.member(FieldInfo("conv_layers", "over the conv layers").must(), sums);
  schema.member({"all_layers", "over all layers that ran on the array"}, sums);
  schema.member({"layers_run", "over the layers that were run, where some were left out"}, sums);
  schema.member(FieldInfo("not_run", "conv and fc layers that were left out").must(), list_schema(text()));
  schema.member(FieldInfo("area_mm2", "area of the chip; null where the price table states none").must(),
                area_schema());
  schema.member(FieldInfo("prices", "one list for layers that run at the same").must(), list_schema(prices_schema()));
  return schema.json();
}

}  // namespace

Schema result_schema() {
  LayerResult layer;
  ObjectSchema result("a run: its figures, and what they come from");
  result.member(FieldInfo("schema_version", "of this format").must(), {{"const", RunResult::kSchemaVersion}});
  result.member(FieldInfo("program", "which program made it").must(), program_schema());
  result.member(FieldInfo("inputs", "every file that was read").must(), inputs_schema());
  result.member(FieldInfo("labels", "what every reader must know").must(), list_schema(text()));
  result.member(FieldInfo("config", "the whole experiment, defaults included: schema experiment").must(),
                {{"type", "object"}});
  result.member(FieldInfo("layers", "figures of each layer, for the whole batch").must(),
                list_schema(result_field_schema(layer, "figures of a layer, for the whole batch")));
  result.member(FieldInfo("totals", "").must(), totals_schema());
  return result.json();
}

}  // namespace lacuna
