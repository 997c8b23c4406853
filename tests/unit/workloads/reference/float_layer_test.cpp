// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/float_layer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "workloads/random/random.hpp"

namespace lacuna {
namespace {

Layer layer_of(LayerKind kind, MapShape in, MapShape out) {
  Layer layer;
  layer.kind = kind;
  layer.in = in;
  layer.out = out;
  return layer;
}

Tensor<float> tensor_of(std::vector<std::int64_t> shape, std::vector<float> data) {
  Tensor<float> tensor(std::move(shape));
  tensor.data = std::move(data);
  return tensor;
}

Tensor<float> random_tensor(std::vector<std::int64_t> shape, std::uint64_t seed) {
  Tensor<float> tensor(std::move(shape));
  const RandomStream stream(seed);
  for (std::size_t i = 0; i < tensor.data.size(); ++i) tensor.data[i] = static_cast<float>(stream.unit(i) - 0.5);
  return tensor;
}

/// The word of the padded ifmap at channel c, row y, column x of the unpadded one.
double at(const Layer& layer, const Tensor<float>& ifmap, std::int64_t c, std::int64_t y, std::int64_t x) {
  if (y < 0 || y >= layer.in.H || x < 0 || x >= layer.in.W) return 0.0;
  return ifmap.data[static_cast<std::size_t>((c * layer.in.H + y) * layer.in.W + x)];
}

/// One ofmap word of a conv layer by its definition.
double conv_word(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights& weights, std::int64_t m,
                 std::int64_t e, std::int64_t f) {
  const LayerShape s = layer.shape(1);
  const std::int64_t first_channel = m / (s.M / s.G) * s.C;
  double sum = weights.bias.data[static_cast<std::size_t>(m)];
  for (std::int64_t c = 0; c < s.C; ++c) {
    for (std::int64_t r = 0; r < s.R; ++r) {
      for (std::int64_t k = 0; k < s.S; ++k) {
        sum += at(layer, ifmap, first_channel + c, e * s.U + r * s.D - s.P, f * s.U + k * s.D - s.P) *
               weights.weights.data[static_cast<std::size_t>(((m * s.C + c) * s.R + r) * s.S + k)];
      }
    }
  }
  return sum;
}

void expect_conv_by_definition(Layer layer, std::uint64_t seed) {
  layer.kind = LayerKind::conv;
  layer.out.H = (layer.in.H + 2 * layer.P - layer.D * (layer.R - 1) - 1) / layer.U + 1;
  layer.out.W = (layer.in.W + 2 * layer.P - layer.D * (layer.S - 1) - 1) / layer.U + 1;
  const Tensor<float> ifmap = random_tensor({layer.in.C, layer.in.H, layer.in.W}, 3 * seed);
  const LayerWeights weights = {random_tensor(weight_shape(layer), 3 * seed + 1),
                                random_tensor({layer.out.C}, 3 * seed + 2)};
  const Tensor<float> ofmap = float_layer(layer, ifmap, &weights);
  ASSERT_EQ(ofmap.shape, (std::vector<std::int64_t>{layer.out.C, layer.out.H, layer.out.W}));
  std::size_t i = 0;
  for (std::int64_t m = 0; m < layer.out.C; ++m) {
    for (std::int64_t e = 0; e < layer.out.H; ++e) {
      for (std::int64_t f = 0; f < layer.out.W; ++f) {
        ASSERT_NEAR(ofmap.data[i++], conv_word(layer, ifmap, weights, m, e, f), 1e-5) << m << " " << e << " " << f;
      }
    }
  }
}

TEST(FloatConv, IsTheSumOfProductsOfAFilterAndItsWindow) {
  Layer layer = layer_of(LayerKind::conv, {1, 2, 3}, {1, 1, 2});
  layer.R = layer.S = 2;
  const LayerWeights weights = {tensor_of({1, 1, 2, 2}, {1, 10, 100, 1000}), tensor_of({1}, {0.5f})};
  const Tensor<float> ofmap = float_layer(layer, tensor_of({1, 2, 3}, {1, 2, 3, 4, 5, 6}), &weights);
  // 1 x 1 + 10 x 2 + 100 x 4 + 1000 x 5 + 0.5; 1 x 2 + 10 x 3 + 100 x 5 + 1000 x 6 + 0.5
  EXPECT_EQ(ofmap.data, (std::vector<float>{5421.5f, 6532.5f}));
}

TEST(FloatConv, EqualsItsDefinitionForAllShapes) {
  std::uint64_t seed = 0;
  for (const std::int64_t stride : {1, 2, 3}) {
    for (const std::int64_t padding : {0, 1, 2}) {
      for (const std::int64_t groups : {1, 2, 3}) {
        Layer layer = layer_of(LayerKind::conv, {6, 7, 9}, {12 + 3 * groups * (groups - 1), 0, 0});
        layer.R = 1 + static_cast<std::int64_t>(seed % 4);
        layer.S = 1 + static_cast<std::int64_t>(seed / 4 % 5);
        layer.U = stride;
        layer.P = padding;
        layer.G = groups;
        expect_conv_by_definition(layer, ++seed);
      }
    }
  }
}

TEST(FloatConv, OfAlexNetsFirstLayerEqualsItsDefinition) {
  Layer layer = layer_of(LayerKind::conv, {3, 51, 51}, {5, 0, 0});  // 11 x 11 ofmap: a last tile of one position
  layer.R = layer.S = 11;
  layer.U = 4;
  expect_conv_by_definition(layer, 100);
}

TEST(FloatConv, ReadsEveryDthWordWhereItIsDilated) {
  Layer layer = layer_of(LayerKind::conv, {1, 1, 5}, {1, 1, 3});
  layer.S = 2;
  layer.D = 2;
  const LayerWeights weights = {tensor_of({1, 1, 1, 2}, {1, 10}), tensor_of({1}, {0})};
  // 1 + 10 x 3, 2 + 10 x 4, 3 + 10 x 5
  EXPECT_EQ(float_layer(layer, tensor_of({1, 1, 5}, {1, 2, 3, 4, 5}), &weights).data, (std::vector<float>{31, 42, 53}));
  std::uint64_t seed = 200;
  for (const std::int64_t dilation : {2, 3}) {
    for (const std::int64_t stride : {1, 2, 3}) {
      layer = layer_of(LayerKind::conv, {4, 9, 10}, {6, 0, 0});
      layer.R = 3;
      layer.S = 2;
      layer.U = stride;
      layer.D = dilation;
      layer.P = 1;
      layer.G = 2;
      expect_conv_by_definition(layer, ++seed);
    }
  }
}

TEST(FloatFc, EqualsItsDefinition) {
  for (const std::int64_t words : {1, 15, 16, 17, 40}) {
    Layer layer = layer_of(LayerKind::fc, {words, 2, 3}, {3, 1, 1});
    layer.R = 2;
    layer.S = 3;
    const Tensor<float> ifmap = random_tensor({words, 2, 3}, 1);
    const LayerWeights weights = {random_tensor(weight_shape(layer), 2), random_tensor({3}, 3)};
    const Tensor<float> ofmap = float_layer(layer, ifmap, &weights);
    for (std::int64_t m = 0; m < 3; ++m) {
      EXPECT_NEAR(ofmap.data[static_cast<std::size_t>(m)], conv_word(layer, ifmap, weights, m, 0, 0), 1e-5);
    }
  }
}

TEST(FloatRelu, KeepsPositivesAndMakesOneKindOfZero) {
  const Layer layer = layer_of(LayerKind::relu, {4, 1, 1}, {4, 1, 1});
  const Tensor<float> ofmap = float_layer(layer, tensor_of({4, 1, 1}, {-1.0f, -0.0f, 0.0f, 2.0f}), nullptr);
  EXPECT_EQ(ofmap.data, (std::vector<float>{0.0f, 0.0f, 0.0f, 2.0f}));
  for (const float x : ofmap.data) EXPECT_FALSE(std::signbit(x));
}

TEST(FloatLrn, DividesByThePowerThreeQuartersOfTheNeighbourhood) {
  Layer layer = layer_of(LayerKind::lrn, {4, 1, 1}, {4, 1, 1});
  layer.lrn.size = 3;
  layer.lrn.alpha = 3.0;
  layer.lrn.k = 2.0;
  const Tensor<float> ofmap = float_layer(layer, tensor_of({4, 1, 1}, {1.0f, 3.0f, 2.0f, -1.0f}), nullptr);
  // k + alpha / size x sum of squares: 2 + (1 + 9), 2 + (1 + 9 + 4), 2 + (9 + 4 + 1), 2 + (4 + 1); 16^0.75 = 8
  const double wanted[] = {1.0 / std::pow(12.0, 0.75), 3.0 / 8.0, 2.0 / 8.0, -1.0 / std::pow(7.0, 0.75)};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_FLOAT_EQ(ofmap.data[i], static_cast<float>(wanted[i])) << i;
}

TEST(FloatPool, TakesTheLargestOrTheMeanOfOverlappingWindows) {
  const Tensor<float> ifmap = tensor_of({1, 3, 4}, {-1, -2, -3, -4,  //
                                                    -5, -6, -7, -8,  //
                                                    -9, -10, -11, -12});
  Layer layer = layer_of(LayerKind::max_pool, {1, 3, 4}, {1, 2, 2});
  layer.R = layer.S = 2;
  layer.U = 1;
  layer.out.W = 3;
  EXPECT_EQ(float_layer(layer, ifmap, nullptr).data, (std::vector<float>{-1, -2, -3, -5, -6, -7}));
  layer.kind = LayerKind::average_pool;
  // (1 + 2 + 5 + 6) / 4 = 3.5 and so on
  EXPECT_EQ(float_layer(layer, ifmap, nullptr).data, (std::vector<float>{-3.5, -4.5, -5.5, -7.5, -8.5, -9.5}));
}

TEST(FloatPool, PaddingNeverWinsAMaximumAndIsZeroInAnAverage) {
  const Tensor<float> ifmap = tensor_of({1, 2, 2}, {-1, -2, -3, -4});
  Layer layer = layer_of(LayerKind::max_pool, {1, 2, 2}, {1, 2, 2});
  layer.R = layer.S = 2;
  layer.U = 2;
  layer.P = 1;  // each of the four windows holds one word and three of padding
  EXPECT_EQ(float_layer(layer, ifmap, nullptr).data, (std::vector<float>{-1, -2, -3, -4}));
  layer.kind = LayerKind::average_pool;
  EXPECT_EQ(float_layer(layer, ifmap, nullptr).data, (std::vector<float>{-0.25, -0.5, -0.75, -1.0}));
}

TEST(FloatPool, OfTheWholeMapIsItsMean) {
  Layer layer = layer_of(LayerKind::global_average_pool, {2, 1, 3}, {2, 1, 1});
  layer.R = 1;
  layer.S = 3;
  EXPECT_EQ(float_layer(layer, tensor_of({2, 1, 3}, {1, 2, 6, -1, 0, 4}), nullptr).data, (std::vector<float>{3, 1}));
}

TEST(FloatPool, CutsAWindowThatReachesOverTheEdge) {
  Layer layer = layer_of(LayerKind::max_pool, {1, 1, 4}, {1, 1, 2});  // windows of columns 0..2 and 2..4
  layer.R = layer.S = 3;
  layer.U = 2;
  layer.P = 0;
  layer.R = 1;
  EXPECT_EQ(float_layer(layer, tensor_of({1, 1, 4}, {-4, -3, -2, -1}), nullptr).data, (std::vector<float>{-2, -1}));
}

TEST(FloatJoin, AddsMapsWordByWordAndPutsChannelsBehindEachOther) {
  const Tensor<float> a = tensor_of({1, 1, 2}, {1, 2});
  const Tensor<float> b = tensor_of({1, 1, 2}, {10, -20});
  const Layer add = layer_of(LayerKind::add, {1, 1, 2}, {1, 1, 2});
  EXPECT_EQ(float_layer(add, FloatMaps{&a, &b, &a}, nullptr).data, (std::vector<float>{12, -16}));
  const Layer concat = layer_of(LayerKind::concat, {2, 1, 2}, {2, 1, 2});
  EXPECT_EQ(float_layer(concat, FloatMaps{&b, &a}, nullptr).data, (std::vector<float>{10, -20, 1, 2}));
}

TEST(FloatSoftmax, IsADistributionOverTheChannelsOfEachPosition) {
  const Layer layer = layer_of(LayerKind::softmax, {3, 1, 2}, {3, 1, 2});
  const Tensor<float> ofmap = float_layer(layer, tensor_of({3, 1, 2}, {1000, 0, 1000, 1, 1000, -2}), nullptr);
  const double sum = 1.0 + std::exp(1.0) + std::exp(-2.0);
  const double wanted[] = {1.0 / 3, 1.0 / sum, 1.0 / 3, std::exp(1.0) / sum, 1.0 / 3, std::exp(-2.0) / sum};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_FLOAT_EQ(ofmap.data[i], static_cast<float>(wanted[i])) << i;
}

}  // namespace
}  // namespace lacuna
