// SPDX-License-Identifier: Apache-2.0
// Remembered pass timings are those that the recurrences give when no state is ever summed up or looked up. Random
// layers cannot show it: a memo that forgets part of the state is wrong in rare long sequences of passes alone.
#include <gtest/gtest.h>

#include "hw/array/row_stationary/config.hpp"
#include "hw/array/row_stationary/event/timeline.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/whole_layer.hpp"

namespace lacuna::test {
namespace {

EdgeHistory rebased(const EdgeHistory& history, std::int64_t delay) {
  EdgeHistory result(history.units(), history.depth(), 0);
  for (std::int64_t unit = 0; unit < history.units(); ++unit) {
    for (std::int64_t back = history.depth(); back >= 1; --back) result.push(unit, history.at(unit, back) - delay);
  }
  return result;
}

/// The state as a pass sees it that starts `delay` edges later, nothing left out: the members by hand, since the list
/// of them in RowStationaryState is what is tested.
RowStationaryState rebased(RowStationaryState state, std::int64_t delay) {
  state.ifmap_sent -= delay;
  state.psum_in_sent -= delay;
  state.psum_out_taken -= delay;
  state.filled = rebased(state.filled, delay);
  state.died = rebased(state.died, delay);
  state.released = rebased(state.released, delay);
  state.combined = rebased(state.combined, delay);
  state.output_taken = rebased(state.output_taken, delay);
  return state;
}

void expect_equal(const PassTiming& remembered, const PassTiming& computed) {
  ASSERT_EQ(remembered.filters_sent, computed.filters_sent);
  ASSERT_EQ(remembered.last_busy, computed.last_busy);
  ASSERT_EQ(remembered.end, computed.end);
  ASSERT_EQ(remembered.ifmap_stalls, computed.ifmap_stalls);
  ASSERT_EQ(remembered.psum_in_stalls, computed.psum_in_stalls);
  for (std::size_t pe = 0; pe < computed.pes.size(); ++pe) {
    ASSERT_EQ(remembered.pes[pe].wait_filter, computed.pes[pe].wait_filter) << "PE " << pe;
    ASSERT_EQ(remembered.pes[pe].wait_ifmap, computed.pes[pe].wait_ifmap) << "PE " << pe;
    ASSERT_EQ(remembered.pes[pe].wait_psum, computed.pes[pe].wait_psum) << "PE " << pe;
    ASSERT_EQ(remembered.pes[pe].last_busy, computed.pes[pe].last_busy) << "PE " << pe;
  }
}

class RowStationaryMemo : public testing::TestWithParam<WholeLayer> {
 protected:
  /// Times all passes both ways; each starts as soon as it can, but for what the DRAM link holds it back.
  template <class LinkWait>
  void compare(const RowStationarySchedule& schedule, const LinkWait& link_wait) {
    PassTimeline timeline(schedule.grid, schedule.units);
    RowStationaryState state(schedule.grid, schedule.units);
    std::int64_t delay = 0;
    for (const RowStationaryPass& pass : schedule.pass_list) {
      state = rebased(state, delay);
      const PassTiming computed = time_pass(schedule.grid, schedule.units, {}, pass, state);
      expect_equal(timeline.next(pass, delay), computed);
      if (HasFatalFailure()) return;
      const bool barrier = schedule.units.overlap == PassOverlap::barrier;
      delay = (barrier ? computed.end : computed.last_busy) + 1 + link_wait();
    }
    EXPECT_LT(timeline.distinct(), schedule.passes / 2) << "little was remembered";
  }
};

TEST_P(RowStationaryMemo, GivesWhatIsComputedAnewForEveryPassOfAWholeLayer) {
  const std::unique_ptr<LayerSchedule> cut = whole_layer_case(GetParam()).schedule();
  compare(static_cast<const RowStationarySchedule&>(*cut), [] { return 0; });
}

/// A layer run again meets the timings that its first run left in the memory of the process.
TEST_P(RowStationaryMemo, GivesTheSameWhenTheLayerIsRunAgain) {
  const std::unique_ptr<LayerSchedule> cut = whole_layer_case(GetParam()).schedule();
  const auto& schedule = static_cast<const RowStationarySchedule&>(*cut);
  compare(schedule, [] { return 0; });
  const std::int64_t distinct = PassTimeline(schedule.grid, schedule.units).distinct();
  EXPECT_GT(distinct, 0) << "nothing was left in memory";
  compare(schedule, [] { return 0; });
  EXPECT_EQ(PassTimeline(schedule.grid, schedule.units).distinct(), distinct);
}

/// Filters that come fast and psums that leave slowly, one at a time, so that every pass begins while the one before
/// still drains; and a link that is late now and then, so that it finds the drain at different places.
TEST_P(RowStationaryMemo, GivesWhatIsComputedAnewWherePassesOverlapFar) {
  LayerCase c = whole_layer_case(GetParam());
  auto& array = static_cast<RowStationaryConfig&>(c.chip.array.part());
  array.filter_bus_bits = 512;
  array.psum_bus_bits = c.chip.mac.accumulator_bits;
  const std::unique_ptr<LayerSchedule> cut = c.schedule();
  Dice dice(1);
  compare(static_cast<const RowStationarySchedule&>(*cut), [&dice] {
    return dice.pick<std::int64_t>({0, 0, 0, 1, 2, 7, 1000});
  });
}

INSTANTIATE_TEST_SUITE_P(AlexNet, RowStationaryMemo, testing::ValuesIn(whole_layers({"eyeriss"}, 1)),
                         [](const auto& whole) { return name_of(whole.param); });

}  // namespace
}  // namespace lacuna::test
