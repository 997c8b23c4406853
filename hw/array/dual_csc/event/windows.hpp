// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "hw/array/dual_csc/schedule.hpp"
#include "hw/array/event_buffer.hpp"

namespace lacuna {

/// The activations that the windows of a pass meet, as far as time and counts depend on them.
struct DualCscWindows {
  std::vector<std::uint64_t> live;        ///< of each window: bit t stands for a non-zero under tap t of the pass
  std::vector<std::int64_t> live_of_tap;  ///< non-zeros under each tap, over all windows

  std::int64_t iacts() const;
};

/// Looks at the activations under each group of taps once, for all folds of ofmap channels that meet them.
class DualCscWindowMemo {
 public:
  DualCscWindowMemo(const DualCscSchedule& schedule, const EventBuffer& operands)
      : schedule_(schedule), operands_(operands) {}

  /// Of a pass whose words lie in the global buffer. Kept until a pass has other tiles.
  const DualCscWindows& of(const TiledPass& pass);

 private:
  const DualCscSchedule& schedule_;
  const EventBuffer& operands_;
  std::int64_t ifmap_tile_ = -1;
  std::int64_t ofmap_tile_ = -1;
  std::map<std::int64_t, DualCscWindows> known_;  ///< by first tap
};

}  // namespace lacuna
