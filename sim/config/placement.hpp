// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// One value that was put into an experiment while it was composed: an override, a default, or the file that a name or
/// a path refers to.
struct Placement {
  std::string pointer;
  std::string origin;         ///< as in messages: "--set /chip/array/rows=3", "configs/chips/eyeriss.json"
  std::string value_before;   ///< JSON text of what stood there; "" = nothing
  std::string origin_before;  ///< where that was from
  std::string file;           ///< path of the file that the value before refers to; "" = not a reference
  std::string taken_from;     ///< field of the experiment that states the value where nothing else does; "" = none
};

}  // namespace lacuna
