// SPDX-License-Identifier: Apache-2.0
#include "sim/values/layer_values.hpp"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

using Map = std::vector<StoredWord>;

/// A layer of 2 filters of 1 x 2 on an ifmap of 1 x 1 x 3, padding 0; unit of weights 2^-4, of the ifmap 2^-2.
struct Example {
  Layer layer;
  LayerPrecision precision;
  LayerWeights weights;

  Example() {
    layer.name = "conv";
    layer.in = {1, 1, 3};
    layer.out = {2, 1, 2};
    layer.S = 2;
    precision.ifmap = {16, 2};
    precision.weight_format = "fixed_point";
    precision.weights.bits = 8;
    precision.weights.integer_bits = 4;
    precision.weight_fraction_bits = 4;
    precision.arithmetic.product_shift = 1;
    precision.psum_fraction_bits = 5;  // 2 + 4 - 1
    precision.ofmap = {16, 3};
    precision.post.right_shift = 2;  // 5 - 3
    precision.post.relu = true;
    weights.weights = Tensor<float>({2, 1, 1, 2});
    weights.weights.data = {1.0F, -0.5F, 0.0F, 0.25F};
    weights.bias = Tensor<float>({2});
    weights.bias.data = {0.5F, -4.0F};
  }

  LayerValues computed(std::vector<StoredWords> ifmaps, const std::string& mac = "bit_parallel") const {
    LayerValues values = encode_layer(layer, precision, weights, std::move(ifmaps));
    compute_psums(values, *Registry<MacDatapath>::instance().find(mac), nullptr);
    compute_ofmaps(values);
    return values;
  }
};

TEST(LayerValues, HoldEveryWordOnTheWayThroughALayer) {
  const LayerValues values = Example().computed({Map{3, 8, 0}, Map{-5, 0, 2}});
  EXPECT_EQ(values.weights.words, (std::vector<StoredWord>{16, -8, 0, 4}));  // x 2^4
  EXPECT_EQ(values.biases, (std::vector<Word>{16, -128}));                   // x 2^5
  // Image 0: 3 x 16 / 2 - 8 x 8 / 2 = -8; 8 x 16 / 2 = 64; 8 x 4 / 2 = 16; 0.
  EXPECT_EQ(values.psums[0], (std::vector<Word>{-8, 64, 16, 0}));
  // Image 1: -5 x 16 / 2 = -40; -2 x 8 / 2 = -8; 0; 2 x 4 / 2 = 4.
  EXPECT_EQ(values.psums[1], (std::vector<Word>{-40, -8, 0, 4}));
  // (-8 + 16 + 2) >> 2 = 2; (64 + 16 + 2) >> 2 = 20; below zero: 0.
  EXPECT_EQ(values.ofmaps[0], (std::vector<StoredWord>{2, 20, 0, 0}));
  EXPECT_EQ(values.ofmaps[1], (std::vector<StoredWord>{0, 2, 0, 0}));  // (-8 + 16 + 2) >> 2
}

TEST(LayerValues, TakeBiasesSetFromThePsums) {
  LayerValues values = Example().computed({Map{3, 8, 0}});
  values.biases = {0, 4};
  compute_ofmaps(values);
  // (-8 + 2) >> 2 < 0; (64 + 2) >> 2 = 16; (16 + 4 + 2) >> 2 = 5; (0 + 4 + 2) >> 2 = 1.
  EXPECT_EQ(values.ofmaps[0], (std::vector<StoredWord>{0, 16, 5, 1}));
}

TEST(LayerValues, SetUpAMacWithTheCodebook) {
  Example example;
  example.precision.weight_format = "codebook";
  example.precision.weights.bits = 2;
  example.precision.weights.value_bits = 8;
  const LayerValues values = example.computed({Map{3, 8, 0}}, "codebook_lookup");
  EXPECT_EQ(values.mac_setup().codebook, (std::vector<Word>{0, -8, 4, 16}));  // code 0 is the exact zero's
  EXPECT_EQ(values.weights.words, (std::vector<StoredWord>{3, 1, 0, 2}));
  EXPECT_EQ(values.psums, Example().computed({Map{3, 8, 0}}).psums);
}

TEST(LayerValues, RoundBiasesToThirtyTwoBits) {
  LayerPrecision precision;
  precision.psum_fraction_bits = 1;
  EXPECT_EQ(bias_word(0.75, precision), 2);    // 1.5 -> 2
  EXPECT_EQ(bias_word(-1.25, precision), -2);  // -2.5 -> -2
  EXPECT_EQ(bias_word(1e12, precision), 2147483647);
}

TEST(ZeroShares, CountPaddingAndRepeatTheImages) {
  Example example;
  example.layer.P = 1;  // 3 words in a padded map of 3 x 5
  example.layer.out = {2, 3, 4};
  LayerValues values = encode_layer(example.layer, example.precision, example.weights, {Map{3, 8, 0}, Map{0, 0, 0}});
  const ZeroShares two = zero_shares(values, 2);
  EXPECT_DOUBLE_EQ(two.ifmap, 4.0 / 6.0);           // 1 + 3 zeros of 2 x 3
  EXPECT_DOUBLE_EQ(two.ifmap_padded, 28.0 / 30.0);  // and 2 x 12 of padding
  EXPECT_DOUBLE_EQ(two.weights, 0.25);
  EXPECT_DOUBLE_EQ(zero_shares(values, 3).ifmap, 5.0 / 9.0);  // the first image again
}

}  // namespace
}  // namespace lacuna
