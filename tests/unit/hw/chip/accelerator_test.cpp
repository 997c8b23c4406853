// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

/// 2 images, 2 groups of 3 channels, 6 filters, 9 x 8 ifmap, 3 x 3 filters, padding 1: several channel tiles and
/// strips.
RowStationaryLayer small_conv() {
  RowStationaryLayer c;
  c.shape = {2, 6, 3, 2, 9, 8, 3, 3, 1, 1};
  c.map().m = 3;
  c.map().n = 1;
  c.map().e = 4;
  c.map().p = 2;
  c.map().q = 2;
  c.map().r = 1;
  c.map().t = 1;
  return c;
}

TEST(Accelerator, OfmapInDramEqualsPlainLoopsBitForBit) {
  const RowStationaryLayer c = small_conv();
  EXPECT_EQ(c.run().ofmap, c.expected());
}

TEST(Accelerator, EveryShapeUnderItsDefaultMappingGivesTheOfmapOfPlainLoops) {
  const std::vector<LayerShape> shapes = {
      {1, 4, 3, 1, 11, 11, 3, 3, 2, 0},   // stride
      {1, 4, 2, 2, 7, 7, 5, 5, 1, 2},     // groups, filter nearly as large as the ifmap
      {3, 10, 16, 1, 4, 4, 4, 4, 1, 0},   // FC: the filter covers the ifmap
      {2, 7, 5, 1, 1, 1, 1, 1, 1, 0},     // FC on a vector
      {1, 3, 1, 1, 5, 9, 1, 1, 1, 0},     // 1 x 1
      {1, 2, 1, 1, 23, 23, 11, 11, 4, 0}  // as conv1 of AlexNet
  };
  for (const LayerShape& shape : shapes) {
    RowStationaryLayer c;
    c.shape = shape;
    EXPECT_EQ(c.run().ofmap, c.expected()) << "M " << shape.M << " C " << shape.C << " R " << shape.R;
  }
}

TEST(Accelerator, ZeroGatingChangesNoCycleAndNoWord) {
  std::vector<LayerRun> runs;
  for (const char* gate : {"none", "activation", "weight", "either"}) {
    RowStationaryLayer c = small_conv();
    c.array().gate_on = gate;
    runs.push_back(c.run());
    EXPECT_EQ(runs.back().ofmap, c.expected()) << gate;
    EXPECT_EQ(runs.back().total_cycles, runs.front().total_cycles) << gate;
    EXPECT_EQ(runs.back().processing_cycles, runs.front().processing_cycles) << gate;
  }
  EXPECT_EQ(runs[0].macs_gated, 0);
  EXPECT_GT(runs[1].macs_gated, 0);
  EXPECT_GT(runs[2].macs_gated, 0);
  EXPECT_GT(runs[3].macs_gated, runs[1].macs_gated);
  EXPECT_GT(runs[3].macs_gated, runs[2].macs_gated);
}

TEST(Accelerator, NarrowWordsTravelSeveralToABeatAndGiveTheSameOfmapAsPlainLoops) {
  for (const std::int64_t bits : {4, 8, 12}) {
    RowStationaryLayer c = small_conv();
    c.weight_bits = bits;
    c.activation_bits = bits;
    c.array().filter_bus_bits = 32;
    c.array().ifmap_bus_bits = 16;
    c.array().psum_bus_bits = 32;
    EXPECT_EQ(c.run().ofmap, c.expected()) << bits << " bits";
  }
}

TEST(Accelerator, EveryKnobOfTheArrayLeavesTheOfmapAlone) {
  for (int knob = 0; knob < 8; ++knob) {
    RowStationaryLayer c = small_conv();
    if (knob == 0) c.array().ifmap_fifo_words = 1;
    if (knob == 1) c.array().psum_fifo_beats = 1;
    if (knob == 2) c.array().output_fifo_beats = 1;
    if (knob == 3) c.array().combine_cycles = 3;
    if (knob == 4) c.array().pass_overlap = "barrier";
    if (knob == 5) c.array().psum_order = "column_major";
    if (knob == 6) c.array().ifmap_order = "row_major";
    if (knob == 7) c.array().psum_spad_words = 2;
    EXPECT_EQ(c.run().ofmap, c.expected()) << "knob " << knob;
  }
}

TEST(Accelerator, WaitingForTheLinkIsNotProcessing) {
  RowStationaryLayer slow = small_conv();
  slow.chip.dram_link.clock_khz = 1000;
  RowStationaryLayer fast = small_conv();
  const LayerRun at_1_mhz = slow.run();
  const LayerRun at_60_mhz = fast.run();
  EXPECT_GT(at_1_mhz.total_cycles, 10 * at_60_mhz.total_cycles);
  // Psums drain while the link is awaited, so processing differs by at most a pass's drain per pass.
  EXPECT_NEAR(static_cast<double>(at_1_mhz.processing_cycles), static_cast<double>(at_60_mhz.processing_cycles),
              0.1 * static_cast<double>(at_60_mhz.processing_cycles));
  EXPECT_GT(at_1_mhz.stall_cycles.at("link"), at_60_mhz.stall_cycles.at("link"));
}

TEST(Accelerator, OneFlippedBitAnywhereOnTheWayIsSeenInTheOfmap) {
  RowStationaryLayer c = small_conv();
  c.zero_percent = 0;
  c.relu = false;
  const std::vector<StoredWord> expected = c.expected();
  const auto ofmap_with = [&c](FaultSite Faults::*site) {
    RunHooks hooks;
    (hooks.faults.*site).arm(100, 3);
    return c.run(hooks).ofmap;
  };
  EXPECT_NE(ofmap_with(&Faults::global_buffer_read), expected);
  EXPECT_NE(ofmap_with(&Faults::filter_path), expected);
  EXPECT_NE(ofmap_with(&Faults::psum_link), expected);
  EXPECT_NE(ofmap_with(&Faults::output_fifo), expected);
  c.network_input = true;  // dense streams: any word decodes
  EXPECT_NE(ofmap_with(&Faults::dram_word), expected);
}

TEST(Accelerator, AFlippedBitThatBreaksARunLengthStreamIsReportedByItsDecoder) {
  RowStationaryLayer c = small_conv();
  c.chip.codec.filter = "run_length";
  RunHooks hooks;
  hooks.faults.dram_word.arm(1, 4);  // the run of the first pair of the first filter stream grows by 16
  try {
    c.run(hooks);
    FAIL() << "the run went past the end of the stream unseen";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    EXPECT_NE(std::string(error.what()).find("run-length stream"), std::string::npos) << error.what();
  }
}

TEST(Accelerator, AWithheldCreditDeadlocksTheMachineAndTheErrorShowsEveryUnit) {
  RowStationaryLayer c = small_conv();
  c.array().ifmap_fifo_words = 1;
  RunHooks hooks;
  hooks.faults.ifmap_credit.arm(20);
  try {
    c.run(hooks);
    FAIL() << "the machine went on without a credit";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    const std::string message = error.what();
    EXPECT_NE(message.find("deadlocked"), std::string::npos) << message;
    for (const char* unit :
         {"pass_controller", "filter_bus", "ifmap_bus", "psum_input_bus", "psum_output_bus", "pe_0_0"}) {
      EXPECT_NE(message.find(unit), std::string::npos) << unit << " is missing in\n" << message;
    }
  }
}

TEST(Accelerator, APassWhoseTransferNeverComesDeadlocksEitherLevelAndTheErrorShowsEveryUnit) {
  const RowStationaryLayer c = small_conv();
  const LayerCase::Words words = c.words();
  const std::unique_ptr<LayerSchedule> schedule = c.schedule();
  schedule->transfers_before[1] = static_cast<std::int64_t>(schedule->transfers.size()) + 1;
  for (LayerRun (*run)(const ChipConfig&, const LayerJob&, RunHooks&) : {run_clocked, run_event}) {
    RunHooks hooks;
    const std::string message = error_of([&] { run(c.chip, c.job(*schedule, words), hooks); });
    EXPECT_NE(message.find("deadlocked in cycle "), std::string::npos) << message;
    for (const char* unit : {"pass_controller: ", "dram_link: ", "codec_port: ", "global_buffer: "}) {
      EXPECT_NE(message.find(unit), std::string::npos) << unit << " is missing in\n" << message;
    }
    EXPECT_NE(message.find(run == run_event ? "array: pass 1 of " : "filter_bus"), std::string::npos) << message;
  }
}

TEST(Accelerator, ADeadlockNamesThePeWhoseSecondWordOfABeatLacksACredit) {
  RowStationaryLayer c = small_conv();
  c.array().ifmap_order = "row_major";  // two words of a row a beat, both for the same PEs
  c.array().ifmap_bus_bits = 32;
  c.array().ifmap_fifo_words = 2;
  RunHooks hooks;
  hooks.faults.ifmap_credit.arm(1);
  const std::string message = error_of([&] { c.run(hooks); });
  EXPECT_NE(message.find("the head beat waits for PEs 0"), std::string::npos) << message;
}

TEST(Accelerator, TheSameRunTwiceGivesTheSameCounts) {
  const RowStationaryLayer c = small_conv();
  const LayerRun first = c.run();
  const LayerRun second = c.run();
  EXPECT_EQ(first.counts, second.counts);
  EXPECT_EQ(first.total_cycles, second.total_cycles);
}

}  // namespace
}  // namespace lacuna::test
