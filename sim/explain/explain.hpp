// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/config/experiment.hpp"

namespace lacuna {

/// What the fields of an experiment at or below a JSON Pointer are: meaning, unit, range, default. One field in full,
/// several one to a line. Throws Error (bad_input) for a pointer that leads to none, with the nearest spelling.
std::string explain_field(const std::string& pointer);

/// The same with what this experiment has there: value, where it is from (file and line, option, default), and what it
/// was put in place of.
std::string explain_field(const Experiment& experiment, const std::string& pointer);

/// A figure of a result file: what it means and how it follows from other figures, counts and prices, down to the
/// sources of the prices. "/layers/conv1/energy_pj/mac", "/totals/conv_layers/total_ms"; a layer by name or index.
/// Throws Error (bad_input) for a file that is no result and for a pointer that leads to no figure.
std::string explain_figure(const std::string& file, const std::string& pointer);

/// Whether a pointer is one into a result rather than into an experiment.
bool is_figure(const std::string& pointer);

}  // namespace lacuna
