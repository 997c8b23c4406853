// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "sim/config/experiment.hpp"

namespace lacuna {

/// Where one value of an experiment is from.
struct Provenance {
  std::string from;  ///< "--set ...", "configs/chips/eyeriss.json, line 17 (/array/columns)", "the default"
  std::optional<std::string> before;  ///< JSON text of the value it was put in place of; "" = what is the default
  std::string before_from;            ///< where that was from
  std::string section;                ///< what names the file that `from` lies in
};

/// The provenance of the value at a pointer of an experiment.
Provenance provenance_of(const Experiment& experiment, const std::string& pointer);

}  // namespace lacuna
