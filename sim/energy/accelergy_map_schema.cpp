// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/accelergy_map_schema.hpp"

#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

Schema text() { return {{"type", "string"}, {"minLength", 1}}; }

FieldInfo stated(const std::string& name, const std::string& meaning) { return FieldInfo(name, meaning).must(); }

/// Its class, and why events have no price of their own.
ObjectSchema unit_schema() {
  ObjectSchema unit;
  unit.member(stated("class", "component class of the unit"), text());
  return unit;
}

const char* const kCovered = "event -> why another number of the table holds its price";

Schema leakage_schema() {
  ObjectSchema leakage;
  leakage.member(stated("action", "of the component: its energy in a cycle is the unit's leakage"), text());
  leakage.real(FieldInfo("cycle_ns", "cycle that Accelergy's figure is for", "ns")
                   .real_range(std::numeric_limits<double>::min(), std::numeric_limits<double>::max())
                   .must());
  return leakage.json();
}

Schema priced_schema() {
  ObjectSchema unit = unit_schema();
  unit.member(stated("component", "of Accelergy's, instances left out or as they stand"), text());
  unit.member(stated("actions", "event of the unit -> action of the component"), map_schema(text(), 1));
  unit.member({"components", "event of the unit -> component, where it is another one"}, map_schema(text()));
  unit.integer(
      FieldInfo("per_bits", "bits that an action of the component moves; left out: an event is an action", "bits")
          .range(1, 65536));
  unit.member({"event_bits", "attribute of the unit: bits that an event moves, unless it is a single one ('read_bit')"},
              text());
  unit.by_default("access_bits");
  unit.member({"covered", kCovered}, map_schema(text()));
  unit.member({"area", "components whose areas make up the unit's; left out: the one of its actions"},
              list_schema({{"type", "string"}}, 1));
  unit.member({"leakage", "left out: not known"}, leakage_schema());
  return unit.json();
}

Schema covered_schema() {
  ObjectSchema unit = unit_schema();
  unit.member(stated("covered", kCovered), map_schema(text(), 1));
  return unit.json();
}

}  // namespace

Schema accelergy_map_schema() {
  ObjectSchema map("which figures of Accelergy's tables are the prices of which units");
  map.member(stated("name", "of the price table"), text());
  map.member(stated("description", "of the price table, in one line"), text());
  map.member({"source", "what Accelergy's tables were made with"}, text());
  map.integer(FieldInfo("node_nm", "technology node that the figures are for", "nm").range(1, 1000).must());
  map.member(stated("units", "of a chip, by name"), map_schema(one_of_schema({priced_schema(), covered_schema()})));
  map.member({"covered", "class.event, or a class for all of its events -> why another number holds the price"},
             map_schema(text()));
  map.member({"covered_area", "class -> why its units have no area of their own"}, map_schema(text()));
  map.member({"covered_leakage", "class -> why its units have no leakage of their own"}, map_schema(text()));
  return map.json();
}

}  // namespace lacuna
