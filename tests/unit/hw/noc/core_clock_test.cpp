// SPDX-License-Identifier: Apache-2.0
#include "hw/noc/core_clock.hpp"

#include <gtest/gtest.h>

#include <systemc>

#include "hw/noc/simulation_context.hpp"

namespace lacuna::test {
namespace {

/// Writes down every change of the clock.
struct Observer : sc_core::sc_module {
  struct Change {
    bool high;
    std::int64_t edge;
    std::uint64_t time_ps;
  };
  sc_core::sc_in<bool> clk{"clk"};
  const CoreClock& clock;
  std::vector<Change> changes;

  Observer(const sc_core::sc_module_name& name, const CoreClock& clock_) : sc_core::sc_module(name), clock(clock_) {
    SC_HAS_PROCESS(Observer);
    SC_METHOD(on_change);
    sensitive << clk;
    dont_initialize();
  }
  void on_change() { changes.push_back({clk.read(), clock.edge(), sc_core::sc_time_stamp().value()}); }

  std::vector<std::int64_t> rising_edges() const {
    std::vector<std::int64_t> edges;
    for (const Change& change : changes) {
      if (change.high) edges.push_back(change.edge);
    }
    return edges;
  }
};

/// Wakes the clock at given times.
struct Waker : sc_core::sc_module {
  CoreClock& clock;
  std::vector<sc_core::sc_time> times;
  std::size_t next = 0;

  Waker(const sc_core::sc_module_name& name, CoreClock& clock_, std::vector<sc_core::sc_time> times_)
      : sc_core::sc_module(name), clock(clock_), times(std::move(times_)) {
    SC_HAS_PROCESS(Waker);
    SC_METHOD(wake);
  }
  void wake() {
    if (sc_core::sc_time_stamp() > sc_core::SC_ZERO_TIME) clock.wake();
    if (next < times.size()) next_trigger(times[next++] - sc_core::sc_time_stamp());
  }
};

constexpr std::uint64_t kPeriodPs = 5000;  // 1 / 200 MHz

sc_core::sc_time ps(std::uint64_t time) { return {static_cast<double>(time), sc_core::SC_PS}; }

TEST(CoreClock, EdgeELiesHalfAPeriodAfterEPeriodsAndTheClockFallsAtWholePeriods) {
  SimulationContext simulation;
  CoreClock clock("clock", 200000, [] { return false; });
  sc_core::sc_signal<bool> clk("clk");
  Observer observer("observer", clock);
  clock.clk(clk);
  observer.clk(clk);
  sc_core::sc_start(3 * clock.period());
  ASSERT_EQ(observer.changes.size(), 5U);  // up and down for edges 0 and 1, up for edge 2; its fall is at the very end
  for (std::size_t i = 0; i < observer.changes.size(); ++i) {
    const Observer::Change& change = observer.changes[i];
    EXPECT_EQ(change.high, i % 2 == 0);
    EXPECT_EQ(change.edge, static_cast<std::int64_t>(i / 2));
    EXPECT_EQ(change.time_ps, kPeriodPs / 2 * (i + 1));  // 2500, 5000, 7500, 10000, 12500 ps
  }
}

TEST(CoreClock, EdgesAreNumberedFrom0WithoutAGapWhateverTheFrequency) {
  // At 600 MHz a period of 1666.7 ps is shown as 1666 ps: twice a whole number of ps, and results count edges.
  for (const std::int64_t khz : {1, 333333, 600000, 10'000'000}) {
    SimulationContext simulation;
    CoreClock clock("clock", khz, [] { return false; });
    sc_core::sc_signal<bool> clk("clk");
    Observer observer("observer", clock);
    clock.clk(clk);
    observer.clk(clk);
    sc_core::sc_start(5 * clock.period());
    EXPECT_EQ(observer.rising_edges(), std::vector<std::int64_t>({0, 1, 2, 3, 4})) << khz << " kHz";
    EXPECT_EQ(clock.period().value() % 2, 0U) << khz << " kHz";
    EXPECT_EQ(clock.time_before(4), 4 * clock.period()) << khz << " kHz";
  }
}

/// The rising edges of a clock that may sleep from edge 3 on and is woken at given times, and sleeps again after each
/// edge that it was woken for.
std::vector<std::int64_t> edges_with_wakes(const std::vector<sc_core::sc_time>& wakes, std::size_t* activations) {
  const CoreClock* self = nullptr;
  CoreClock clock("clock", 200000, [&self] { return self->edge() >= 3; });
  self = &clock;
  sc_core::sc_signal<bool> clk("clk");
  Observer observer("observer", clock);
  Waker waker("waker", clock, wakes);
  clock.clk(clk);
  observer.clk(clk);
  sc_core::sc_start();
  *activations = observer.changes.size();
  return observer.rising_edges();
}

TEST(CoreClock, ASleepingClockActivatesNothingAndWakesAtTheFirstEdgeAfterTheCall) {
  std::size_t activations = 0;
  SimulationContext simulation;
  // Woken at the time before edge 1000: that edge is the next one.
  EXPECT_EQ(edges_with_wakes({ps(1000 * kPeriodPs)}, &activations), std::vector<std::int64_t>({0, 1, 2, 3, 1000}));
  EXPECT_EQ(activations, 2U * 5U);  // a rise and a fall for each of the 5 edges, none for the 996 slept through
}

TEST(CoreClock, WokenJustBeforeAnEdgeItTakesThatOneAndJustAfterTheNext) {
  const std::uint64_t edge_10 = 10 * kPeriodPs + kPeriodPs / 2;
  std::size_t activations = 0;
  {
    SimulationContext simulation;
    EXPECT_EQ(edges_with_wakes({ps(edge_10 - 1)}, &activations), std::vector<std::int64_t>({0, 1, 2, 3, 10}));
  }
  {
    SimulationContext simulation;
    EXPECT_EQ(edges_with_wakes({ps(edge_10 + 1)}, &activations), std::vector<std::int64_t>({0, 1, 2, 3, 11}));
  }
}

TEST(CoreClock, WakingAClockThatRunsAddsNoEdge) {
  SimulationContext simulation;
  std::size_t activations = 0;
  // At 1.2 periods the clock is low, at 1.6 high: both times it runs.
  const std::vector<sc_core::sc_time> wakes = {ps(6000), ps(8000), ps(20 * kPeriodPs)};
  EXPECT_EQ(edges_with_wakes(wakes, &activations), std::vector<std::int64_t>({0, 1, 2, 3, 20}));
  EXPECT_EQ(activations, 2U * 5U);
}

TEST(CoreClock, EachWakeGivesOneEdgeIfTheClockMaySleepAgain) {
  SimulationContext simulation;
  std::size_t activations = 0;
  const std::vector<sc_core::sc_time> wakes = {ps(7 * kPeriodPs), ps(8 * kPeriodPs), ps(9 * kPeriodPs + 1)};
  // The wake at 8 periods is the time at which the clock falls after edge 7: it must not be lost.
  EXPECT_EQ(edges_with_wakes(wakes, &activations), std::vector<std::int64_t>({0, 1, 2, 3, 7, 8, 9}));
}

}  // namespace
}  // namespace lacuna::test
