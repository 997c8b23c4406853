// SPDX-License-Identifier: Apache-2.0
// What a pass of a dual_csc array may hold, and what it holds by default.
#include "hw/array/dual_csc/mapping.hpp"

#include <gtest/gtest.h>

#include "tests/support/dual_csc_layer.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna::test {
namespace {

TEST(DualCscMapping, TakesByDefaultTheMostTapsThatFitIfNoWeightIsZeroThenTheMostOfmapChannels) {
  // 15 columns in 96 words: 6 words each, 12 ofmap channels.
  DualCscLayer layer(96, 45, 5);
  DualCscMapping map = default_dual_csc_mapping(layer.context());
  EXPECT_EQ(map.t, 15);
  EXPECT_EQ(map.k, 12);
  EXPECT_EQ(map.m, 96);
  // Two taps leave room for 32 psums: 3 folds of 32.
  layer.shape.C = 2;
  map = default_dual_csc_mapping(layer.context());
  EXPECT_EQ(map.t, 2);
  EXPECT_EQ(map.k, 32);
  // 96 channels in 5 PEs, 20 in the fullest: 10 + 10 of the 12 that would fit.
  layer.shape.C = 45;
  layer.array().pe_count = 5;
  EXPECT_EQ(default_dual_csc_mapping(layer.context()).k, 10);
  // 40 taps in as many passes as 45: 14, 14 and 12.
  layer.shape.C = 40;
  EXPECT_EQ(default_dual_csc_mapping(layer.context()).t, 14);
}

TEST(DualCscMapping, NamesTheScratchpadThatAPassExceeds) {
  DualCscLayer layer(64, 40, 5);
  const auto broken = [&layer](std::int64_t k, std::int64_t t) {
    DualCscMapping map;
    map.m = 64;
    map.c = 40;
    map.k = k;
    map.t = t;
    return broken_capacity(layer.context(), map);
  };
  EXPECT_EQ(broken(32, 15), "") << "whether the weights fit is seen when they are known";
  EXPECT_EQ(broken(33, 15), "k: ofmap channels of a PE in a pass = 33 psums, but /chip/array/psum_entries gives 32");
  EXPECT_EQ(broken(32, 16),
            "t: taps of a pass = 16 taps, but /chip/array/weight_address_entries, the end apart, gives 15");
  layer.array().weight_address_entries = 64;
  EXPECT_EQ(broken(32, 17), "t: taps of a pass = 17 taps, but /chip/array/iact_entries gives 16");
  EXPECT_EQ(broken(32, 16), "t: taps of a pass = 16 taps, but /chip/array/iact_address_bits gives 15");
  layer.array().iact_address_entries = 4;
  layer.array().run_bits = 2;
  EXPECT_EQ(broken(32, 13),
            "t: taps of a pass = 13 taps, but /chip/array/iact_address_entries, with columns that run_bits reach over, "
            "gives 12");
}

TEST(DualCscMapping, TakesMoreWhereTheWeightsAreFewAndSaysWhatBindsWhereTheyAreNot) {
  DualCscLayer layer(32, 15, 2);
  layer.map_whole();  // 240 words if no weight were zero
  layer.map().t = 15;
  DualCscLayer::Words words = layer.zeros();
  words.ifmaps[0].assign(30, 1);
  for (std::size_t row = 0; row < 12; ++row) {
    for (std::size_t column = 0; column < 15; ++column) words.filters[row * 15 + column] = 1;
  }
  for (std::size_t row = 12; row < 24; ++row) words.filters[row * 15] = 1;  // 6 words more
  for (const LayerRun& run : layer.run_on(words)) EXPECT_EQ(run.macs_performed, 2 * (180 + 12));
  words.filters[std::size_t{24} * 15] = 1;
  const std::string refusal =
      "a PE would hold 97 weight words of ofmap channels 0 to 31, taps 0 to 14, but /chip/array/weight_words gives 96 "
      "and /chip/array/weight_address_bits reaches 127";
  EXPECT_EQ(error_of([&] { layer.run_on(words); }), refusal);
  const std::unique_ptr<LayerSchedule> cut = layer.schedule();
  EXPECT_EQ(error_of([&] { cut->encoded_filter_words(0, words.filters, {}, 64); }), refusal) << "at the event level";
  EXPECT_EQ(broken_dense_capacity(layer.context(), layer.map()),
            "weight words of a PE without zeros = 240 words, but /chip/array/weight_words gives 96");
}

TEST(DualCscMapping, GivesUpWhereNotEvenOneWeightFits) {
  DualCscLayer layer(4, 4, 4);
  layer.chip.global_buffer.banks = 1;
  layer.chip.global_buffer.bank_bytes = 8;
  EXPECT_EQ(error_of([&] { default_dual_csc_mapping(layer.context()); }),
            "no mapping fits: even with m = n = e = c = k = t = 1, banks for 4 ifmap words (1) and 4 psums (2) = 3 "
            "banks, but /chip/global_buffer/banks gives 1");
}

TEST(DualCscMapping, RefusesACodebookWhoseZeroCodeIsWorthSomething) {
  DualCscLayer layer(4, 4, 4);
  layer.chip.mac.kind = "codebook_lookup";
  layer.zero_code_is_zero = false;
  layer.map();
  EXPECT_EQ(error_of([&] { layer.check(); }),
            "stored weights of 0 are left out, but the codebook gives them another worth");
}

}  // namespace
}  // namespace lacuna::test
