// SPDX-License-Identifier: Apache-2.0
// MACs that stand side by side, or take several edges, or both: in a PE, in the space of mappings and in a layer.
#include <gtest/gtest.h>

#include <algorithm>

#include "hw/array/row_stationary/cost.hpp"
#include "hw/array/row_stationary/mapping.hpp"
#include "hw/array/row_stationary/mapping_space.hpp"
#include "tests/support/level_comparison.hpp"
#include "tests/support/row_stationary_case.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

/// One PE with filters of one word on one channel, 4 words to a beat of filters and psums, and what is to come out.
/// Edges: filter beats from 0 on; ifmap words are sent from the edge after the last of them on, filled 2 later and
/// issued 3 later; a beat of psums is combined 3 edges after its last issue is over, and taken 2 later.
struct OnePe : RowStationaryCase {
  OnePe(const MacRate& mac, std::int64_t filters, std::int64_t windows, std::int64_t passes = 1) {
    context.units.mac = mac;
    RowStationaryPass pass;
    pass.p = pass.filters = filters;
    pass.Ft = windows;
    context.passes.assign(static_cast<std::size_t>(passes), pass);
    context.records.resize(context.passes.size());
    bus_stalls = {{"ifmap", 0}, {"gin", 0}};
  }
  /// Checks both levels.
  void expect(std::int64_t cycles, const std::map<std::string, std::int64_t>& of_the_pe) {
    total_cycles = cycles;
    sums = of_the_pe;
    run_clocked(*this);
    run_recurrences(*this);
  }
};

TEST(RowStationaryMacRate, OneMacAnEdgeTakesAnEdgeAFilter) {
  // 6 filter words: beats 0, 1; word sent 2, filled 4; issues 5 to 10. Filters 0-3: 8 + 3 = 11; 4-5: 10 + 3 = 13, taken
  // 15. Waits: filter 0-2, ifmap 3-4; idle 11-15.
  OnePe({1, 1}, 6, 1).expect(16, {{"busy", 6}, {"issued", 6}, {"wait_filter", 3}, {"wait_ifmap", 2}, {"idle", 5}});
}

TEST(RowStationaryMacRate, FourMacsSideBySideTakeSixFiltersInTwoIssues) {
  // Issues 5 (filters 0-3) and 6 (4-5). Psums: 5 + 3 = 8 and 6 + 3 = 9, taken 11.
  OnePe({4, 1}, 6, 1).expect(12, {{"busy", 2}, {"issued", 6}, {"wait_filter", 3}, {"wait_ifmap", 2}, {"idle", 5}});
}

TEST(RowStationaryMacRate, AMacOfEightEdgesHoldsItsPeForAllOfThem) {
  // Issues 5, 13, 21, 29, 37, 45, the last one over at 52. Psums: 52 + 3 = 55, taken 57.
  OnePe({1, 8}, 6, 1).expect(58, {{"busy", 48}, {"issued", 6}, {"wait_filter", 3}, {"wait_ifmap", 2}, {"idle", 5}});
}

TEST(RowStationaryMacRate, FourMacsOfEightEdgesTakeSixFiltersInSixteen) {
  // Issues 5 and 13, the last one, though short, over at 20. Psums: 20 + 3 = 23, taken 25.
  OnePe({4, 8}, 6, 1).expect(26, {{"busy", 16}, {"issued", 6}, {"wait_filter", 3}, {"wait_ifmap", 2}, {"idle", 5}});
}

TEST(RowStationaryMacRate, AnIssueWaitsForThePsumSlotsOfAllItsFilters) {
  // Two windows of 6 psums, issues 5 and 6 in the first one; its psums 0-3 are combined at 8 and 4-5 at 9, so their
  // slots may be issued to from 9 and 10 on. The second window has psums 6-9 and 10-11; its word is filled at 5.
  struct Slots {
    std::int64_t psum_spad_words, cycles, wait_psum;
  };
  const std::vector<Slots> cases = {
      {12, 14, 0},  // room for both windows: issues 7, 8; psums 11, taken 13
      {10, 15, 1},  // psum 9 has a slot, 11 waits for that of 1: issues 7, 9; psums 12, taken 14
      {9, 16, 2},   // psum 9 waits for the slot of 0, though 6-8 have theirs: issues 9, 10; psums 13, taken 15
      {6, 16, 2},   // psum 9 waits for 3 (9), 11 for 5 (10): no later
  };
  for (const Slots& slots : cases) {
    SCOPED_TRACE(slots.psum_spad_words);
    OnePe pe({4, 1}, 6, 2);
    pe.context.units.psum_spad_words = slots.psum_spad_words;
    pe.expect(slots.cycles, {{"busy", 4}, {"issued", 12}, {"wait_ifmap", 2}, {"wait_psum", slots.wait_psum}});
  }
}

TEST(RowStationaryMacRate, AWordStaysUntilTheLastEdgeOfItsMac) {
  // 1 filter word: beat 0; words sent 1, 2; the first filled 3, issued 4, over at 11. The second is in the FIFO at 4.
  OnePe with_room({1, 8}, 1, 2);
  with_room.context.units.ifmap_spad_words = 2;  // filled 4, issued 12, over 19; psum 22, taken 24
  with_room.expect(25, {{"busy", 16}, {"wait_filter", 2}, {"wait_ifmap", 2}, {"idle", 5}});
  OnePe without({1, 8}, 1, 2);
  without.context.units.ifmap_spad_words = 1;  // slot kept at 11, filled 12, issued 13, over 20; psum 23, taken 25
  without.expect(26, {{"busy", 16}, {"wait_filter", 2}, {"wait_ifmap", 3}, {"idle", 5}});
}

TEST(RowStationaryMacRate, TheNextPassLoadsItsFiltersBehindTheLastEdgeOfTheLastIssue) {
  // Pass 0: issue 4, over 11; psum 14, taken 16. Pass 1: filter beat 12; word sent 13, filled 15, issued 16, over 23;
  // psum input sent 17, behind the end of pass 0; psum 26, taken 28.
  OnePe pe({1, 8}, 1, 1, 2);
  pe.start_end = {{0, {0, 16}}, {1, {12, 28}}};
  pe.expect(29, {{"busy", 16}, {"wait_filter", 4}, {"wait_ifmap", 4}, {"wait_psum", 0}, {"idle", 5}});
}

/// 6 filters of 2 x 3 x 3 on an ifmap of 6 x 6, in one pass: 12 PEs, ofmap 4 x 4.
RowStationaryLayer small_layer(const std::string& mac, std::int64_t bits) {
  RowStationaryLayer c;
  c.shape = {1, 6, 2, 1, 6, 6, 3, 3, 1, 0};
  c.map().m = c.map().p = 6;
  c.map().e = 4;
  c.map().q = 2;
  c.chip.mac.kind = mac;
  c.weight_bits = c.activation_bits = bits;
  return c;
}

TEST(RowStationaryMacRate, MacsSideBySideAreGatedOneByOneAndTakeTheirEdges) {
  std::vector<LayerRun> runs;
  for (const char* gate : {"none", "either"}) {
    RowStationaryLayer c = small_layer("subword_parallel", 4);  // 4 MACs side by side
    c.array().gate_on = gate;
    runs.push_back(c.run());
    EXPECT_EQ(differences(runs.back(), c.run_event()), std::vector<std::string>()) << gate;
    EXPECT_EQ(runs.back().ofmap, c.expected()) << gate;
    for (const PeActivity& pe : runs.back().activity.pes) {
      EXPECT_EQ(pe.performed + pe.gated, 2 * 3 * 6 * 4);  // q S p F
      EXPECT_EQ(pe.busy, 2 * 3 * 2 * 4);                  // q S ceil(p / 4) F
    }
  }
  EXPECT_EQ(runs[0].macs_gated, 0);
  EXPECT_GT(runs[1].macs_gated, 0);
  EXPECT_EQ(runs[0].array_cycles, runs[1].array_cycles);
}

TEST(RowStationaryMacRate, PassesAreRememberedApartByTheWidthsThatGiveTheRate) {
  // One word to a beat of ifmap at both widths: floor(16 / 16) and floor(16 / 9). Nothing but the rate differs.
  std::vector<std::int64_t> cycles;
  for (const std::int64_t bits : {16, 9, 16}) {
    RowStationaryLayer c = small_layer("serial_activations", 16);
    c.activation_bits = bits;
    const LayerRun event = c.run_event();
    EXPECT_EQ(differences(c.run(), event), std::vector<std::string>()) << bits;
    EXPECT_EQ(event.ofmap, c.expected()) << bits;
    for (const PeActivity& pe : event.activity.pes) EXPECT_EQ(pe.busy, 2 * 3 * 6 * 4 * bits);  // q S p F
    cycles.push_back(event.array_cycles);
  }
  EXPECT_EQ(cycles[0], cycles[2]);
  EXPECT_GT(cycles[0], cycles[1]);
}

TEST(RowStationaryMacRate, IsPartOfTheComputeCyclesOfAMappingAndOfItsExplanation) {
  RowStationaryLayer c = small_layer("bit_parallel", 16);
  MappingContext context = c.context();
  context.mac_rate = {4, 8};
  MappingCost cost;
  RowStationaryCosts(context).exact(c.map(), cost);
  EXPECT_EQ(cost.compute_cycles, 2 * 3 * 16 * 4);  // q S (ceil(6 / 4) x 8) F
  const std::vector<std::string> lines = explain_row_stationary(context, c.map());
  const auto has = [](const std::string& line) {
    return line.find("filters (p 6), 4 at once in 8 cycles") != std::string::npos;
  };
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(), has), 1);
}

/// Collects the filters of a PE that it is shown.
struct PeFilters : MappingVisitor {
  bool enters(const MappingCost&) override { return true; }
  void visit(const ArrayMapping& mapping, const MappingCost&) override {
    const std::int64_t p = static_cast<const RowStationaryMapping&>(mapping).p;
    if (std::find(seen.begin(), seen.end(), p) == seen.end()) seen.push_back(p);
  }
  std::vector<std::int64_t> seen;
};

TEST(RowStationaryMacRate, TheFewMappingsHoldTheOneWhoseIssuesAreAllFull) {
  RowStationaryLayer c = small_layer("bit_parallel", 16);
  c.shape.M = 96;
  MappingContext context = c.context();
  const auto sizes = [&context] {
    PeFilters filters;
    enumerate_row_stationary(context, Factors::few, filters);
    return std::vector<std::int64_t>(filters.seen.begin(), filters.seen.begin() + 3);
  };
  EXPECT_EQ(sizes(), (std::vector<std::int64_t>{24, 12, 8}));  // the psum spad in even parts
  context.mac_rate = {16, 1};                                  // 16 of 16 MACs an issue, where 24 filters give 12
  EXPECT_EQ(sizes(), (std::vector<std::int64_t>{24, 16, 12}));
}

}  // namespace
}  // namespace lacuna::test
