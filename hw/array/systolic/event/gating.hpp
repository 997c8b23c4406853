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
  SystolicGatingCounter(const SystolicSchedule& schedule, const ArraySetup& setup);

  /// Adds the performed MACs of a pass whose words lie in the global buffer. Where psums stay: the issues with any,
  /// each of which is written to an accumulator; else 0.
  std::int64_t count(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs);

 private:
  using Flags = std::vector<std::uint64_t>;

  /// Whether MACs on filler are held idle.
  bool filler_gates() const;
  void count_filler(const SystolicFold& fold, SystolicMacs& macs) const;
  void look_at_ifmap(const SystolicPass& pass);
  void look_at_pixels(const FeatureTile& ofmap, std::int64_t pixels, std::int64_t taps);
  /// Pixels with more live activations than before a group of taps have one in it.
  void count_live_groups(std::vector<std::int32_t>& live_before);
  void look_at_filters(const SystolicPass& pass);
  void count_stationary_weights(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) const;
  void count_stationary_activations(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) const;
  std::int64_t count_stationary_psums(const SystolicPass& pass, const SystolicFold& fold, SystolicMacs& macs) const;
  /// Stored weights of a filter of the pass, by tap.
  const StoredWord* weights(const SystolicPass& pass, std::int64_t j) const;
  /// Where the flag of a tap is: those of an issue in one group.
  std::int64_t flag_of(std::int64_t tap) const { return tap / group_ * group_flags_ + tap % group_; }

  const SystolicSchedule& schedule_;
  const Mac& mac_;
  const EventBuffer& operands_;
  const bool filler_is_zero_;
  const std::int64_t group_;        ///< taps of an issue
  const std::int64_t group_flags_;  ///< flags that they take, a power of two
  std::int64_t ifmap_tile_ = -1;
  std::int64_t filter_tile_ = -1;
  std::int64_t first_tap_ = 0;                         ///< of the ifmap tile
  std::vector<std::int64_t> live_of_tap_;              ///< non-zero activations of each tap of the ifmap tile
  std::vector<std::int32_t> live_of_pixel_;            ///< and of each pixel
  std::vector<std::int32_t> live_groups_of_pixel_;     ///< issues with any of them
  std::vector<Flags> flags_of_pixel_;                  ///< by tap
  std::vector<std::int64_t> weights_of_tap_;           ///< non-zero weights of each tap of the pass
  std::vector<std::int64_t> weights_of_filter_;        ///< and of each filter
  std::vector<std::int64_t> weight_groups_of_filter_;  ///< issues with any of them, or filler that is performed
  std::vector<Flags> flags_of_filter_;                 ///< by tap
};

}  // namespace lacuna
