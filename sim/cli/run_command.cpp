// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/run_command.hpp"

#include "sim/config/choice.hpp"

namespace lacuna {

int run_command(const Experiment& experiment, const RunOutput& output) {
  fail_run("no simulator to run '" + experiment.chip.name + "' into '" + output.folder + "'");
}

}  // namespace lacuna
