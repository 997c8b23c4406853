// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/config/experiment.hpp"
#include "sim/sweep/points.hpp"

namespace lacuna {

/// The experiment that a point asks for. `files`: as in Request.
Request request_of(const SweepFile& sweep, const SweepPoint& point, const std::shared_ptr<FileMemory>& files);

/// Throws Error (bad_input), that of the first point, where no point can be composed: a misspelt field of the base, a
/// file that is not where it is looked for. To be called before anything is written.
void check_some_point_composes(const SweepFile& sweep, const std::vector<SweepPoint>& points);

/// A command line of lacuna run that runs the same experiment, quoted for a POSIX shell.
std::string command_of(const SweepFile& sweep, const SweepPoint& point);

/// A digest of everything that determines a result, but for the program: the resolved experiment and its input files.
std::string identity_of(const Experiment& experiment);

}  // namespace lacuna
