// SPDX-License-Identifier: Apache-2.0
#include "hw/array/mapping_space.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/error_of.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

/// What every registered array must keep, whatever its mappings look like.
class EveryArray : public testing::TestWithParam<std::string> {
 protected:
  static const ArrayKind& kind() { return *Registry<ArrayKind>::instance().find(GetParam()); }
  static MappingCost cost_of(const LayerCase& c) {
    const std::unique_ptr<ArrayMapping> mapping = c.mapping ? c.mapping->clone() : kind().default_mapping(c.context());
    return kind().cost(c.context(), *mapping);
  }
};

TEST_P(EveryArray, CountsTheWordsOfDramAndBufferByClosedFormAsTheMachineDoes) {
  for (std::int64_t seed = 0; seed < 400; ++seed) {
    const LayerCase c = random_case(seed, GetParam());
    const MappingCost cost = cost_of(c);
    const LayerRun run = c.run_event();
    const auto count = [&run](const char* event) { return run.counts.at(std::string("global_buffer.") + event); };
    ASSERT_EQ(cost.active_pes, run.active_pes) << to_json(c);
    ASSERT_EQ(cost.dram_filter_words, c.schedule()->fetched_filter_words()) << to_json(c);
    ASSERT_EQ(cost.dram_ifmap_words, count("ifmap_write")) << to_json(c);
    ASSERT_EQ(cost.dram_ofmap_words, count("psum_drain")) << to_json(c);
    ASSERT_EQ(cost.buffer_ifmap_reads, count("ifmap_read")) << to_json(c);
    ASSERT_EQ(cost.buffer_psum_reads, count("psum_read")) << to_json(c);
    ASSERT_EQ(cost.buffer_psum_reads, count("psum_write")) << to_json(c);
    const auto decoded = run.counts.find("weight_decoder.decode_value");
    ASSERT_EQ(cost.buffer_filter_reads, decoded == run.counts.end() ? count("filter_read") : decoded->second)
        << to_json(c);
  }
}

TEST_P(EveryArray, CountsItsEventsByClosedFormAsTheMachineDoesOnDataWithoutZeros) {
  int cases = 0;
  for (std::int64_t seed = 0; seed < 1200; ++seed) {
    LayerCase c = random_case(seed, GetParam());
    if (c.shape.P != 0) continue;  // padding is zeros
    c.zero_percent = c.weight_zero_percent = 0;
    c.zero_code_is_zero = true;
    if (!c.legal()) continue;
    const MappingCost cost = cost_of(c);
    const LayerRun run = c.run_event();
    if (!c.context().zero_code_is_zero) continue;  // the closed form takes filler to be worth zero
    // Any code of a codebook may be worth zero, by chance.
    const bool coded = c.coded();
    if (coded && run.macs_skipped + run.macs_gated != 0) continue;
    const std::vector<std::string> events = kind().events();
    ASSERT_EQ(cost.events.size(), events.size());
    for (std::size_t event = 0; event < events.size(); ++event) {
      ASSERT_EQ(cost.events[event], run.counts.at(events[event])) << events[event] << "\n" << to_json(c);
    }
    const MacWidths widths = mac_widths(c.chip, {c.weight_bits, 16, c.activation_bits});
    for (const MacEvent& raised : mac_events(c.chip, widths)) {
      ASSERT_EQ(cost.macs_performed * raised.per_mac, run.counts.at(raised.name)) << to_json(c);
    }
    ++cases;
  }
  EXPECT_GT(cases, 200);
}

TEST(MappingCost, OfASystolicArrayHasTheProcessingCyclesOfTheMachine) {
  for (std::int64_t seed = 0; seed < 400; ++seed) {
    const LayerCase c = random_case(seed, "systolic");
    const ArrayKind& kind = c.chip.array.array();
    const std::unique_ptr<ArrayMapping> mapping = c.mapping ? c.mapping->clone() : kind.default_mapping(c.context());
    const LayerRun run = c.run_event();
    // An operand that is fetched late is loaded late: what a pass then cannot hide is part of its wait for the link. A
    // weight decoder is no part of the closed form: PE (0, 0), in every fold, counts what it waits for.
    const std::int64_t waits = run.activity.pes.front().stalls.at(3);
    ASSERT_EQ(kind.cost(c.context(), *mapping).cycles + waits, run.processing_cycles) << to_json(c);
  }
}

/// Number by number.
void expect_not_above(const MappingCost& low, const MappingCost& cost) {
  EXPECT_LE(low.active_pes, cost.active_pes);
  EXPECT_LE(low.cycles, cost.cycles);
  EXPECT_LE(low.compute_cycles, cost.compute_cycles);
  EXPECT_LE(low.port_cycles, cost.port_cycles);
  EXPECT_LE(low.load_cycles, cost.load_cycles);
  EXPECT_LE(low.filter_cycles, cost.filter_cycles);
  EXPECT_LE(low.dram_filter_words, cost.dram_filter_words);
  EXPECT_LE(low.dram_ifmap_words, cost.dram_ifmap_words);
  EXPECT_LE(low.dram_ofmap_words, cost.dram_ofmap_words);
  EXPECT_LE(low.buffer_ifmap_reads, cost.buffer_ifmap_reads);
  EXPECT_LE(low.buffer_psum_reads, cost.buffer_psum_reads);
  EXPECT_LE(low.buffer_filter_reads, cost.buffer_filter_reads);
  EXPECT_LE(low.macs_performed, cost.macs_performed);
  for (std::size_t event = 0; event < cost.events.size(); ++event) EXPECT_LE(low.events[event], cost.events[event]);
}

/// Checks what it is shown, and goes everywhere.
class LegalityCheck : public MappingVisitor {
 public:
  LegalityCheck(const LayerCase& c, const ArrayKind& kind) : case_(c), context_(c.context()), kind_(kind) {}
  bool enters(const MappingCost& at_least) override {
    at_least_ = at_least;
    return true;
  }
  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    ++visited;
    EXPECT_EQ(error_of([&] { kind_.check(context_, mapping); }), "no error") << to_json(case_);
    const MappingCost direct = kind_.cost(context_, mapping);
    EXPECT_EQ(direct.cycles, cost.cycles);
    EXPECT_EQ(direct.dram_words(), cost.dram_words());
    EXPECT_EQ(direct.events, cost.events);
    expect_not_above(at_least_, cost);
  }
  int visited = 0;

 private:
  const LayerCase& case_;
  const MappingContext context_;
  const ArrayKind& kind_;
  MappingCost at_least_;
};

TEST_P(EveryArray, ShowsMappingsThatPassItsOwnCheckAndCostNoLessThanItPromised) {
  for (std::int64_t seed = 0; seed < 200; ++seed) {
    LayerCase c = random_case(seed, GetParam());
    for (const Factors factors : {Factors::perfect, Factors::any, Factors::few}) {
      LegalityCheck check(c, kind());
      kind().enumerate(c.context(), factors, check);
      ASSERT_GT(check.visited, 0) << to_json(c);
      if (HasFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Registered, EveryArray,
                         testing::Values("cartesian_product", "csc_broadcast", "dual_csc", "inner_product", "lane_skip",
                                         "row_stationary", "systolic"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace lacuna::test
