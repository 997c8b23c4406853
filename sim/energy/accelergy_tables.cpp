// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/accelergy_tables.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "hw/base/error.hpp"
#include "sim/energy/yaml_document.hpp"

namespace lacuna {
namespace {

constexpr double kRealMax = std::numeric_limits<double>::max();

/// "eyeriss.PE[0..167].mac" without its instances: "eyeriss.PE.mac".
std::string without_instances(const std::string& name) {
  std::string bare;
  int depth = 0;
  for (const char c : name) {
    if (c == '[') ++depth;
    if (depth == 0) bare += c;
    if (c == ']' && depth > 0) --depth;
  }
  return bare;
}

/// The list of components of a file with the key `kind` ("ERT") or, as a summary, `kind`_summary.
JsonView components_of(const JsonView& file, const std::string& kind) {
  const std::string summary = kind + "_summary";
  if (!file.is_object() || (!file.has(kind) && !file.has(summary))) {
    file.fail("not a table of Accelergy's; allowed a file with the key '" + kind + "' or '" + summary + "'");
  }
  const bool whole = file.has(kind);
  const JsonView table = file.at(whole ? kind : summary);
  if (table.has("version")) {
    const JsonView version = table.at("version");
    const std::string text = version.is_text() ? version.text() : version.json().dump();
    if (text != "0.3" && text != "0.4") version.fail("unknown version, found " + text + "; allowed 0.3, 0.4");
  }
  return table.at(whole ? "tables" : "table_summary");
}

/// The average, lowest and highest energy, as a summary states them.
Estimate summarised(const JsonView& action) {
  Estimate pj;
  pj.low = action.at("min_energy").real(0.0, kRealMax);
  pj.high = action.at("max_energy").real(pj.low, kRealMax);
  pj.value = action.at("average_energy").real(pj.low, pj.high);
  return pj;
}

/// Puts the rows of each action together.
class ActionRows {
 public:
  void add(const JsonView& row) {
    const std::string name = read_stated(row, "name");
    const bool summary = !row.has("energy") && row.has("average_energy");
    Entry& entry = entries_[name];
    if (entry.rows != 0 && (summary || entry.summary)) row.fail("a second entry of action '" + name + "'; allowed one");
    const std::string arguments =
        row.has("arguments") && !row.at("arguments").json().is_null() ? row.at("arguments").json().dump() : "{}";
    if (!entry.arguments.insert(arguments).second) {
      row.fail("a second row of action '" + name + "' with arguments " + arguments + "; allowed one");
    }
    entry.summary = summary;
    ++entry.rows;
    if (summary) {
      entry.pj = summarised(row);
      return;
    }
    const double energy = row.at("energy").real(0.0, kRealMax);
    entry.pj.low = entry.rows == 1 ? energy : std::min(entry.pj.low, energy);
    entry.pj.high = entry.rows == 1 ? energy : std::max(entry.pj.high, energy);
    entry.pj.value += energy;
  }

  std::map<std::string, AccelergyAction> actions() const {
    std::map<std::string, AccelergyAction> result;
    for (const auto& [name, entry] : entries_) {
      AccelergyAction& action = result[name];
      action.pj = entry.pj;
      if (entry.summary) action.range = "average, range from minimum to maximum, as the summary states them";
      if (entry.rows == 1) continue;
      // Rounding must not take an average past its ends.
      action.pj.value = std::clamp(entry.pj.value / entry.rows, entry.pj.low, entry.pj.high);
      action.range =
          "average of " + std::to_string(entry.rows) + " rows of arguments, range from the least to the greatest";
    }
    return result;
  }

 private:
  struct Entry {
    Estimate pj;  ///< the value is the sum of the rows
    int rows = 0;
    bool summary = false;
    std::set<std::string> arguments;
  };
  std::map<std::string, Entry> entries_;
};

std::map<std::string, AccelergyAction> read_actions(const JsonView& list) {
  ActionRows rows;
  for (std::size_t i = 0; i < list.size(); ++i) rows.add(list.item(i));
  return rows.actions();
}

AccelergyTable load_table(const std::string& file, const std::string& kind) {
  const JsonDocument document = load_yaml(file);
  const JsonView list = components_of(document.view(), kind);
  AccelergyTable table;
  table.file = std::filesystem::path(file).filename().string();
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const JsonView entry = list.item(i);
    AccelergyComponent component;
    component.name = read_stated(entry, "name");
    if (!seen.insert(component.name).second) {
      entry.fail("a second table of component '" + component.name + "'; allowed one");
    }
    if (kind == "ERT") {
      component.actions = read_actions(entry.at("actions"));
    } else {
      component.area_um2 = entry.at("area").real(0.0, kRealMax);
    }
    table.components.push_back(std::move(component));
  }
  return table;
}

}  // namespace

const AccelergyComponent& AccelergyTable::find(const JsonView& name) const {
  const std::string wanted = name.text();
  std::vector<std::string> names;
  std::vector<std::string> meant;
  const AccelergyComponent* result = nullptr;
  for (const AccelergyComponent& component : components) {
    if (component.name == wanted) return component;
    names.push_back(without_instances(component.name));
    if (names.back() != without_instances(wanted)) continue;
    meant.push_back(component.name);
    result = &component;
  }
  if (meant.size() > 1) {
    name.fail("found '" + wanted + "', which is several components of " + file + "; allowed one of " + joined(meant));
  }
  if (result == nullptr) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    name.fail("unknown component of " + file + ", found '" + wanted + "'; allowed " + joined(names) +
              did_you_mean(without_instances(wanted), names));
  }
  return *result;
}

const AccelergyAction& AccelergyTable::find_action(const AccelergyComponent& component, const JsonView& action) {
  const auto found = component.actions.find(action.text());
  if (found != component.actions.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& entry : component.actions) names.push_back(entry.first);
  action.fail("unknown action of component '" + component.name + "', found '" + action.text() + "'; allowed " +
              joined(names) + did_you_mean(action.text(), names));
}

AccelergyTable load_accelergy_energies(const std::string& file) { return load_table(file, "ERT"); }

AccelergyTable load_accelergy_areas(const std::string& file) { return load_table(file, "ART"); }

}  // namespace lacuna
