// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/price_table_schema.hpp"

#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

Schema text() { return {{"type", "string"}, {"minLength", 1}}; }
Schema names() { return list_schema({{"type", "string"}}, 1); }

FieldInfo stated(const std::string& name, const std::string& meaning) { return FieldInfo(name, meaning).must(); }

/// "value", "low" and "high", in order.
void add_range(ObjectSchema& object, const std::string& ending, const std::string& unit, const std::string& meaning) {
  object.real(FieldInfo("value" + ending, meaning, unit).must());
  object.real(FieldInfo("low" + ending, "lowest that the sources leave open; at most the value", unit).must());
  object.real(FieldInfo("high" + ending, "highest that the sources leave open; at least the value", unit).must());
}

/// Attribute -> [low, high].
Schema ranges_schema() {
  Schema range = list_schema(integer_schema({"", ""}), 2);
  range["maxItems"] = 2;
  return map_schema(range);
}

Schema term_schema(const std::string& unit, const std::string& shown) {
  ObjectSchema term;
  add_range(term, "_" + unit, shown, "per product of the factors");
  term.member({"per", "factors: attributes of the unit, or sqrt(attribute)"},
              list_schema({{"type", "string"}, {"pattern", "^(sqrt\\([^()*^/ ]+\\)|[^()*^/ ]+)$"}}));
  return term.json();
}

/// What models that give a figure and models that say why they have none share.
ObjectSchema model_schema(bool of_actions) {
  ObjectSchema model;
  model.member(stated("class", "component class of the units"), text());
  model.member({"units", "units that it is for; left out: all of the class without a model of their own"}, names());
  if (of_actions) {
    model.member(stated("actions", "of the units, that cost this"), names());
    model.member({"variant", "it holds where the table chooses this variant of the class"}, text());
    ObjectSchema macro;
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    macro.integer(FieldInfo("bits", "of it, at least a row", "bits").range(1, kMost).must());
    macro.integer(FieldInfo("word_bits", "width of a row, at most", "bits").range(1, kMost).must());
    model.member({"largest_macro", "memory that is one piece at most; a larger one is built of several"}, macro.json());
  }
  model.member({"valid_for", "attribute -> [lowest, highest] that the source covers"}, ranges_schema());
  return model;
}

Schema models_schema(const std::string& unit, const std::string& shown, bool of_actions) {
  ObjectSchema model = model_schema(of_actions);
  model.member(stated("terms", "the figure is their sum"), list_schema(term_schema(unit, shown), 1));
  model.member(FieldInfo("source", "where the numbers come from").must().for_people(), text());
  model.boolean(FieldInfo("fitted", "fitted to measured totals, not published as such").for_people()).by_default(false);
  model.boolean(FieldInfo("derived", "worked out from published points of something else").for_people())
      .by_default(false);
  ObjectSchema covered = model_schema(of_actions);
  covered.member(FieldInfo("covered", "why another number of the table holds this figure").must().for_people(), text());
  return list_schema(one_of_schema({model.json(), covered.json()}));
}

Schema static_schema() {
  ObjectSchema power;
  add_range(power, "_mw", "mW", "all power that does not scale with counted events");
  power.member(FieldInfo("source", "where the number comes from").must().for_people(), text());
  power.boolean(FieldInfo("fitted", "fitted to measured totals, not published as such").for_people()).by_default(false);
  power.member({"valid_for", "unit -> attribute -> [lowest, highest] that the source covers"},
               map_schema(ranges_schema()));
  return power.json();
}

/// A published figure, and what the table gives for it: stated, or worked out from the attributes of a component.
Schema fit_schema() {
  const auto point_schema = [] {
    ObjectSchema point;
    point.member(stated("what", "a published figure"), text());
    point.member(stated("unit", "its unit"), text());
    point.real(stated("published", "what is published")
                   .real_range(std::numeric_limits<double>::min(), std::numeric_limits<double>::max()));
    return point;
  };
  ObjectSchema worked_out = point_schema();
  Schema component = map_schema(integer_schema({"", ""}));
  component["properties"] = {{"class", text()}, {"action", text()}, {"unit", text()}};
  component["required"] = {"class", "action"};
  worked_out.member(stated("component", "class, action and attributes of the component that it is of"), component);
  ObjectSchema given = point_schema();
  given.real(stated("model", "what the table gives for it"));
  return list_schema(one_of_schema({worked_out.json(), given.json()}));
}

}  // namespace

Schema price_table_schema() {
  ObjectSchema table = named_file_schema("component models of one technology, as functions of sizes");
  table.integer(FieldInfo("node_nm", "technology node that the figures are for", "nm").range(1, 1000).must());
  table.integer(FieldInfo("scale_to_nm", "node to use them at; left out: their own", "nm").range(7, 130));
  table.member({"static", "power of a whole chip that no part accounts for"}, static_schema());
  table.member(stated("prices", "energy of actions; every event that a chip counts needs one"),
               models_schema("pj", "pJ", true));
  table.member({"leakage", "power of one instance of a unit; left out: not known"}, models_schema("mw", "mW", false));
  table.member({"clock", "energy of one instance of a unit in a core cycle; left out: not known"},
               models_schema("pj", "pJ", false));
  table.member({"area", "area of one instance of a unit; left out: not known"}, models_schema("um2", "um2", false));
  table.member({"variants", "class -> the variant that is meant"}, map_schema({{"type", "string"}}));
  table.member(FieldInfo("fit", "how well the table reproduces what is published").for_people(), fit_schema());
  table.member(FieldInfo("notes", "on the table").for_people(), names());
  return table.json();
}

}  // namespace lacuna
