// SPDX-License-Identifier: Apache-2.0
// What a csc_broadcast array takes: FC layers, in filter tiles that fit the PEs.
#include "hw/array/csc_broadcast/mapping.hpp"

#include <gtest/gtest.h>

#include "tests/support/csc_broadcast_layer.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna::test {
namespace {

constexpr bool kClocked = true;

std::vector<StoredWord> ones(std::int64_t words) { return std::vector<StoredWord>(static_cast<std::size_t>(words), 1); }

TEST(CscBroadcastMapping, RefusesAFilterThatDoesNotCoverTheIfmap) {
  CscBroadcastLayer layer(4, 8, 8);
  layer.shape.H = layer.shape.W = 3;
  EXPECT_EQ(
      error_of([&] { layer.check(); }),
      "the array multiplies matrices by vectors: it takes layers whose filter covers the whole ifmap (FC layers), "
      "but the filter is 1 x 1 on an ifmap of 3 x 3, padding included");
  layer.shape.R = layer.shape.S = 3;
  EXPECT_EQ(error_of([&] { layer.check(); }), "no error");
  layer.shape.P = 1;
  layer.shape.R = layer.shape.S = 5;
  EXPECT_EQ(error_of([&] { layer.check(); }), "no error") << "padding counts";
}

TEST(CscBroadcastMapping, TakesByDefaultWhatFitsIfNoWeightIsZero) {
  // 2 PEs with 8 rows each; 64 entries of a byte: 8 columns of 8 entries.
  CscBroadcastLayer layer(2, 16, 100);
  layer.array().spmat_bytes = 64;
  const CscBroadcastMapping map = default_csc_broadcast_mapping(layer.context());
  EXPECT_EQ(map.m, 16);
  EXPECT_EQ(map.c, 8);
  EXPECT_EQ(layer.run_on(!kClocked, ones(1600), ones(100)).macs_performed, 1600);
  // Pointers of 5 bits say 31 at most: 3 columns.
  layer.array().pointer_bits = 5;
  EXPECT_EQ(default_csc_broadcast_mapping(layer.context()).c, 3);
  // A row takes a byte, 7 entries of 8 rows do not fit; 4 ofmap channels are 2 rows of a PE.
  layer.array().spmat_bytes = 8;
  layer.array().pointer_bits = 2;
  EXPECT_EQ(default_csc_broadcast_mapping(layer.context()).m, 6);
  EXPECT_EQ(default_csc_broadcast_mapping(layer.context()).c, 1);
}

TEST(CscBroadcastMapping, TakesALargerTileWhereTheWeightsAreFewAndSaysWhichLimitBindsWhereTheyAreNot) {
  CscBroadcastLayer layer(2, 16, 100);
  layer.array().spmat_bytes = 64;
  layer.map().m = 16;
  layer.map().c = 100;
  std::vector<StoredWord> sparse(1600, 0);
  for (std::size_t column = 0; column < 64; ++column) sparse[column] = 1;  // all in row 0, PE 0
  EXPECT_EQ(layer.run_on(kClocked, sparse, ones(100)).macs_performed, 64);
  EXPECT_EQ(layer.run_on(!kClocked, sparse, ones(100)).macs_performed, 64);
  sparse[64] = 1;
  const std::string refusal =
      "a PE would hold 65 entries of a filter tile, but spmat_bytes gives 64 and pointer_bits gives 65535: "
      "spmat_bytes binds";
  for (const bool clocked : {true, false}) {
    EXPECT_EQ(error_of([&] { layer.run_on(clocked, sparse, ones(100)); }), refusal);
  }
  layer.array().pointer_bits = 6;
  EXPECT_EQ(error_of([&] { layer.run_on(kClocked, sparse, ones(100)); }),
            "a PE would hold 65 entries of a filter tile, but spmat_bytes gives 64 and pointer_bits gives 63: "
            "pointer_bits binds");
}

TEST(CscBroadcastMapping, NamesTheMemoryThatATileExceeds) {
  CscBroadcastLayer layer(2, 16, 100);
  CscBroadcastMapping map;
  map.m = 16;
  layer.array().registers = 7;
  EXPECT_EQ(broken_capacity(layer.context(), map),
            "psums of a tile = 16 words, but /chip/array/registers of all PEs gives 14");
  layer.array().registers = 8;
  map.c = 100;
  layer.array().pointer_bytes = 200;  // two banks of 50 pointers of 16 bits
  EXPECT_EQ(broken_capacity(layer.context(), map),
            "inputs of a filter tile = 100 columns, but /chip/array/pointer_bytes gives 99");
  map.c = 99;
  EXPECT_EQ(broken_capacity(layer.context(), map), "");
}

TEST(CscBroadcastMapping, RefusesACodebookWhoseZeroCodeIsWorthSomething) {
  CscBroadcastLayer layer(2, 4, 4);
  layer.zero_code_is_zero = false;
  layer.map();
  EXPECT_EQ(error_of([&] { layer.check(); }),
            "stored weights of 0 are left out, but the codebook gives them another worth");
}

}  // namespace
}  // namespace lacuna::test
