// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/energy/component_model.hpp"

namespace lacuna {

/// What an action of a component takes, in pJ, and how the range came about.
struct AccelergyAction {
  Estimate pj;
  std::string range;  ///< "average of 4 rows of arguments, ..."; "" where there is one figure
};

/// A component of Accelergy's: one instance of it.
struct AccelergyComponent {
  std::string name;  ///< as in the file: "eyeriss.PE[0..167].mac"
  std::map<std::string, AccelergyAction> actions;
  double area_um2 = 0.0;
};

/// The components of one file. In a table of energies they have actions, in one of areas an area.
struct AccelergyTable {
  std::string file;  ///< its name without the folder, for sources
  std::vector<AccelergyComponent> components;

  /// The component of that name; where none has it, the one whose name is the same without instances ("[0..167]").
  /// Throws Error (bad_input) at `name` when there is none, with the nearest spelling, or more than one.
  const AccelergyComponent& find(const JsonView& name) const;
  /// An action of a component. Throws Error (bad_input) at `action` when there is none, with the nearest spelling.
  static const AccelergyAction& find_action(const AccelergyComponent& component, const JsonView& action);
};

/// Reads an energy reference table of Accelergy 0.3 or 0.4, as the tool writes it: ERT.yaml, or ERT_summary.yaml. Where
/// an action has several rows, one for each of its arguments, the value is their average and the range reaches from the
/// least to the greatest; a summary states these three itself. Keys that say nothing about energies are left alone.
/// Throws Error (bad_input), with file and place: not YAML, not such a table, a component or a row that stands twice,
/// an energy that is no number or negative, an average outside its range.
AccelergyTable load_accelergy_energies(const std::string& file);

/// The same of an area reference table, in um2: ART.yaml, or ART_summary.yaml.
AccelergyTable load_accelergy_areas(const std::string& file);

}  // namespace lacuna
