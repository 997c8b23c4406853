// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/laws.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

/// A run whose laws hold; each test breaks one number.
struct LawsTest : testing::Test {
  LawsTest() {
    layer.shape = {1, 3, 2, 1, 5, 5, 3, 3, 1, 0};
    schedule = layer.schedule();
    words = layer.words();
    job = layer.job(*schedule, words);
    RunHooks hooks;
    run = run_clocked(layer.chip, job, hooks);
  }
  std::string broken() const {
    return error_of([this] { check_laws(layer.chip, job, run); });
  }
  /// The message of a law of two equal numbers.
  static std::string unequal(const std::string& left, std::int64_t a, const std::string& right, std::int64_t b) {
    return "layer layer: law broken: " + left + " = " + std::to_string(a) + ", but " + right + " = " +
           std::to_string(b);
  }

  RowStationaryLayer layer;
  std::unique_ptr<LayerSchedule> schedule;
  LayerCase::Words words;
  LayerJob job;
  LayerRun run;
};

constexpr std::int64_t kMacs = std::int64_t{1} * 3 * 3 * 3 * 2 * 3 * 3;  // N M E F C R S
constexpr std::int64_t kOfmapWords = std::int64_t{3} * 3 * 3;            // M E F

TEST_F(LawsTest, HoldInAnHonestRun) { EXPECT_EQ(broken(), "no error"); }

TEST_F(LawsTest, PerformedAndGatedAndSkippedMacsAreTheAlgebraicOnes) {
  ++run.macs_skipped;
  EXPECT_EQ(broken(), unequal("macs_performed + macs_gated + macs_skipped", kMacs + 1, "algebraic MACs", kMacs));
}

TEST_F(LawsTest, WhatThePesIssuedIsMacsAndFiller) {
  ++run.filler;
  const std::int64_t issued = run.macs_performed + run.macs_gated + run.filler - 1;
  EXPECT_EQ(broken(), unequal("PE performed + gated", issued, "macs_performed + macs_gated + filler", issued + 1));
}

TEST_F(LawsTest, EveryPeIsBusyStalledOrIdleInEveryCycle) {
  PeActivity& pe = run.activity.pes.at(1);
  ++pe.stalls.at(2);
  const std::string name = "PE (" + std::to_string(pe.row) + ", " + std::to_string(pe.column) + ")";
  EXPECT_EQ(broken(),
            unequal(name + " busy + stalled + idle", run.array_cycles + 1, "cycles of the array", run.array_cycles));
}

TEST_F(LawsTest, NoPeIsStalledOrIdleForLessThanNoTime) {
  PeActivity& pe = run.activity.pes.at(0);
  pe.idle += pe.stalls.at(1) + 7;
  pe.stalls.at(1) = -7;
  EXPECT_EQ(broken(), "layer layer: law broken: PE (0, 0) stalled by ifmap = -7 is below 0");
  pe.stalls.at(1) = pe.idle + 3;
  pe.idle = -3;
  EXPECT_EQ(broken(), "layer layer: law broken: PE (0, 0) idle = -3 is below 0");
}

TEST_F(LawsTest, NoPePerformsMoreThanOneMacACycle) {
  run.processing_cycles = run.macs_performed / run.active_pes;
  run.macs_performed += run.active_pes;  // one MAC per PE too many, taken from the gated ones
  run.macs_gated -= run.active_pes;
  const std::int64_t most = run.active_pes * run.processing_cycles;
  EXPECT_EQ(broken(),
            "layer layer: law broken: performed MACs x cycles of an issue = " + std::to_string(run.macs_performed) +
                " exceeds active PEs x processing cycles x MACs of an issue = " + std::to_string(most));
}

TEST_F(LawsTest, ProcessingIsPartOfTheTotal) {
  run.processing_cycles = run.total_cycles + 1;
  EXPECT_EQ(broken(), "layer layer: law broken: processing cycles = " + std::to_string(run.total_cycles + 1) +
                          " exceeds total cycles = " + std::to_string(run.total_cycles));
}

TEST_F(LawsTest, WhatIsDecodedWasEncoded) {
  const std::int64_t decoded = run.counts.at("codec.decode_value")--;
  EXPECT_EQ(broken(), unequal("values decoded", decoded - 1, "values encoded of all transfers", decoded));
}

TEST_F(LawsTest, EveryBitReadFromDramIsOneOfAStreamThatATransferFetches) {
  const std::int64_t bits = run.dram_read_bits++;
  EXPECT_EQ(broken(), unequal("bits read from DRAM", bits + 1, "bits of all streams fetched", bits));
}

TEST_F(LawsTest, EveryBitWrittenToDramIsOneOfAnOfmapStream) {
  const std::int64_t bits = run.dram_write_bits--;
  EXPECT_EQ(broken(), unequal("bits written to DRAM", bits - 1, "bits of all ofmap streams", bits));
}

TEST_F(LawsTest, TheBufferReceivesTheWordsOfEveryTile) {
  const std::int64_t ifmap = run.counts.at("global_buffer.ifmap_write")++;
  EXPECT_EQ(broken(), unequal("ifmap words written to the global buffer", ifmap + 1, "those of all tiles", ifmap));
  --run.counts.at("global_buffer.ifmap_write");
  const std::int64_t filter = run.counts.at("global_buffer.filter_write")++;
  EXPECT_EQ(broken(),
            unequal("filter words written to the global buffer", filter + 1, "those of all transfers", filter));
}

TEST_F(LawsTest, TheArrayReadsTheFilterWordsOfItsSchedule) {
  const std::int64_t words_read = run.counts.at("global_buffer.filter_read")++;
  EXPECT_EQ(broken(),
            unequal("filter words read from the global buffer", words_read + 1, "those of the schedule", words_read));
}

TEST_F(LawsTest, TheArrayReadsAsManyPsumsAsItWrites) {
  const std::int64_t psums = run.counts.at("global_buffer.psum_read")++;
  EXPECT_EQ(broken(), unequal("psums read by the array", psums + 1, "psums written by the array", psums));
}

TEST_F(LawsTest, EveryOfmapWordIsDrainedAndEncodedOnce) {
  ++run.counts.at("global_buffer.psum_drain");
  EXPECT_EQ(broken(), unequal("psums drained", kOfmapWords + 1, "words of all ofmap tiles", kOfmapWords));
  --run.counts.at("global_buffer.psum_drain");
  ++run.counts.at("codec.encode_value");
  EXPECT_EQ(broken(), unequal("values encoded", kOfmapWords + 1, "psums drained", kOfmapWords));
}

TEST_F(LawsTest, TheTilesThatAreDrainedAreTheOfmap) {
  schedule->ofmap_tiles.at(0).channels += 1;  // a tile of 4 channels of 9 words, where the layer has 3
  run.counts.at("global_buffer.psum_drain") += 9;
  run.counts.at("codec.encode_value") += 9;
  EXPECT_EQ(broken(), unequal("words of all ofmap tiles", kOfmapWords + 9, "ofmap words", kOfmapWords));
}

TEST_F(LawsTest, EveryCountIsAnEventThatTheChipDeclares) {
  run.counts["mac.guess"] = 1;
  EXPECT_EQ(broken(), unequal("event mac.guess among those of the chip", 0, "one", 1));
}

TEST_F(LawsTest, NoMorePesAreActiveThanThereAre) {
  run.active_pes = 12 * 14 + 1;
  EXPECT_EQ(broken(), "layer layer: law broken: active PEs = 169 exceeds PEs = 168");
}

}  // namespace
}  // namespace lacuna::test
