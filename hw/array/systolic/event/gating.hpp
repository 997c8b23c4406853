// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/array_model.hpp"
#include "hw/array/event_buffer.hpp"
#include "hw/array/systolic/event/tally.hpp"
#include "hw/array/systolic/schedule.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// Counts the performed MACs of a pass without visiting MACs. What streams past a PE that holds an operand is counted
/// once per row; where psums stay, one operand is counted per row or column, and pairs of two by words of 64 flags.
class SystolicGatingCounter {
 public:
  SystolicGatingCounter(const SystolicSchedule& schedule, const ArraySetup& setup)
      : schedule_(schedule), mac_(*setup.mac), operands_(*setup.operands), filler_is_zero_(setup.filler_is_zero) {}

  /// Adds the performed MACs of a pass whose words lie in the global buffer.
  void count(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs);

 private:
  using Flags = std::vector<std::uint64_t>;

  void look_at_ifmap(const SystolicPass& pass);
  void look_at_filters(const SystolicPass& pass);
  void count_stationary_weights(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) const;
  void count_stationary_activations(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) const;
  void count_stationary_psums(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) const;
  /// Stored weights of a filter of the pass, by tap.
  const StoredWord* weights(const SystolicPass& pass, std::int64_t j) const;

  const SystolicSchedule& schedule_;
  const Mac& mac_;
  const EventBuffer& operands_;
  const bool filler_is_zero_;
  std::int64_t ifmap_tile_ = -1;
  std::int64_t filter_tile_ = -1;
  std::int64_t first_tap_ = 0;                   ///< of the ifmap tile
  std::vector<std::int64_t> live_of_tap_;        ///< non-zero activations of each tap of the ifmap tile
  std::vector<std::int32_t> live_of_pixel_;      ///< and of each pixel
  std::vector<Flags> flags_of_pixel_;            ///< by tap
  std::vector<std::int64_t> weights_of_tap_;     ///< non-zero weights of each tap of the pass
  std::vector<std::int64_t> weights_of_filter_;  ///< and of each filter
  std::vector<Flags> flags_of_filter_;           ///< by tap
};

}  // namespace lacuna
