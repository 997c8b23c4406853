// SPDX-License-Identifier: Apache-2.0
#include "hw/noc/simulation_context.hpp"

#include <gtest/gtest.h>

#include <systemc>

#include "hw/noc/core_clock.hpp"

namespace lacuna::test {
namespace {

/// A register that steps a generator at every edge.
struct Stepper : sc_core::sc_module {
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_signal<std::uint32_t> state{"state"};

  explicit Stepper(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {
    SC_HAS_PROCESS(Stepper);
    SC_METHOD(on_edge);
    sensitive << clk.pos();
    dont_initialize();
  }
  void on_edge() { state.write(state.read() * 1664525U + 1013904223U); }
};

struct Outcome {
  std::uint32_t state;
  std::uint64_t time;
  std::uint64_t deltas;
  bool operator==(const Outcome& o) const { return state == o.state && time == o.time && deltas == o.deltas; }
};

Outcome simulate() {
  SimulationContext simulation;
  CoreClock clock("clock", 200000, [] { return false; });
  sc_core::sc_signal<bool> clk("clk");
  Stepper stepper("stepper");
  clock.clk(clk);
  stepper.clk(clk);
  sc_core::sc_start(50 * clock.period());
  EXPECT_TRUE(simulation.warnings().empty());
  return {stepper.state.read(), sc_core::sc_time_stamp().value(), sc_core::sc_delta_count()};
}

TEST(SimulationContext, TwoHundredSimulationsOneAfterAnotherAreIdentical) {
  const Outcome first = simulate();
  EXPECT_EQ(first.time, 50U * 5000U);  // 50 periods of 5000 ps
  for (int i = 1; i < 200; ++i) ASSERT_TRUE(simulate() == first) << "simulation " << i;
}

TEST(SimulationContext, AModuleNameIsFreeAgainInTheNextSimulation) {
  for (int i = 0; i < 3; ++i) {
    SimulationContext simulation;
    const sc_core::sc_signal<bool> signal("signal");
    EXPECT_STREQ(signal.name(), "signal");  // not signal_0: the kernel makes names unique within one simulation
    EXPECT_TRUE(simulation.warnings().empty());
  }
}

TEST(SimulationContext, CollectsTheWarningsOfItsOwnSimulationAlone) {
  {
    SimulationContext simulation;
    SC_REPORT_WARNING("unit", "something is odd");
    SC_REPORT_INFO("unit", "all is well");
    EXPECT_EQ(simulation.warnings(), std::vector<std::string>({"unit: something is odd"}));
  }
  const SimulationContext next;
  EXPECT_TRUE(next.warnings().empty());
}

TEST(SimulationContext, AnErrorOfTheKernelThrowsAndTheNextSimulationRuns) {
  const Outcome before = simulate();
  {
    SimulationContext simulation;
    EXPECT_THROW(SC_REPORT_ERROR("unit", "something is wrong"), sc_core::sc_report);
  }
  EXPECT_TRUE(simulate() == before);
}

}  // namespace
}  // namespace lacuna::test
