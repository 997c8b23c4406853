// SPDX-License-Identifier: Apache-2.0
#include "workloads/stimulus/stimulus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tests/support/error_of.hpp"
#include "workloads/network/network.hpp"

namespace lacuna {
namespace {

Stimulus shipped() {
  const JsonDocument document = JsonDocument::load(LACUNA_SOURCE_DIR "/workloads/stimuli/eyeriss_table_v.json");
  return load_stimulus(document.view());
}

std::int64_t zeros_in(const Tensor<StoredWord>& map) { return std::count(map.data.begin(), map.data.end(), 0); }

LayerShape padded_shape() {
  LayerShape shape;
  shape.C = 3;
  shape.G = 2;
  shape.H = 10;
  shape.W = 8;
  shape.P = 2;  // 6 x 14 x 12 = 1008 words, 528 of them padding
  shape.R = shape.S = 5;
  return shape;
}

LayerStimulus stimulus_of(double zero_share) {
  LayerStimulus stimulus;
  stimulus.ifmap_zero_share = zero_share;
  stimulus.seed = 5;
  stimulus.place = "s.json: /layers/c";
  return stimulus;
}

TEST(Stimulus, OfEyerissHasTheZeroSharesOfTableVOnAlexNet) {
  const Stimulus s = shipped();
  const JsonDocument document = JsonDocument::load(LACUNA_SOURCE_DIR "/workloads/networks/alexnet.json");
  const Network network = load_network(document.view());
  const std::vector<double> table_v = {0.0001, 0.387, 0.725, 0.793, 0.776};
  ASSERT_EQ(s.layers.size(), table_v.size());
  for (std::size_t i = 0; i < table_v.size(); ++i) {
    const std::string name = "conv" + std::to_string(i + 1);
    const LayerShape shape = network.layer(name).shape(4);
    const Tensor<StoredWord> map = stimulus_ifmap(shape, s.layers.at(name), 0, 32767);
    const auto padded = static_cast<double>(shape.padded_ifmap_words());
    const auto zeros = static_cast<double>(shape.padded_ifmap_words() - map.size() + zeros_in(map));
    EXPECT_NEAR(zeros, table_v[i] * padded, 0.5) << name;
  }
}

TEST(Stimulus, MakesTheZeroShareOfThePaddedMapToTheNearestWord) {
  // 0.6 x 1008 = 604.8: 605 zeros, 528 of them padding, 77 of the 480 words.
  const Tensor<StoredWord> map = stimulus_ifmap(padded_shape(), stimulus_of(0.6), 0, 100);
  EXPECT_EQ(map.shape, (std::vector<std::int64_t>{6, 10, 8}));
  EXPECT_EQ(zeros_in(map), 77);
  EXPECT_EQ(zeros_in(stimulus_ifmap(padded_shape(), stimulus_of(1.0), 0, 100)), 480);
  EXPECT_EQ(zeros_in(stimulus_ifmap(padded_shape(), stimulus_of(528.0 / 1008.0), 0, 100)), 0);
}

TEST(Stimulus, RefusesFewerZerosThanPaddingMakes) {
  EXPECT_EQ(error_of([] { stimulus_ifmap(padded_shape(), stimulus_of(0.5), 0, 100); }),
            "s.json: /layers/c/ifmap_zero_share: out of range, found 0.500000; allowed at least the 0.523810 that "
            "padding alone makes");
}

TEST(Stimulus, PutsZerosAtRandomPlaces) {
  // 480 words in 8 stretches of 60, 240 zeros: hypergeometric with mean 30 and variance 60 x 1/4 x 420/479 = 13.2.
  // Five standard deviations are 18.
  const Tensor<StoredWord> map = stimulus_ifmap(padded_shape(), stimulus_of((528.0 + 240.0) / 1008.0), 0, 100);
  for (std::size_t first = 0; first < 480; first += 60) {
    const auto begin = map.data.begin() + static_cast<std::ptrdiff_t>(first);
    EXPECT_NEAR(static_cast<double>(std::count(begin, begin + 60, 0)), 30.0, 18.0);
  }
}

TEST(Stimulus, GivesEveryImageAndSeedItsOwnMap) {
  const LayerStimulus stimulus = stimulus_of(0.7);
  LayerStimulus other = stimulus;
  other.seed = 6;
  const Tensor<StoredWord> map = stimulus_ifmap(padded_shape(), stimulus, 0, 100);
  EXPECT_EQ(stimulus_ifmap(padded_shape(), stimulus, 0, 100).data, map.data);
  EXPECT_NE(stimulus_ifmap(padded_shape(), stimulus, 1, 100).data, map.data);
  EXPECT_NE(stimulus_ifmap(padded_shape(), other, 0, 100).data, map.data);
}

TEST(Stimulus, HasLaplaceLikeMagnitudesWithinTheRange) {
  LayerShape shape = padded_shape();
  shape.H = shape.W = 100;
  shape.P = 0;
  LayerStimulus stimulus = stimulus_of(0.0);
  const Tensor<StoredWord> positive = stimulus_ifmap(shape, stimulus, 0, 32767);
  stimulus.signed_values = true;
  const Tensor<StoredWord> both = stimulus_ifmap(shape, stimulus, 0, 32767);
  double sum = 0.0;
  std::int64_t negative = 0;
  for (std::size_t i = 0; i < positive.data.size(); ++i) {
    ASSERT_GE(positive.data[i], 1);
    ASSERT_LE(positive.data[i], 32767);
    ASSERT_EQ(std::abs(both.data[i]), positive.data[i]);
    sum += positive.data[i];
    negative += both.data[i] < 0 ? 1 : 0;
  }
  // n = 60000. Mean 32767 / 8 = 4096, cut at 8 means: 4096 (1 - e^-8) + 0.5 = 4095; its standard error 4096 / sqrt(n) =
  // 16.7. Negative: n / 2 with standard deviation sqrt(n) / 2 = 122. Five of each.
  EXPECT_NEAR(sum / 60000.0, 4095.0, 84.0);
  EXPECT_NEAR(static_cast<double>(negative), 30000.0, 612.0);
}

TEST(Stimulus, OfASingleMagnitudeIsOneEverywhere) {
  LayerShape shape = padded_shape();
  const Tensor<StoredWord> map = stimulus_ifmap(shape, stimulus_of(0.6), 0, 1);
  for (const Word w : map.data) EXPECT_TRUE(w == 0 || w == 1);
}

/// The message for one layer of this text.
std::string load_error(const std::string& layer) {
  const std::string text = R"({"name": "s", "description": "", "source": "", "layers": {"conv1": )" + layer + "}}";
  return error_of([&] { load_stimulus(JsonDocument::parse(text, "s.json").view()); });
}

TEST(Stimulus, IsLoadedStrictly) {
  EXPECT_EQ(load_error(R"({"ifmap_zero_share": 0.5, "ofmap_density": 0.5, "seed": 1, "signed": false})"), "no error");
  EXPECT_EQ(load_error(R"({"ifmap_zero_share": 1.5, "ofmap_density": 0.5, "seed": 1})"),
            "s.json: /layers/conv1/ifmap_zero_share: out of range, found 1.5; allowed a number from 0.0 to 1.0");
  EXPECT_EQ(load_error(R"({"ifmap_zero_share": 0.5, "ofmap_density": 0.5})"),
            "s.json: /layers/conv1: missing key 'seed', found ifmap_zero_share, ofmap_density");
  EXPECT_EQ(load_error(R"({"ifmap_zero_shape": 0.5})"),
            "s.json: /layers/conv1/ifmap_zero_shape: unknown key, found 'ifmap_zero_shape'; allowed ifmap_zero_share, "
            "ofmap_density, seed, signed; did you mean 'ifmap_zero_share'?");
}

}  // namespace
}  // namespace lacuna
