// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lacuna {

/// One pass: a batch of inputs of one image meets a filter tile. Inputs count in C R S order within the group.
struct CscPass {
  std::int64_t input = 0;  ///< first input
  std::int64_t inputs = 1;
  std::int64_t image = 0;    ///< within the ifmap tile
  bool first_inputs = true;  ///< psums start from zero
  bool takes_psums = true;   ///< they are not in the registers yet: from the global buffer, zeros for the first inputs
  bool gives_psums = true;   ///< they leave the registers for the global buffer

  std::int64_t ifmap_tile = 0;  ///< indices into the tiles of the schedule
  std::int64_t ofmap_tile = 0;
  std::int64_t filter_tile = 0;
};

/// The box of the matrix that lies in the PEs at once.
struct CscFilterTile {
  std::int64_t filter = 0;  ///< first ofmap channel, of the layer
  std::int64_t filters = 1;
  std::int64_t input = 0;  ///< first input, of the group
  std::int64_t inputs = 1;

  std::int64_t words() const { return filters * inputs; }
};

}  // namespace lacuna
