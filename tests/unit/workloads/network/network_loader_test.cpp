// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"
#include "workloads/network/network.hpp"

namespace lacuna {
namespace {

const char* const kHead = R"({"name": "n", "description": "", "source": "",)";
const char* const kInput = R"("input": {"C": 4, "H": 8, "W": 6},)";
const char* const kNormalisation = R"("normalisation": {"mean": [1, 2, 3, 4], "scale": 1},)";
const char* const kWeights = R"("synthetic_weights": {"distribution": "laplace", "seed": 1})";

/// The message for a whole file, or "no error".
std::string file_error(const std::string& text) {
  return error_of([&] { load_network(JsonDocument::parse(text, "n.json").view()); });
}

/// The message for these layers on an input of 4 x 8 x 6, with `more` behind them.
std::string layer_error(const std::string& layers, const std::string& more = "") {
  return file_error(std::string(kHead) + kInput + kNormalisation + kWeights + R"(, "layers": [)" + layers + "]" + more +
                    "}");
}

const char* const kConv = R"({"name": "c", "kind": "conv", "M": 6, "R": 3, "S": 3})";

TEST(NetworkLoader, AcceptsAStrideLargerThanTheFilter) {
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "conv", "M": 6, "R": 2, "S": 1, "U": 3})"), "no error");
}

TEST(NetworkLoader, RefusesLayersOfUnknownKindOrKeys) {
  EXPECT_EQ(
      layer_error(R"({"name": "c", "kind": "conf"})"),
      "n.json: /layers/0/kind: unknown value, found \"conf\"; allowed conv, fc, relu, lrn, max_pool, average_pool, "
      "global_average_pool, add, concat, softmax; did you mean 'conv'?");
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "fc", "M": 6, "R": 3})"),
            "n.json: /layers/0/R: unknown key, found 'R'; allowed name, kind, input, M");
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "conv", "M": 6, "R": 3})"),
            "n.json: /layers/0: missing key 'S', found M, R, kind, name");
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "conv", "M": 0, "R": 3, "S": 3})"),
            "n.json: /layers/0/M: out of range, found 0; allowed an integer from 1 to 1048576");
  EXPECT_EQ(layer_error(""), "n.json: /layers: a network without layers, found none; allowed at least one");
}

TEST(NetworkLoader, RefusesBadAndDuplicateNames) {
  EXPECT_EQ(layer_error(std::string(kConv) + "," + kConv),
            "n.json: /layers/1/name: duplicate layer name, found 'c' a second time");
  EXPECT_EQ(layer_error(R"({"name": "../c", "kind": "relu"})"),
            "n.json: /layers/0/name: bad layer name, found '../c'; allowed letters, digits, '_', '-' and '.', not "
            "first, and not the name 'input'");
  EXPECT_EQ(layer_error(R"({"name": "input", "kind": "relu"})").substr(0, 39),
            "n.json: /layers/0/name: bad layer name,");
}

TEST(NetworkLoader, RefusesInputsThatAreNotAbove) {
  EXPECT_EQ(layer_error(std::string(R"({"name": "relu1", "kind": "relu", "input": "c"},)") + kConv),
            "n.json: /layers/0/input: unknown input layer, found 'c'; allowed input or a layer above this one");
  EXPECT_EQ(layer_error(R"({"name": "relu1", "kind": "relu"}, {"name": "r", "kind": "relu", "input": "rleu1"})"),
            "n.json: /layers/1/input: unknown input layer, found 'rleu1'; allowed input or a layer above this one; did "
            "you mean 'relu1'?");
}

TEST(NetworkLoader, RefusesFiltersAndWindowsThatDoNotFit) {
  // 8 + 2 x 1 high, 6 + 2 x 1 wide.
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "conv", "M": 6, "R": 3, "S": 9, "P": 1})"),
            "n.json: /layers/0: filter larger than the padded ifmap, found 3 x 9; allowed at most 10 x 8");
  EXPECT_EQ(layer_error(R"({"name": "p", "kind": "max_pool", "R": 7})"),
            "n.json: /layers/0: window larger than the padded ifmap, found 7 x 7; allowed at most 8 x 6");
  EXPECT_EQ(layer_error(R"({"name": "p", "kind": "max_pool", "R": 2, "P": 2})"),
            "n.json: /layers/0/P: windows that hold padding alone, found 2; allowed less than the window, 2");
}

TEST(NetworkLoader, RefusesADilatedFilterThatDoesNotFit) {
  // 3 rows, 4 apart: a span of 9, in 8 + 2 x 1 rows; 2 columns: 5.
  const std::string wide = R"({"name": "c", "kind": "conv", "M": 6, "R": 3, "S": 2, "P": 1, "D": )";
  EXPECT_EQ(layer_error(wide + "4}"), "no error");
  EXPECT_EQ(layer_error(wide + "5}"),
            "n.json: /layers/0: dilated filter larger than the padded ifmap, found 11 x 6; allowed at most 10 x 8");
  EXPECT_EQ(layer_error(wide + "0}"), "n.json: /layers/0/D: out of range, found 0; allowed an integer from 1 to 65536");
  EXPECT_EQ(layer_error(R"({"name": "p", "kind": "max_pool", "R": 2, "D": 2})"),
            "n.json: /layers/0/D: unknown key, found 'D'; allowed name, kind, input, R, U, P, ceil");
}

/// Two conv layers on the input: a of 6 x 6 x 4, b of the channels and filter height given.
std::string fork(const std::string& channels, const std::string& rows) {
  return R"({"name": "a", "kind": "conv", "M": 6, "R": 3, "S": 3},
            {"name": "b", "kind": "conv", "input": "input", "M": )" +
         channels + R"(, "R": )" + rows + R"(, "S": 3}, )";
}

TEST(NetworkLoader, RefusesSumsOfUnequalMaps) {
  const std::string add = R"({"name": "s", "kind": "add", "inputs": ["a", "b"]})";
  EXPECT_EQ(layer_error(fork("6", "3") + add), "no error");
  EXPECT_EQ(layer_error(fork("5", "3") + add),
            "n.json: /layers/2/inputs/1: maps that do not fit together, found 5 x 6 x 4 (C x H x W); allowed 6 x 6 x 4 "
            "(C x H x W) as in a");
  EXPECT_EQ(layer_error(fork("6", "1") + add),
            "n.json: /layers/2/inputs/1: maps that do not fit together, found 6 x 8 x 4 (C x H x W); allowed 6 x 6 x 4 "
            "(C x H x W) as in a");
}

TEST(NetworkLoader, RefusesToConcatenateMapsOfUnequalHeightOrWidth) {
  const std::string concat = R"({"name": "s", "kind": "concat", "inputs": ["a", "b"]})";
  EXPECT_EQ(layer_error(fork("5", "3") + concat), "no error");
  EXPECT_EQ(layer_error(fork("5", "1") + concat),
            "n.json: /layers/2/inputs/1: maps that do not fit together, found 5 x 8 x 4 (C x H x W); allowed any "
            "channels of 6 x 4 as in a");
}

TEST(NetworkLoader, RefusesPredecessorsThatAreNotThereOrComeTwice) {
  const auto joined = [](const std::string& inputs) {
    return layer_error(fork("6", "3") + R"({"name": "s", "kind": "add", "inputs": )" + inputs + "}");
  };
  EXPECT_EQ(joined(R"(["a", "c"])"),
            "n.json: /layers/2/inputs/1: unknown input layer, found 'c'; allowed input or a layer above this one");
  EXPECT_EQ(joined(R"(["a", "s"])").substr(0, 61), "n.json: /layers/2/inputs/1: unknown input layer, found 's'; a");
  EXPECT_EQ(joined(R"(["a", "a"])"), "n.json: /layers/2/inputs/1: a layer read twice, found 'a' a second time");
  EXPECT_EQ(joined(R"(["a"])"), "n.json: /layers/2/inputs: too few layers to add, found 1; allowed two or more");
  EXPECT_EQ(joined(R"("a")").substr(0, 25), "n.json: /layers/2/inputs:");
  EXPECT_EQ(layer_error(fork("6", "3") + R"({"name": "s", "kind": "add", "input": "a"})"),
            "n.json: /layers/2/input: unknown key, found 'input'; allowed name, kind, inputs; did you mean 'inputs'?");
}

TEST(NetworkLoader, RefusesRangesOfLayersThatAreNotThere) {
  EXPECT_EQ(layer_error(kConv, R"(, "ranges": {"input": {"activation_integer_bits": 9}, "d": {}})"),
            "n.json: /ranges/d: unknown key, found 'd'; allowed input, c");
  EXPECT_EQ(layer_error(kConv, R"(, "ranges": {"input": {"activation_integer_bits": 90}})"),
            "n.json: /ranges/input/activation_integer_bits: out of range, found 90; allowed an integer from -32 to 32");
}

TEST(NetworkLoader, RefusesShapesThatDoNotChain) {
  // conv leaves 6 x 4, the pool 3 x 2: a filter of 3 rows and 3 columns does not fit any more.
  EXPECT_EQ(layer_error(std::string(kConv) + R"(, {"name": "p", "kind": "max_pool", "R": 2, "U": 2},
                        {"name": "d", "kind": "conv", "M": 6, "R": 3, "S": 3})"),
            "n.json: /layers/2: filter larger than the padded ifmap, found 3 x 3; allowed at most 3 x 2");
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "conv", "M": 6, "R": 3, "S": 3, "G": 4})"),
            "n.json: /layers/0/G: groups do not divide the channels, found 4; allowed divisors of 4 ifmap channels and "
            "6 ofmap channels");
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "conv", "M": 6, "R": 3, "S": 3, "G": 3})").substr(0, 65),
            "n.json: /layers/0/G: groups do not divide the channels, found 3; ");
}

TEST(NetworkLoader, RefusesLayersThatNoMemoryHolds) {
  EXPECT_EQ(layer_error(R"({"name": "c", "kind": "conv", "M": 1048576, "R": 8, "S": 6, "P": 65536})"),
            "n.json: /layers/0: layer too large; allowed 268435456 words each of padded ifmap, ofmap and filters");
}

TEST(NetworkLoader, RefusesAnEvenWindowOfChannels) {
  EXPECT_EQ(layer_error(R"({"name": "l", "kind": "lrn", "size": 4, "alpha": 1, "k": 1})"),
            "n.json: /layers/0/size: even window of channels, found 4; allowed odd ones");
}

TEST(NetworkLoader, RefusesTotalsThatTheLayersDoNotAddUpTo) {
  // 6 channels x 6 x 4 positions x 4 x 3 x 3 products = 5184; 6 x 4 x 3 x 3 = 216 weights.
  EXPECT_EQ(layer_error(kConv, R"(, "totals": {"conv_macs": 5184, "conv_weights": 216, "fc_macs": 0, "weights": 216})"),
            "no error");
  EXPECT_EQ(layer_error(kConv, R"(, "totals": {"conv_macs": 5185})"),
            "n.json: /totals/conv_macs: stated total is wrong, found 5185; the layers add up to 5184");
  EXPECT_EQ(layer_error(kConv, R"(, "totals": {"weights": 217})"),
            "n.json: /totals/weights: stated total is wrong, found 217; the layers add up to 216");
  EXPECT_EQ(
      layer_error(kConv, R"(, "totals": {"fc_mac": 5184})"),
      "n.json: /totals/fc_mac: unknown key, found 'fc_mac'; allowed conv_macs, fc_macs, conv_weights, fc_weights, "
      "weights; did you mean 'fc_macs'?");
}

TEST(NetworkLoader, RefusesTargetsOfLayersThatHaveNone) {
  EXPECT_EQ(layer_error(kConv, R"(, "zero_share_targets": [{"layer": "d", "zero_share": 0.5, "source": ""}])"),
            "n.json: /zero_share_targets/0/layer: unknown value, found \"d\"; allowed c");
  const std::string target = R"({"layer": "c", "zero_share": 0.5, "source": ""})";
  EXPECT_EQ(layer_error(kConv, R"(, "zero_share_targets": [)" + target + "," + target + "]"),
            "n.json: /zero_share_targets/1: duplicate target, found 'c' a second time");
}

TEST(NetworkLoader, RefusesANormalisationThatDoesNotFitTheInput) {
  EXPECT_EQ(
      file_error(std::string(kHead) + kInput + R"("normalisation": {"mean": [1], "scale": 1}})"),
      "n.json: /normalisation/mean: wrong number of means, found 1; allowed one for each of the 4 input channels");
}

TEST(NetworkLoader, RefusesCalibratedBiasesOfUnknownOrigin) {
  EXPECT_EQ(file_error(std::string(kHead) + kInput + kNormalisation + R"("layers": [)" + kConv +
                       R"(], "synthetic_weights": {"distribution": "laplace", "seed": 1, "biases": "n"}})"),
            "n.json: /synthetic_weights: calibrated biases without the image they were calibrated on, found 'biases' "
            "alone; allowed both of 'biases' and 'calibration_image'");
}

}  // namespace
}  // namespace lacuna
