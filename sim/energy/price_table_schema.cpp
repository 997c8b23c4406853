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

Schema term_schema() {
  ObjectSchema term;
  add_range(term, "_pj", "pJ", "energy per product of the factors");
  term.member({"per", "factors: attributes of the unit, or sqrt(attribute)"},
              list_schema({{"type", "string"}, {"pattern", "^(sqrt\\([^()*^/ ]+\\)|[^()*^/ ]+)$"}}));
  return term.json();
}

/// What models that price and models that explain share.
ObjectSchema model_schema() {
  ObjectSchema model;
  model.member(stated("class", "component class of the units"), text());
  model.member({"units", "units that it is for; left out: all of the class without a model of their own"}, names());
  model.member(stated("actions", "of the units, that cost this"), names());
  model.member({"valid_for", "attribute -> [lowest, highest] that the source covers"}, ranges_schema());
  return model;
}

Schema models_schema() {
  ObjectSchema price = model_schema();
  price.member(stated("terms", "the price of one action is their sum"), list_schema(term_schema(), 1));
  price.member(FieldInfo("source", "where the numbers come from").must().for_people(), text());
  price.boolean(FieldInfo("fitted", "fitted to measured totals, not published as such").for_people()).by_default(false);
  price.boolean(FieldInfo("derived", "worked out from published points of something else").for_people())
      .by_default(false);
  ObjectSchema covered = model_schema();
  covered.member(FieldInfo("covered", "why another number of the table holds this energy").must().for_people(), text());
  return list_schema(one_of_schema({price.json(), covered.json()}));
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

Schema fit_schema() {
  ObjectSchema point;
  point.member(stated("what", "a published figure"), text());
  point.member(stated("unit", "its unit"), text());
  point.real(stated("published", "what is published")
                 .real_range(std::numeric_limits<double>::min(), std::numeric_limits<double>::max()));
  point.real(stated("model", "what the table gives for it"));
  return list_schema(point.json());
}

}  // namespace

Schema price_table_schema() {
  ObjectSchema table = named_file_schema("component models of one technology: energy per action");
  table.integer(FieldInfo("node_nm", "technology node", "nm").range(1, 1000).must().for_people());
  table.member({"static", "power that does not scale with events; left out: not known, which is not zero"},
               static_schema());
  table.member(stated("prices", "models; every event that a chip counts needs one"), models_schema());
  table.member(FieldInfo("fit", "how well the table reproduces what is published").for_people(), fit_schema());
  table.member(FieldInfo("notes", "on the table").for_people(), names());
  return table.json();
}

}  // namespace lacuna
