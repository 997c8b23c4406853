// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/config/override.hpp"
#include "sim/sweep/axis.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {

constexpr const char* kMapping = "/run/mapping";
constexpr const char* kFinalists = "/run/search/finalists";
/// Whose choice it is where neither the file nor the command line says.
constexpr const char* kSweepDefault = "the default of sweeps";

/// Of a grid, and of what is drawn of one.
constexpr std::int64_t kMostPoints = 10'000'000;

/// Which of the points of a large grid are run.
struct Sampling {
  std::string method;  ///< "random": points of the grid; "latin_hypercube": every stretch of every axis once
  std::int64_t points = 0;
  std::int64_t seed = 0;
};

/// A figure that a sweep is about.
struct Goal {
  std::string figure;
  bool more_is_better = false;
};

/// A family of experiments: one as the base, and axes that change it. configs/sweeps/NAME.json.
struct SweepFile {
  std::string name;
  std::string description;
  std::string finding;  ///< what its author learnt from it; "" = nothing said
  JsonDocument base;    ///< the experiment as asked for: sections by name, as in Request
  std::vector<AxisGroup> groups;
  std::vector<std::string> filters;  ///< SQL expressions over the axes' names: all must hold for a point to be run
  std::optional<Sampling> sampling;
  std::vector<Goal> goals;               ///< figures of the results
  std::vector<std::string> constraints;  ///< SQL expressions over figures and axes, for Pareto fronts
  std::string json;                      ///< the file itself

  /// All axes, in the order of the file.
  std::vector<const Axis*> axes() const;
  /// Whether an axis changes a field or something below it.
  bool varies(const std::string& field) const;
  /// How points get their mappings, in words: "searched anew for every point: least dram_then_buffer", "held fixed: N".
  std::string mapping_text() const;
};

/// Reads a sweep; `overrides` change its base. Where neither base nor axes say which mapping, it is searched for.
/// Throws Error (bad_input): a path that no experiment has, a value of a type that its field cannot take, two axes of
/// one name or for one field, an axis for a whole after one for a part of it, a goal that is no figure.
SweepFile load_sweep(const JsonView& view, const std::vector<Override>& overrides);

/// What load_sweep reads.
Schema sweep_schema();

}  // namespace lacuna
