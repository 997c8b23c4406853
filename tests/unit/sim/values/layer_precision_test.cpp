// SPDX-License-Identifier: Apache-2.0
#include "sim/values/layer_precision.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

const MacDatapath& mac(const char* name) { return *Registry<MacDatapath>::instance().find(name); }

Network network() {
  Network n;
  n.name = "n";
  const auto add = [&n](const char* name, LayerKind kind) {
    Layer layer;
    layer.name = name;
    layer.kind = kind;
    layer.inputs = {n.layers.empty() ? "input" : n.layers.back().name};
    n.layers.push_back(layer);
  };
  add("conv1", LayerKind::conv);
  add("relu1", LayerKind::relu);
  add("norm1", LayerKind::lrn);
  add("pool1", LayerKind::max_pool);
  add("fc2", LayerKind::fc);
  add("prob", LayerKind::softmax);
  return n;
}

/// 16-bit fixed point with ranges for network(): input 9, conv1 -1 (weights) 11 (psums) 10, norm1 6, fc2 0 13 13.
Precision precision() {
  Precision p;
  p.place = "p.json: ";
  Ranges& ranges = p.ranges["n"];
  ranges["input"] = {std::nullopt, std::nullopt, 9};
  ranges["conv1"] = {-1, 11, 10};
  ranges["norm1"] = {std::nullopt, std::nullopt, 6};
  ranges["fc2"] = {0, 13, 13};
  return p;
}

/// network() with a sum of the two maps around pool1 behind it.
Network graph(LayerKind kind = LayerKind::add) {
  Network n = network();
  Layer join;
  join.name = "join";
  join.kind = kind;
  join.inputs = {"relu1", "pool1"};
  n.layers.push_back(join);
  return n;
}

NetworkPrecision resolve(const Precision& p, const char* mac_name = "bit_parallel") {
  return resolve_precision(p, network(), mac(mac_name), Arithmetic());
}

std::string message(const Precision& p, const char* mac_name = "bit_parallel") {
  return error_of([&] { resolve(p, mac_name); });
}

TEST(LayerPrecision, PlacesEveryBinaryPoint) {
  const NetworkPrecision resolved = resolve(precision());
  EXPECT_EQ(resolved.input, (ActivationFormat{16, 7}));  // 16 - 9
  const LayerPrecision& conv1 = resolved.layers.at("conv1");
  EXPECT_EQ(conv1.ifmap, resolved.input);
  EXPECT_EQ(conv1.weight_fraction_bits, 17);          // 16 - -1
  EXPECT_EQ(conv1.arithmetic.product_shift, 19);      // 7 + 17 - (16 - 11)
  EXPECT_EQ(conv1.psum_fraction_bits, 5);             // 16 - 11
  EXPECT_EQ(conv1.ofmap, (ActivationFormat{16, 6}));  // 16 - 10
  EXPECT_EQ(conv1.post.right_shift, -1);              // 5 - 6
  EXPECT_TRUE(conv1.post.relu);
  EXPECT_FALSE(resolved.layers.at("fc2").post.relu);
}

TEST(LayerPrecision, PassesFormatsThroughLayersThatKeepThem) {
  const NetworkPrecision resolved = resolve(precision());
  EXPECT_EQ(resolved.layers.at("relu1").ofmap, resolved.layers.at("conv1").ofmap);
  EXPECT_EQ(resolved.layers.at("norm1").ofmap, (ActivationFormat{16, 10}));  // 16 - 6
  EXPECT_EQ(resolved.layers.at("pool1").ofmap, (ActivationFormat{16, 10}));
  EXPECT_EQ(resolved.layers.at("fc2").ifmap, (ActivationFormat{16, 10}));
  EXPECT_EQ(resolved.layers.at("prob").ofmap, (ActivationFormat{16, 15}));  // probabilities: 1 integer bit
}

TEST(LayerPrecision, NeverShiftsLeft) {
  // 2-bit words: 2 - 9 + 2 - -1 = -4 bits of product fraction, fewer than the 16 - 11 that the psum has room for.
  Precision p = precision();
  p.weights.bits = 2;
  p.activations.bits = 2;
  const LayerPrecision conv1 = resolve(p).layers.at("conv1");
  EXPECT_EQ(conv1.arithmetic.product_shift, 0);
  EXPECT_EQ(conv1.psum_fraction_bits, -4);
  EXPECT_EQ(conv1.post.right_shift, 4);  // -4 - (2 - 10)
}

TEST(LayerPrecision, TakesTheExceptionsOfALayer) {
  Precision p = precision();
  p.layers["fc2"].weights = StoredFormat{"fixed_point", 8, 16};
  p.layers["norm1"].activations = StoredFormat{"fixed_point", 10, 16};
  const NetworkPrecision resolved = resolve(p);
  EXPECT_EQ(resolved.layers.at("conv1").weights.bits, 16);
  EXPECT_EQ(resolved.layers.at("fc2").weights.bits, 8);
  EXPECT_EQ(resolved.layers.at("fc2").ifmap, (ActivationFormat{10, 4}));  // through the pool: 10 - 6
}

TEST(LayerPrecision, CountsTheFractionBitsOfCodebookEntries) {
  Precision p = precision();
  p.weights = StoredFormat{"codebook", 4, 12};
  const LayerPrecision conv1 = resolve(p, "codebook_lookup").layers.at("conv1");
  EXPECT_EQ(conv1.weights.bits, 4);
  EXPECT_EQ(conv1.weight_fraction_bits, 13);      // 12 - -1
  EXPECT_EQ(conv1.arithmetic.product_shift, 15);  // 7 + 13 - 5
}

TEST(LayerPrecision, HasNoBinaryPointsWhereWordsAreFloat) {
  Precision p = precision();
  p.weights = StoredFormat{"float16", 16, 16};
  p.activations = StoredFormat{"float16", 16, 16};
  const LayerPrecision conv1 = resolve(p, "float_multiply_add").layers.at("conv1");
  EXPECT_EQ(conv1.arithmetic.form, PsumForm::float16);  // accumulators have 16 bits
  EXPECT_TRUE(conv1.arithmetic.in_order());
  EXPECT_EQ(conv1.arithmetic.product_shift, 0);
  EXPECT_EQ(conv1.psum_fraction_bits, 0);
  EXPECT_EQ(conv1.post.psum, PsumForm::float16);
  EXPECT_TRUE(conv1.post.float_ofmap);
  EXPECT_TRUE(conv1.ofmap.floating);
  EXPECT_EQ(conv1.ofmap.value_of(0x3C00), 1.0);
}

TEST(LayerPrecision, GoesFromIntegersToFloatAndBack) {
  Precision p = precision();
  p.weights = StoredFormat{"ternary", 2, 16};
  p.activations = StoredFormat{"float16", 16, 16};
  p.layers["fc2"].activations = StoredFormat{"fixed_point", 8, 16};
  const NetworkPrecision resolved = resolve(p, "float_add");
  EXPECT_TRUE(resolved.layers.at("conv1").post.float_ofmap);
  const PostArithmetic& to_fixed = resolved.layers.at("fc2").post;
  EXPECT_FALSE(to_fixed.float_ofmap);
  EXPECT_EQ(to_fixed.fixed_fraction_bits, -5);  // 8 - 13
  EXPECT_EQ(to_fixed.right_shift, 0);
  Precision q = precision();
  q.layers["conv1"].activations = StoredFormat{"float16", 16, 16};
  q.layers["norm1"].activations = StoredFormat{"fixed_point", 16, 16};
  const PostArithmetic& to_float = resolve(q).layers.at("conv1").post;
  EXPECT_EQ(to_float.psum, PsumForm::integer);
  EXPECT_TRUE(to_float.float_ofmap);
  EXPECT_EQ(to_float.psum_fraction_bits, 5);  // 16 - 11
}

TEST(LayerPrecision, RefusesFloatPsumsOfOtherWidths) {
  Precision p = precision();
  p.weights = StoredFormat{"float16", 16, 16};
  p.activations = StoredFormat{"float16", 16, 16};
  Arithmetic accumulator;
  accumulator.accumulator_bits = 24;
  const auto resolved = [&] { resolve_precision(p, network(), mac("float_multiply_add"), accumulator); };
  EXPECT_EQ(error_of(resolved), "/chip/mac/accumulator_bits: found 24, but a MAC's psums are float; allowed 16 and 32");
}

TEST(LayerPrecision, RefusesANetworkOrLayerWithoutRanges) {
  Precision p = precision();
  p.ranges["m"] = p.ranges["n"];
  p.ranges.erase("n");
  EXPECT_EQ(message(p),
            "network n: no ranges of its layers, found none; run `lacuna calibrate` and put what it prints into the "
            "network's file");
  p = precision();
  p.ranges["n"].erase("norm1");
  EXPECT_EQ(message(p),
            "p.json: ranges of n: no range for 'norm1'; run `lacuna calibrate` and put what it prints into the "
            "network's file");
  p = precision();
  p.ranges["n"]["fc2"] = LayerRange();
  EXPECT_EQ(message(p),
            "p.json: ranges of n: no weight and psum range for 'fc2'; run `lacuna calibrate` and put what it prints "
            "into the network's file");
}

TEST(LayerPrecision, RefusesNamesThatTheNetworkDoesNotHave) {
  Precision p = precision();
  p.layers["conv2"].place = "p.json: /layers/conv2: ";
  EXPECT_EQ(message(p),
            "p.json: /layers/conv2: unknown layer of network n, found 'conv2'; allowed input, conv1, norm1, fc2, prob, "
            "first, before_last, last, conv, fc; did you mean 'conv1'?");
  p = precision();
  p.layers["norm1"].place = "p.json: /layers/norm1: ";
  p.layers["norm1"].weights = StoredFormat();
  EXPECT_EQ(message(p), "p.json: /layers/norm1: 'norm1' has no weights; allowed activations");
  p = precision();
  p.ranges["n"]["pool1"] = LayerRange();
  EXPECT_EQ(message(p),
            "p.json: ranges of n: unknown layer of network n, found 'pool1'; allowed input, conv1, norm1, fc2");
}

TEST(LayerPrecision, RefusesWhatTheMacDoesNotTake) {
  EXPECT_EQ(
      message(precision(), "codebook_lookup"),
      "p.json: weights of 'conv1', found format fixed_point; the MAC takes codebook, ternary_asymmetric, "
      "tanh_levels, integer_affine, log_sqrt2; for both operands there is /chip/mac/kind bit_bricks, bit_parallel, "
      "serial_activations, serial_weights, subword_parallel with /chip/weight_memory/look_up array");
  Precision p = precision();
  p.activations.format = "log2";
  p.activations.bits = 4;
  EXPECT_EQ(message(p),
            "p.json: activations of 'input', found format log2; the MAC takes fixed_point; no MAC takes weights in "
            "fixed_point with activations in log2");
  p = precision();
  p.weights.bits = 17;
  EXPECT_EQ(message(p), "p.json: weights of 'conv1', found 17 bits; the MAC takes up to 16");
  p = precision();
  p.activations.bits = 20;
  EXPECT_EQ(message(p), "p.json: activations of 'input', found 20 bits; the MAC takes up to 16");
}

/// Takes logarithms, in words of up to 4 bits.
class NarrowShiftAdd : public MacDatapath {
 public:
  std::vector<std::string> weight_formats() const override { return {"log2"}; }
  std::vector<std::string> activation_formats() const override { return {"fixed_point"}; }
  std::int64_t max_weight_bits() const override { return 4; }
  std::int64_t max_activation_bits() const override { return 16; }
  std::vector<MacEvent> events(const MacWidths& /*widths*/) const override { return {}; }
  std::vector<UnitAttributes> units(const MacUnit& /*of*/) const override { return {}; }
  std::unique_ptr<Mac> set_up(const MacSetup& /*setup*/) const override { return nullptr; }
};

TEST(LayerPrecision, CountsTheSignOfALogarithmAgainstWhatTheMacTakes) {
  Precision p = precision();
  p.weights = StoredFormat{"log2", 3, 16};
  const NarrowShiftAdd narrow;
  const auto resolved = [&] { return resolve_precision(p, network(), narrow, Arithmetic()); };
  EXPECT_EQ(resolved().layers.at("conv1").weight_bits, 4);  // 3 and a sign
  p.weights.bits = 4;
  EXPECT_EQ(error_of(resolved), "p.json: weights of 'conv1', found 5 bits with the sign; the MAC takes up to 4");
}

TEST(LayerPrecision, FindsFirstAndLastLayer) {
  Precision p = precision();
  p.layers["last"].weights = StoredFormat{"fixed_point", 8, 16};
  p.layers["before_last"].activations = StoredFormat{"fixed_point", 10, 16};
  const NetworkPrecision resolved = resolve(p);
  EXPECT_EQ(resolved.layers.at("conv1").weights.bits, 16);
  EXPECT_EQ(resolved.layers.at("fc2").weights.bits, 8);
  EXPECT_EQ(resolved.layers.at("fc2").ifmap, (ActivationFormat{10, 4}));  // of norm1, through the pool: 10 - 6
  p.layers["before_last"] = {"p.json: /layers/before_last: ", StoredFormat(), std::nullopt};
  EXPECT_EQ(message(p), "p.json: /layers/before_last: 'norm1' has no weights; allowed activations");
}

TEST(LayerPrecision, RefusesShiftsThatNoHardwareHas) {
  Precision p = precision();
  p.ranges["n"]["conv1"].psum_integer_bits = 30;  // 7 + 17 - (16 - 30) = 38
  EXPECT_EQ(message(p),
            "p.json: ranges of n: product shift of 'conv1', found 38; allowed 0 to 30: widths and ranges are too far "
            "apart");
  p = precision();
  p.ranges["n"]["conv1"].activation_integer_bits = -20;  // 5 - (16 - -20) = -31
  EXPECT_EQ(message(p),
            "p.json: ranges of n: shift from psum to ofmap of 'conv1', found -31; allowed -30 to 30: widths and ranges "
            "are too far apart");
}

TEST(LayerPrecision, GivesAJoinedMapARangeOfItsOwn) {
  for (const LayerKind kind : {LayerKind::add, LayerKind::concat}) {
    Precision p = precision();
    EXPECT_EQ(error_of([&] { resolve_precision(p, graph(kind), mac("bit_parallel"), Arithmetic()); }),
              "p.json: ranges of n: no range for 'join'; run `lacuna calibrate` and put what it prints into the "
              "network's file");
    p.ranges["n"]["join"] = {std::nullopt, std::nullopt, 11};
    const LayerPrecision join = resolve_precision(p, graph(kind), mac("bit_parallel"), Arithmetic()).layers.at("join");
    EXPECT_EQ(join.ifmaps, (std::vector<ActivationFormat>{{16, 6}, {16, 10}}));  // 16 - 10 and 16 - 6
    EXPECT_EQ(join.ofmap, (ActivationFormat{16, 5}));                            // 16 - 11
  }
}

TEST(LayerPrecision, RefusesToJoinMapsWhoseBinaryPointsAreTooFarApart) {
  Precision p = precision();
  p.ranges["n"]["join"] = {std::nullopt, std::nullopt, 11};
  p.ranges["n"]["norm1"].activation_integer_bits = -21;  // 16 + 21 - (16 - 10) = 31
  p.ranges["n"]["fc2"] = {10, 0, 13};                    // which reads it too, and could
  EXPECT_EQ(error_of([&] { resolve_precision(p, graph(), mac("bit_parallel"), Arithmetic()); }),
            "p.json: ranges of n: shift between the ifmaps of 'join', found 31; allowed 0 to 30: widths and ranges are "
            "too far apart");
}

TEST(LayerPrecision, TakesTheRangesOfTheNetworkFileWhereThePrecisionHasNone) {
  Precision p = precision();
  Network n = network();
  n.ranges = p.ranges.at("n");
  n.ranges.at("input").activation_integer_bits = 4;
  EXPECT_EQ(resolve_precision(p, n, mac("bit_parallel"), Arithmetic()).input, (ActivationFormat{16, 7}));  // 16 - 9
  p.ranges.clear();
  EXPECT_EQ(resolve_precision(p, n, mac("bit_parallel"), Arithmetic()).input, (ActivationFormat{16, 12}));  // 16 - 4
  n.ranges.erase("norm1");
  EXPECT_EQ(error_of([&] { resolve_precision(p, n, mac("bit_parallel"), Arithmetic()); }),
            "network n: ranges: no range for 'norm1'; run `lacuna calibrate` and put what it prints into the "
            "network's file");
}

}  // namespace
}  // namespace lacuna
