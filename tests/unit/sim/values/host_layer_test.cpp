// SPDX-License-Identifier: Apache-2.0
#include "sim/values/host_layer.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

Layer layer(LayerKind kind, MapShape in, MapShape out) {
  Layer l;
  l.name = "host";
  l.kind = kind;
  l.in = in;
  l.out = out;
  return l;
}

Layer pooling(LayerKind kind, std::int64_t window, std::int64_t stride, std::int64_t padding, MapShape in,
              MapShape out) {
  Layer l = layer(kind, in, out);
  l.R = l.S = window;
  l.U = stride;
  l.P = padding;
  return l;
}

LayerPrecision formats(ActivationFormat ifmap, ActivationFormat ofmap) {
  LayerPrecision p;
  p.ifmap = ifmap;
  p.ofmap = ofmap;
  return p;
}

using Words = std::vector<StoredWord>;

TEST(HostLayer, MakesNegativeWordsZeroInRelu) {
  EXPECT_EQ(compute_host_layer(layer(LayerKind::relu, {1, 1, 4}, {1, 1, 4}), {}, Words{3, -3, 0, -32768}),
            (Words{3, 0, 0, 0}));
}

TEST(HostLayer, TakesTheLargestWordOfOverlappingWindows) {
  // 3 x 3 windows, stride 2, on a 3 x 5 map: columns 0..2 and 2..4.
  const Words ifmap{1, 2, -3, 4, 5,  //
                    6, 0, 7,  8, 1,  //
                    0, 9, 2,  1, 3};
  EXPECT_EQ(compute_host_layer(pooling(LayerKind::max_pool, 3, 2, 0, {1, 3, 5}, {1, 1, 2}), {}, ifmap), (Words{9, 8}));
}

TEST(HostLayer, LetsPaddingWinNoMaximum) {
  EXPECT_EQ(compute_host_layer(pooling(LayerKind::max_pool, 2, 2, 1, {1, 2, 2}, {1, 2, 2}), {}, Words{-1, -2, -3, -4}),
            (Words{-1, -2, -3, -4}));
}

TEST(HostLayer, AveragesInIntegersAndRoundsHalvesAwayFromZero) {
  // (1 + 2 + 3 + 4) / 4 = 2.5 -> 3, -2.5 -> -3, (1 + 1 + 1 + 2) / 4 = 1.25 -> 1.
  const Words ifmap{1, 2, 3, 4, -1, -2, -3, -4, 1, 1, 1, 2};
  EXPECT_EQ(compute_host_layer(pooling(LayerKind::average_pool, 2, 2, 0, {3, 2, 2}, {3, 1, 1}), {}, ifmap),
            (Words{3, -3, 1}));
}

TEST(HostLayer, CountsPaddingAsZerosInAnAverage) {
  // Each 2 x 2 window holds one word and three zeros: 8 / 4 = 2, -6 / 4 = -1.5 -> -2, 5 / 4 -> 1, 0.
  EXPECT_EQ(compute_host_layer(pooling(LayerKind::average_pool, 2, 2, 1, {1, 2, 2}, {1, 2, 2}), {}, Words{8, -6, 5, 0}),
            (Words{2, -2, 1, 0}));
}

TEST(HostLayer, NormalisesAcrossChannelsInTheWorthOfTheWords) {
  // Ifmap unit 2^-4: x = 16, 8. size 3: d = 1 + 3/3 (16^2 + 8^2) = 321 for both, 321^0.75 = 75.84;
  // 16 / 75.84 = 0.21098, 8 / 75.84 = 0.10549; unit 2^-14: 3456.6 and 1728.3.
  Layer lrn = layer(LayerKind::lrn, {2, 1, 1}, {2, 1, 1});
  lrn.lrn.size = 3;
  lrn.lrn.alpha = 3.0;
  lrn.lrn.k = 1.0;
  EXPECT_EQ(compute_host_layer(lrn, formats({16, 4}, {16, 14}), Words{256, 128}), (Words{3457, 1728}));
}

TEST(HostLayer, GivesProbabilitiesInSoftmax) {
  // Equal words: a quarter each, 0.25 x 2^15.
  EXPECT_EQ(compute_host_layer(layer(LayerKind::softmax, {4, 1, 1}, {4, 1, 1}), formats({16, 8}, {16, 15}),
                               Words{5, 5, 5, 5}),
            (Words{8192, 8192, 8192, 8192}));
}

TEST(HostLayer, AveragesAWholeChannel) {
  // (1 + 2 + 4) / 3 = 2.33 -> 2, (-1 - 2 - 5) / 3 = -2.67 -> -3.
  Layer global = layer(LayerKind::global_average_pool, {2, 1, 3}, {2, 1, 1});
  global.S = 3;
  EXPECT_EQ(compute_host_layer(global, {}, Words{1, 2, 4, -1, -2, -5}), (Words{2, -3}));
}

LayerPrecision joined(std::vector<ActivationFormat> ifmaps, ActivationFormat ofmap) {
  LayerPrecision p = formats(ifmaps.front(), ofmap);
  p.ifmaps = std::move(ifmaps);
  return p;
}

TEST(HostLayer, AddsAlignedWordsExactlyAndRoundsOnce) {
  const Layer add = layer(LayerKind::add, {1, 1, 3}, {1, 1, 3});
  const Words a{3, -3, 100};  // units of 1/4
  const Words b{3, 2, 100};   // units of 1/2
  const std::vector<Span<const StoredWord>> maps{a, b};
  // In quarters 3 + 6 = 9, -3 + 4 = 1, 100 + 200 = 300; in halves 4.5 -> 5, 0.5 -> 1 (halves up), 150 -> 127 in 8 bits.
  EXPECT_EQ(compute_host_layer(add, joined({{8, 2}, {8, 1}}, {8, 1}), maps), (Words{5, 1, 127}));
  // Rounded one by one 3 quarters would be 2 halves, and the sum 2 + 3 = 5 for 4.5; here 1.5 + 3 is rounded as a whole.
  EXPECT_EQ(compute_host_layer(add, joined({{8, 2}, {8, 1}}, {16, 4}), maps), (Words{36, 4, 1200}));  // sixteenths
}

TEST(HostLayer, RoundsASumOfHalvesOnceAndNotEach) {
  const Layer add = layer(LayerKind::add, {1, 1, 1}, {1, 1, 1});
  const Words half{1};
  // 1/2 + 1/2 = 1; each rounded first would give 1 + 1.
  EXPECT_EQ(compute_host_layer(add, joined({{8, 1}, {8, 1}}, {8, 0}), {half, half}), (Words{1}));
}

TEST(HostLayer, BringsConcatenatedChannelsToOneBinaryPoint) {
  const Layer concat = layer(LayerKind::concat, {2, 1, 2}, {2, 1, 2});
  const Words a{5, -5};   // units of 1/4: 1.25, -1.25
  const Words b{7, 100};  // units of 1
  // In units of 1/2: 2.5 -> 3, -2.5 -> -2 (halves up), 14, 200 -> 127.
  EXPECT_EQ(compute_host_layer(concat, joined({{8, 2}, {8, 0}}, {8, 1}), {a, b}), (Words{3, -2, 14, 127}));
}

TEST(HostLayer, RefusesTheLayersOfTheArray) {
  EXPECT_EQ(error_of([] { compute_host_layer(layer(LayerKind::conv, {}, {}), {}, Words{1}); }),
            "layer host is computed by the array, not by the host");
}

TEST(Worth, IsTheWordTimesItsUnit) {
  const Tensor<float> tensor = worth({3, 1, 1}, {16, 3}, Words{-5, 0, 32767});
  EXPECT_EQ(tensor.shape, (std::vector<std::int64_t>{3, 1, 1}));
  EXPECT_EQ(tensor.data, (std::vector<float>{-0.625F, 0.0F, 4095.875F}));
  EXPECT_EQ(worth({1, 1, 1}, {8, -2}, Words{3}).data[0], 12.0F);
}

}  // namespace
}  // namespace lacuna
