// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/mapping.hpp"

#include <gtest/gtest.h>

#include "hw/array/systolic/cost.hpp"
#include "hw/array/systolic/schedule.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/random_case.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

const char* const kDataflows[] = {"output_stationary", "weight_stationary", "input_stationary"};

SystolicMapping mapping(std::int64_t m, std::int64_t n, std::int64_t e, std::int64_t c) {
  SystolicMapping map;
  map.m = m;
  map.n = n;
  map.e = e;
  map.c = c;
  return map;
}

/// 2 images, 12 filters, 4 channels, 10 x 10 ifmap, 3 x 3 filters: 8 x 8 ofmap; banks of 64 bytes, words of 16 bits.
SystolicLayer layer_on(const std::string& dataflow) {
  SystolicLayer layer(5, 4, dataflow);
  layer.shape = {2, 12, 4, 1, 10, 10, 3, 3, 1, 0};
  layer.chip.global_buffer.bank_bytes = 64;
  return layer;
}

TEST(SystolicMapping, NeedsBanksForItsTilesAndNotOneLess) {
  // ifmap 1 x 2 x (2 + 2) rows x 10 = 80 words = 160 bytes = 3 banks; psums 1 x 6 x 3 x 8 = 144 = 288 bytes = 5 banks
  // with e = 3: ifmap 1 x 2 x 5 x 10 = 100 words = 200 bytes = 4 banks
  SystolicLayer layer = layer_on("weight_stationary");
  layer.chip.global_buffer.banks = 9;
  EXPECT_EQ(broken_capacity(layer.context(), mapping(6, 1, 3, 2)), "");
  layer.chip.global_buffer.banks = 8;
  EXPECT_EQ(broken_capacity(layer.context(), mapping(6, 1, 3, 2)),
            "banks for 100 ifmap words (4) and 144 psums (5) = 9 banks, but /chip/global_buffer/banks gives 8");
}

TEST(SystolicMapping, NeedsFilterBanksForTheWordsOfOneFold) {
  struct Case {
    const char* dataflow;
    std::int64_t words;
    std::int64_t banks;
  };
  // m = 6, c = 2: K = 18 taps. 4 filters x 18 taps; 4 filters x 5 taps; 6 filters x 5 taps. Two bytes a word.
  for (const Case& c : {Case{"output_stationary", 72, 3}, {"weight_stationary", 20, 1}, {"input_stationary", 30, 1}}) {
    SystolicLayer layer = layer_on(c.dataflow);
    layer.chip.global_buffer.banks = 100;
    layer.chip.global_buffer.bank_bytes = c.banks == 1 ? 2 * c.words : 64;
    layer.chip.global_buffer.filter_banks = c.banks;
    EXPECT_EQ(broken_capacity(layer.context(), mapping(6, 1, 3, 2)), "") << c.dataflow;
    layer.chip.global_buffer.bank_bytes -= c.banks == 1 ? 1 : 0;
    layer.chip.global_buffer.filter_banks -= c.banks == 1 ? 0 : 1;
    EXPECT_NE(broken_capacity(layer.context(), mapping(6, 1, 3, 2))
                  .find("banks for " + std::to_string(c.words) + " filter words of a pass = "),
              std::string::npos)
        << c.dataflow;
  }
}

TEST(SystolicMapping, IsCutToTheLayer) {
  const SystolicMapping cut = cut_to(layer_on("weight_stationary").shape, mapping(100, 100, 100, 100));
  EXPECT_EQ(std::vector<std::int64_t>({cut.m, cut.n, cut.e, cut.c}), std::vector<std::int64_t>({12, 2, 8, 4}));
}

TEST(SystolicMapping, MostChannelsAreLegalAndOneMoreIsNot) {
  for (const char* dataflow : kDataflows) {
    for (const std::int64_t filter_banks : {1, 2, 4}) {
      SystolicLayer layer = layer_on(dataflow);
      layer.chip.global_buffer.banks = 12;
      layer.chip.global_buffer.filter_banks = filter_banks;
      const MappingContext context = layer.context();
      SystolicMapping map = mapping(1, 1, 3, 2);
      map.m = most_channels(context, map);
      ASSERT_GT(map.m, 0) << dataflow;
      EXPECT_EQ(broken_capacity(context, map), "") << dataflow << " " << filter_banks;
      if (++map.m > layer.shape.M) continue;
      EXPECT_NE(broken_capacity(context, map), "") << dataflow << " " << filter_banks;
    }
  }
}

/// Cycles of the folds of a schedule, one after the other.
std::int64_t cycles_of(const SystolicSchedule& schedule) {
  std::int64_t cycles = 0;
  for (const SystolicPass& pass : schedule.pass_list) {
    const SystolicFold fold(schedule.array, pass);
    cycles += fold.load + fold.compute;
  }
  return cycles;
}

TEST(SystolicMapping, CyclesByClosedFormAreThoseOfTheFoldsOfTheSchedule) {
  for (const char* dataflow : kDataflows) {
    SystolicLayer layer = layer_on(dataflow);
    for (const SystolicMapping& map : {mapping(12, 2, 8, 4), mapping(5, 1, 3, 3), mapping(1, 1, 1, 1)}) {
      MappingCost cost;
      SystolicCosts(layer.context()).exact(map, cost);
      EXPECT_EQ(cost.cycles, cycles_of(SystolicSchedule(layer.context(), map))) << dataflow;
    }
  }
}

TEST(SystolicDefaultMapping, HoldsTheWholeLayerWhereThereIsRoom) {
  for (const char* dataflow : kDataflows) {
    SystolicLayer layer = layer_on(dataflow);
    layer.widen_buffer();
    const SystolicMapping map = default_systolic_mapping(layer.context());
    EXPECT_EQ(std::vector<std::int64_t>({map.m, map.n, map.e, map.c}), std::vector<std::int64_t>({12, 2, 8, 4}))
        << dataflow;
  }
}

TEST(SystolicDefaultMapping, IsLegalForWhateverFits) {
  for (std::int64_t seed = 0; seed < 500; ++seed) {
    LayerCase layer = random_case(seed, "systolic");
    layer.mapping = nullptr;
    const MappingContext context = layer.context();
    EXPECT_EQ(broken_capacity(context, default_systolic_mapping(context)), "") << to_json(layer);
  }
}

TEST(SystolicDefaultMapping, NamesTheCapacityThatTheSmallestTilesBreak) {
  SystolicLayer layer = layer_on("weight_stationary");
  layer.chip.global_buffer.banks = 2;
  layer.chip.global_buffer.bank_bytes = 59;
  // One channel of 3 rows of 10 words: 60 bytes = 2 banks; 8 psums = 16 bytes = 1 bank.
  EXPECT_EQ(error_of([&] { default_systolic_mapping(layer.context()); }),
            "no mapping fits: even with m = n = e = c = 1, banks for 30 ifmap words (2) and 8 psums (1) = 3 banks, but "
            "/chip/global_buffer/banks gives 2");
  layer.chip.global_buffer.bank_bytes = 60;
  EXPECT_EQ(broken_capacity(layer.context(), default_systolic_mapping(layer.context())), "");
}

}  // namespace
}  // namespace lacuna::test
