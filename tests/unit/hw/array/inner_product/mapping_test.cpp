// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/mapping.hpp"

#include <gtest/gtest.h>

#include "hw/array/inner_product/schedule.hpp"
#include "hw/array/mapping_space.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/inner_product_layer.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

TEST(InnerProductMapping, CutsWhatExceedsTheFilterBanksIntoWholeFolds) {
  // fc6 of AlexNet: 75 MB of filters, 32 MB of filter banks.
  InnerProductLayer layer(16, 256, 16);
  layer.chip.global_buffer.banks = 16;
  layer.chip.global_buffer.filter_banks = 128;
  layer.chip.global_buffer.bank_bytes = 262144;
  layer.shape = {1, 4096, 256, 1, 6, 6, 6, 6, 1, 0};
  const InnerProductMapping map = default_inner_product_mapping(layer.context());
  EXPECT_LE(map.m * map.c * 36 * 2, 128 * 262144);
  EXPECT_EQ(map.m % 256, 0);
  EXPECT_EQ(InnerProductSchedule(layer.context(), map).active_pes, 256 * 16);  // one window of 16
}

TEST(InnerProductMapping, NamesTheCapacityThatTheSmallestOneBreaks) {
  InnerProductLayer layer;
  layer.chip.global_buffer.filter_banks = 1;
  layer.chip.global_buffer.bank_bytes = 8;
  layer.shape = {1, 1, 1, 1, 3, 3, 3, 3, 1, 0};
  EXPECT_EQ(error_of([&] { default_inner_product_mapping(layer.context()); }),
            "no mapping fits: even with m = n = e = c = 1, banks for 9 filter words of a pass = 3 banks, but "
            "/chip/global_buffer/filter_banks gives 1");
}

TEST(InnerProductMapping, RefusesAnArrayOfTooManyPes) {
  const InnerProductLayer layer(256, 4096, 1);
  EXPECT_EQ(error_of([&] { default_inner_product_mapping(layer.context()); }),
            "/chip/array: found 1048576 PEs (windows x filters x lanes); allowed 262144 at most");
}

TEST(InnerProductCost, HasTheProcessingCyclesOfTheMachineWhateverTheDataButForWaitsForADecoder) {
  for (std::int64_t seed = 0; seed < 400; ++seed) {
    const LayerCase c = random_case(seed, "inner_product");
    const ArrayKind& kind = c.chip.array.array();
    const std::unique_ptr<ArrayMapping> mapping = c.mapping ? c.mapping->clone() : kind.default_mapping(c.context());
    const LayerRun run = c.run_event();
    const MappingCost cost = kind.cost(c.context(), *mapping);
    const std::int64_t waits = run.activity.pes.front().stalls.back();  // it has a part in every pass
    ASSERT_EQ(cost.cycles + waits, run.processing_cycles) << to_json(c);
    ASSERT_EQ(cost.compute_cycles, run.activity.pes.front().busy) << to_json(c);
  }
}

}  // namespace
}  // namespace lacuna::test
