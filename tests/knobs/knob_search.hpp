// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/config/override.hpp"
#include "sim/schema/schema_walk.hpp"

namespace lacuna {

/// An experiment that knobs are turned in: small, and run at the event level.
struct KnobExperiment {
  std::string name;
  std::string document;  ///< JSON text: sections by name or inline
  std::vector<Override> overrides;
};

/// A change of an experiment: the knob, and what must change with it so that the experiment stays legal.
using Change = std::vector<Override>;

/// "--set POINTER=VALUE"
Override change_of(const std::string& pointer, const nlohmann::json& value);

/// One place in one experiment that holds a field.
struct Knob {
  const KnobExperiment* experiment = nullptr;
  SchemaPlace place;
  std::string value;  ///< JSON text: what it is set to, or its default; "null" where it has none
};

/// All fields that the experiments have, by pattern ("/network/layers/*(conv)/M"), those of one section.
std::map<std::string, std::vector<Knob>> knobs_of(const Schema& schema, const std::vector<KnobExperiment>& experiments,
                                                  const std::string& section);

/// Other values of a field within its range: neighbours, half, double, eight times, the lowest, the other choices.
std::vector<nlohmann::json> other_values(const Knob& knob);

/// What a run makes of an experiment.
struct Outcome {
  std::string figures;  ///< counts, cycles, energies, area, outputs: everything but the echo of the experiment
  std::string refusal;  ///< the message where it is bad input, "" where it ran
};

/// Runs it with a change; runs that were done before are not done again.
const Outcome& outcome_of(const KnobExperiment& experiment, const Change& change);

}  // namespace lacuna
