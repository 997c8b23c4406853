// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/config.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

TEST(SystolicConfig, NamesOfTheFileMeanTheDataflowsOfTheArray) {
  SystolicConfig config;
  EXPECT_EQ(config.shape().dataflow, SystolicDataflow::weight_stationary);
  config.dataflow = "input_stationary";
  EXPECT_EQ(config.shape().dataflow, SystolicDataflow::input_stationary);
  config.dataflow = "output_stationary";
  EXPECT_EQ(config.shape().dataflow, SystolicDataflow::output_stationary);
  EXPECT_EQ(config.shape().rows, config.size().rows);
  EXPECT_EQ(config.shape().columns, config.size().columns);
}

TEST(SystolicConfig, AnArrayThatLoadsNothingHasNothingToDoubleBuffer) {
  SystolicConfig config;
  config.double_buffered = true;
  EXPECT_TRUE(config.shape().double_buffered);
  config.dataflow = "output_stationary";
  EXPECT_EQ(
      error_of([&] { config.shape(); }),
      "/chip/array/double_buffered: found true where the dataflow is output_stationary, which loads no stationary "
      "operand; allowed false");
  config.double_buffered = false;
  EXPECT_FALSE(config.shape().double_buffered);
}

TEST(SystolicConfig, IsRefusedWithTheLayerBeforeAnythingIsSimulated) {
  SystolicLayer layer(4, 4, "output_stationary");
  layer.array().double_buffered = true;
  EXPECT_FALSE(layer.legal());
  layer.map();
  EXPECT_FALSE(layer.legal());
}

}  // namespace
}  // namespace lacuna::test
