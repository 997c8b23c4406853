// SPDX-License-Identifier: Apache-2.0
// The worked cases in tests/vectors/precision_scalable.json that are about cycles of arrays of inner products.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "hw/array/mapping_space.hpp"
#include "tests/support/inner_product_layer.hpp"

namespace lacuna::test {
namespace {

using nlohmann::json;

json vector_case(const std::string& id) {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/precision_scalable.json");
  const json all = json::parse(file);
  for (const json& one : all["cases"]) {
    if (one["id"] == id) return one;
  }
  throw std::logic_error("no case " + id);
}

/// By closed form, which the machine equals on random layers.
std::int64_t closed_form(const InnerProductLayer& layer) {
  const ArrayKind& kind = layer.chip.array.array();
  const MappingContext context = layer.context();
  return kind.cost(context, *kind.default_mapping(context)).cycles;
}

/// The same, and of the machine.
std::int64_t cycles_of(const InnerProductLayer& layer) {
  const std::int64_t cycles = layer.run_event().processing_cycles;
  EXPECT_EQ(cycles, closed_form(layer));
  return cycles;
}

/// A square plane and filter: 55 x 55 windows from 65 x 65 words with 11 x 11 taps, stride 1.
LayerShape shape_of(const json& row) {
  std::int64_t side = 1;
  while (side * side < row["windows"].get<std::int64_t>()) ++side;
  const std::int64_t filter = row["R"];
  const std::int64_t groups = row["groups"];
  const std::int64_t filters = row["filters_per_group"];
  return {1, groups * filters, row["channels"], groups, side + filter - 1, side + filter - 1, filter, filter, 1, 0};
}

TEST(PrecisionScalableVectors, StripesAndItsDenseBaseOnAlexNetsShapes) {
  const json one = vector_case("stripes-alexnet-shape");
  std::int64_t dense_cycles = 0;
  std::int64_t serial_cycles = 0;
  for (const json& row : one["expected"]["rows"]) {
    SCOPED_TRACE(row["layer"].get<std::string>());
    InnerProductLayer dense(1, 256, 16);
    dense.shape = shape_of(row);
    EXPECT_EQ(cycles_of(dense), row["dense_cycles"].get<std::int64_t>());
    InnerProductLayer stripes(16, 256, 16);
    stripes.shape = dense.shape;
    stripes.serial(row["p"]);
    EXPECT_EQ(cycles_of(stripes), row["stripes_cycles"].get<std::int64_t>());
    dense_cycles += row["dense_cycles"].get<std::int64_t>();
    serial_cycles += row["stripes_cycles"].get<std::int64_t>();
  }
  EXPECT_EQ(dense_cycles, one["expected"]["total_dense"].get<std::int64_t>());
  EXPECT_EQ(serial_cycles, one["expected"]["total_stripes"].get<std::int64_t>());
}

TEST(PrecisionScalableVectors, FcLayersOfStripes) {
  const json one = vector_case("stripes-fc");
  InnerProductLayer layer(1, 256, 16);
  layer.fc(one["input"]["C"], one["input"]["K"]);
  EXPECT_EQ(closed_form(layer), one["expected"]["dense"].get<std::int64_t>());
  layer.array().windows = 16;
  layer.array().serial_fc = true;
  for (std::size_t i = 0; i < one["input"]["p"].size(); ++i) {
    layer.serial(one["input"]["p"][i]);
    EXPECT_EQ(closed_form(layer), one["expected"]["cycles"][i].get<std::int64_t>());
  }
}

TEST(PrecisionScalableVectors, SubwordsOf256Multipliers) {
  const json one = vector_case("dvafs");
  InnerProductLayer layer(1, 1, 256);
  layer.fc(one["input"]["macs"], 1);
  for (std::size_t i = 0; i < one["input"]["bits"].size(); ++i) {
    layer.subwords(one["input"]["bits"][i]);
    EXPECT_EQ(cycles_of(layer), one["expected"]["cycles"][i].get<std::int64_t>());
  }
}

TEST(PrecisionScalableVectors, UnitsOfSixtyFourLanes) {
  const json one = vector_case("xnor-ternary");
  InnerProductLayer layer(1, one["input"]["P"], one["input"]["L"]);
  layer.array().lanes_over = "window";
  layer.fc(one["input"]["n"], one["input"]["outputs"]);
  EXPECT_EQ(cycles_of(layer), one["expected"]["cycles"].get<std::int64_t>());
}

/// 24 PEs of 192 tables each.
TEST(PrecisionScalableVectors, UnpusPeak) {
  const json one = vector_case("unpu-peak");
  for (std::size_t i = 0; i < one["input"]["weight_bits"].size(); ++i) {
    const std::int64_t bits = one["input"]["weight_bits"][i];
    InnerProductShape array;
    array.windows = 1;
    array.filters = 24;
    array.lanes = 192;
    array.rate = Registry<MacDatapath>::instance().find("serial_weights")->rate({bits, 16});
    LayerShape layer;
    layer.M = 240;
    layer.C = 192 * 12 * 10;  // whole steps of 3 and of 4
    const InnerProductDeal deal(array, layer, {layer.M, 1, 1, layer.C});
    const double ops_per_cycle = 2.0 * static_cast<double>(layer.macs()) / static_cast<double>(deal.edges());
    EXPECT_DOUBLE_EQ(ops_per_cycle * one["input"]["clock_mhz"].get<double>() / 1000.0,
                     one["expected"]["gops"][i].get<double>());
  }
}

}  // namespace
}  // namespace lacuna::test
