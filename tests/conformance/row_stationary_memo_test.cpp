// SPDX-License-Identifier: Apache-2.0
// Remembered pass timings are those that the recurrences give when no state is ever summed up or looked up. Random
// layers cannot show it: a memo that forgets part of the state is wrong in rare long sequences of passes alone.
#include <gtest/gtest.h>

#include "hw/array/row_stationary/event/timeline.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/whole_layer.hpp"

namespace lacuna::test {
namespace {

/// The state as a pass sees it that starts `delay` edges later, nothing left out.
RowStationaryState rebased(const RowStationarySchedule& schedule, const RowStationaryState& state, std::int64_t delay) {
  std::vector<std::int32_t> edges;
  state.visit([&edges, delay](std::int64_t edge) { edges.push_back(static_cast<std::int32_t>(edge - delay)); });
  return state_of(schedule.grid, schedule.units, edges);
}

void expect_equal(const PassTiming& remembered, const PassTiming& computed) {
  ASSERT_EQ(remembered.filters_sent, computed.filters_sent);
  ASSERT_EQ(remembered.last_issue, computed.last_issue);
  ASSERT_EQ(remembered.end, computed.end);
  ASSERT_EQ(remembered.ifmap_stalls, computed.ifmap_stalls);
  ASSERT_EQ(remembered.psum_in_stalls, computed.psum_in_stalls);
  for (std::size_t pe = 0; pe < computed.pes.size(); ++pe) {
    ASSERT_EQ(remembered.pes[pe].wait_filter, computed.pes[pe].wait_filter) << "PE " << pe;
    ASSERT_EQ(remembered.pes[pe].wait_ifmap, computed.pes[pe].wait_ifmap) << "PE " << pe;
    ASSERT_EQ(remembered.pes[pe].wait_psum, computed.pes[pe].wait_psum) << "PE " << pe;
    ASSERT_EQ(remembered.pes[pe].last_issue, computed.pes[pe].last_issue) << "PE " << pe;
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
      state = rebased(schedule, state, delay);
      const PassTiming computed = time_pass(schedule.grid, schedule.units, {}, pass, state);
      expect_equal(timeline.next(pass, delay), computed);
      if (HasFatalFailure()) return;
      const bool barrier = schedule.units.overlap == PassOverlap::barrier;
      delay = (barrier ? computed.end : computed.last_issue) + 1 + link_wait();
    }
    EXPECT_LT(timeline.distinct(), schedule.passes / 2) << "little was remembered";
  }
};

TEST_P(RowStationaryMemo, GivesWhatIsComputedAnewForEveryPassOfAWholeLayer) {
  const std::unique_ptr<LayerSchedule> cut = whole_layer_case(GetParam()).schedule();
  const auto& schedule = static_cast<const RowStationarySchedule&>(*cut);
  compare(schedule, [] { return 0; });
  // A link that is late now and then, so that passes start from states which differ in what is still draining.
  Dice dice(1);
  compare(schedule, [&dice] { return dice.pick<std::int64_t>({0, 0, 0, 1, 2, 7, 1000}); });
}

INSTANTIATE_TEST_SUITE_P(AlexNet, RowStationaryMemo, testing::ValuesIn(whole_layers({"eyeriss"}, 1)),
                         [](const auto& whole) { return name_of(whole.param); });

}  // namespace
}  // namespace lacuna::test
