// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "workloads/json/json_view.hpp"
#include "workloads/json/schema.hpp"

namespace lacuna {

/// A field of the experiment (or several that always have the same value) and the values that a sweep gives it.
struct Axis {
  std::string name;                 ///< a word: the column of databases, the name in filters and constraints
  std::vector<std::string> paths;   ///< JSON Pointers into the experiment
  std::vector<std::string> values;  ///< JSON texts, no two alike but in a zip
};

/// Axes that move together, value by value. Most groups have one axis.
struct AxisGroup {
  std::vector<Axis> axes;
  std::size_t size() const { return axes.front().values.size(); }
};

/// Reads an entry of the list "axes": an axis, or {"zip": [axes of one length]}. Values are a list, a range, both ends
/// included, or a range of constant factors. Throws Error (bad_input): an empty axis, a value given twice, zipped axes
/// of different lengths, a name that is no word.
AxisGroup load_axis_group(const JsonView& view);

/// What load_axis_group reads.
Schema axis_group_schema();

}  // namespace lacuna
