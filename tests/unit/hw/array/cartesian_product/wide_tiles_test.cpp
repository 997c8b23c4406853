// SPDX-License-Identifier: Apache-2.0
// Tiles of PEs that are wider than the masks that the event model reads activations from, and fillers in them.
#include <gtest/gtest.h>

#include "tests/support/cartesian_layer.hpp"
#include "tests/support/level_comparison.hpp"

namespace lacuna::test {
namespace {

/// Two groups of ofmap channels on a plane of 150 columns.
CartesianLayer wide_layer(std::int64_t pe_columns) {
  CartesianLayer layer(2, pe_columns);
  layer.array().accumulator_entries = 65536;
  layer.array().run_bits = 2;  // a filler stands for four zeros
  layer.shape.M = 4;
  layer.shape.C = 2;
  layer.shape.H = 4;
  layer.shape.W = 150;
  layer.shape.R = layer.shape.S = 3;
  layer.shape.P = 1;
  layer.map().m = 4;
  layer.map().k = 2;
  layer.map().e = 64;
  return layer;
}

void expect_same(const CartesianLayer& layer) {
  for (const std::string& difference : level_differences(layer)) {
    ADD_FAILURE() << difference << " in " << to_json(layer);
  }
}

TEST(CartesianWideTiles, GiveTheSameAtBothLevelsWhateverTheDensityAndTheLanes) {
  for (const std::int64_t pe_columns : {1, 2, 9}) {
    for (const std::int64_t lanes : {1, 3, 8}) {
      for (const std::int64_t zero_percent : {0, 50, 90, 99, 100}) {
        CartesianLayer layer = wide_layer(pe_columns);
        layer.array().ifmap_lanes = lanes;
        layer.array().bank_model = lanes == 3 ? "stall" : "ideal";
        layer.zero_percent = zero_percent;
        expect_same(layer);
        layer.shape.U = 2;
        expect_same(layer);
      }
    }
  }
}

TEST(CartesianWideTiles, GiveTheSameAtBothLevelsInTheDenseTwin) {
  for (const char* const gate_on : {"none", "activation", "weight", "either"}) {
    for (const std::int64_t zero_percent : {0, 50, 100}) {
      CartesianLayer layer = wide_layer(2);
      layer.array().dense = true;
      layer.array().bank_model = "ideal";
      layer.array().gate_on = gate_on;
      layer.zero_percent = zero_percent;
      expect_same(layer);
    }
  }
}

}  // namespace
}  // namespace lacuna::test
