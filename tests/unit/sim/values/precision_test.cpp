// SPDX-License-Identifier: Apache-2.0
#include "sim/values/precision.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

/// A precision file with these entries behind the texts; later entries may leave out what the test does not need.
Precision load(const std::string& entries) {
  const std::string text = R"({"name": "p", "description": "d", "source": "s", )" + entries + "}";
  const JsonDocument document = JsonDocument::parse(text, "p.json");
  return load_precision(document.view());
}

std::string message(const std::string& entries) {
  return error_of([&] { load(entries); });
}

const std::string kWeights = R"("weights": {"format": "fixed_point", "bits": 8}, )";
const std::string kActivations = R"("activations": {"format": "fixed_point", "bits": 12}, )";
const std::string kBoth = kWeights + kActivations;
const std::string kRanges = R"("ranges": {"n": {"input": {"activation_integer_bits": 9},
  "c": {"weight_integer_bits": -2, "psum_integer_bits": 10, "activation_integer_bits": 7}}})";

TEST(Precision, HoldsWhatItsFileSays) {
  const Precision p = load(kBoth +
                           R"("layers": {"c": {"weights": {"format": "codebook", "bits": 4, "value_bits": 12}},
                                        "input": {"activations": {"format": "fixed_point", "bits": 9}}}, )" +
                           kRanges);
  EXPECT_EQ(p.name, "p");
  EXPECT_EQ(p.weights.format, "fixed_point");
  EXPECT_EQ(p.weights.bits, 8);
  EXPECT_EQ(p.activations.bits, 12);
  EXPECT_EQ(p.layers.at("c").weights->format, "codebook");
  EXPECT_EQ(p.layers.at("c").weights->value_bits, 12);
  EXPECT_FALSE(p.layers.at("c").activations);
  EXPECT_EQ(p.layers.at("input").activations->bits, 9);
  EXPECT_EQ(p.ranges.at("n").at("input").activation_integer_bits, 9);
  EXPECT_FALSE(p.ranges.at("n").at("input").weight_integer_bits);
  EXPECT_EQ(p.ranges.at("n").at("c").weight_integer_bits, -2);
  EXPECT_EQ(p.ranges.at("n").at("c").psum_integer_bits, 10);
}

TEST(Precision, SaysWhatIsExemptFromItsFormats) {
  const std::string fixed = R"({"format": "fixed_point", "bits": 16})";
  const std::string exceptions = R"("layers": {"c": {"weights": )" + fixed + R"(}, "f": {"weights": )" + fixed +
                                 R"(, "activations": )" + fixed + R"(}, "input": {"activations": )" + fixed + "}}";
  const Precision signs = load(
      R"("weights": {"format": "binary", "bits": 1}, "activations": {"format": "binary", "bits": 1}, )" + exceptions);
  EXPECT_EQ(signs.exempt(), "c, f; maps f, input");
  EXPECT_EQ(load(kActivations + R"("weights": {"format": "ternary", "bits": 2}, )" + exceptions).exempt(), "c, f");
  EXPECT_EQ(load(kBoth + exceptions).exempt(), "") << "wider, but in the same format";
  const std::string in_float = R"("layers": {"c": {"weights": {"format": "float16", "bits": 16}}})";
  EXPECT_EQ(load(kActivations + R"("weights": {"format": "ternary", "bits": 2}, )" + in_float).exempt(), "c");
  EXPECT_EQ(load(kBoth + in_float).exempt(), "");
}

TEST(Precision, NeedsTrainingWhereAnyOfItsFormatsDoes) {
  EXPECT_FALSE(load(kBoth + kRanges).needs_training());
  EXPECT_FALSE(load(kActivations + R"("weights": {"format": "ternary", "bits": 2})").needs_training());
  EXPECT_TRUE(load(kActivations + R"("weights": {"format": "binary", "bits": 1})").needs_training());
  EXPECT_TRUE(load(kWeights + R"("activations": {"format": "uniform_levels", "bits": 2})").needs_training());
  EXPECT_TRUE(load(kBoth + R"("layers": {"c": {"weights": {"format": "binary", "bits": 1}}})").needs_training());
}

TEST(Precision, RefusesMalformedFiles) {
  EXPECT_EQ(message(kBoth + kRanges + R"(, "range": {})"),
            "p.json: /range: unknown key, found 'range'; allowed name, description, source, mac, exempt_mac, "
            "weights, activations, layers, ranges; did you mean 'ranges'?");
  EXPECT_EQ(message(kWeights + kRanges),
            "p.json: missing key 'activations', found description, name, ranges, source, weights");
  EXPECT_EQ(message(kBoth + R"("layers": {})"), "no error") << "ranges may be left to the network";
  EXPECT_EQ(message(kActivations + R"("weights": {"format": "fixpoint", "bits": 8}, )" + kRanges),
            "p.json: /weights/format: unknown value, found \"fixpoint\"; allowed binary, binary_filter_scaled, "
            "binary_layer_scaled, codebook, fixed_point, float16, integer_affine, log2, log_sqrt2, power_of_two, "
            "tanh_levels, "
            "ternary, ternary_asymmetric; did you mean 'fixed_point'?");
  EXPECT_EQ(message(kActivations + R"("weights": {"format": "fixed_point", "bits": 17}, )" + kRanges),
            "p.json: /weights/bits: out of range, found 17; allowed an integer from 2 to 16");
  EXPECT_EQ(message(kActivations + R"("weights": {"format": "fixed_point"}, )" + kRanges),
            "p.json: /weights: missing key 'bits', found format");
  EXPECT_EQ(message(kActivations + R"("weights": {"format": "codebook", "bits": 9, "value_bits": 16}, )" + kRanges),
            "p.json: /weights/bits: out of range, found 9; allowed an integer from 1 to 8");
  EXPECT_EQ(message(kActivations + R"("weights": {"format": "codebook", "bits": 8}, )" + kRanges),
            "p.json: /weights: missing key 'value_bits', found bits, format");
  EXPECT_EQ(message(kWeights + R"("activations": {"format": "fixed_point", "bits": 8, "value_bits": 8}, )" + kRanges),
            "p.json: /activations/value_bits: unknown key, found 'value_bits'; allowed format, bits");
  EXPECT_EQ(message(kActivations + R"("weights": {"format": "log2", "bits": 4, "value_bits": 8}, )" + kRanges),
            "p.json: /weights/value_bits: unused key, found 'value_bits'; allowed where the entries of a codebook are "
            "chosen, and those of log2 are not");
  EXPECT_EQ(message(kWeights + R"("activations": {"format": "ternary", "bits": 2}, )" + kRanges),
            "p.json: /activations/format: unknown value, found \"ternary\"; allowed binary, fixed_point, float16, "
            "half_wave_gaussian, log2, log_sqrt2, uniform_levels");
}

TEST(Precision, RefusesMalformedLayersAndRanges) {
  EXPECT_EQ(message(kBoth + R"("layers": {"c": {"wieghts": {}}}, )" + kRanges),
            "p.json: /layers/c/wieghts: unknown key, found 'wieghts'; allowed weights, activations; did you mean "
            "'weights'?");
  EXPECT_EQ(message(kBoth + R"("ranges": {"n": {"c": {"activation_integer_bits": 40}}})"),
            "p.json: /ranges/n/c/activation_integer_bits: out of range, found 40; allowed an integer from -32 to 32");
  EXPECT_EQ(message(kBoth + R"("ranges": {"n": {"c": {"activation_integer_bits": 4.0}}})"),
            "p.json: /ranges/n/c/activation_integer_bits: wrong type, found 4.0; allowed an integer from -32 to 32");
  EXPECT_EQ(message(kBoth + R"("ranges": {"n": {"c": {"activation_integer_bits": 4, "weight_integer_bits": 1}}})"),
            "p.json: /ranges/n/c: missing key 'psum_integer_bits', found activation_integer_bits, weight_integer_bits");
  EXPECT_EQ(message(kBoth + R"("ranges": [])"), "p.json: /ranges: wrong type, found an array; allowed an object");
}

TEST(Precision, ReadsBackTheRangesThatItPrints) {
  const Ranges ranges = load(kBoth + kRanges).ranges.at("n");
  const std::string text = ranges_text(ranges, {"input", "pool", "c"});
  EXPECT_EQ(text,
            "{\n  \"input\": {\"activation_integer_bits\": 9},\n  \"c\": {\"weight_integer_bits\": -2, "
            "\"psum_integer_bits\": 10, \"activation_integer_bits\": 7}\n}");
  EXPECT_EQ(load(kBoth + R"("ranges": {"n": )" + text + "}").ranges.at("n"), ranges);
}

}  // namespace
}  // namespace lacuna
