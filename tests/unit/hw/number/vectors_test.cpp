// SPDX-License-Identifier: Apache-2.0
// Every case of tests/vectors/quantisers.json: words and values worked out from the definitions of the formats alone.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "hw/number/fixed_point.hpp"
#include "hw/number/logarithm.hpp"
#include "hw/number/number_format.hpp"
#include "hw/number/weight_sharing.hpp"

namespace lacuna {
namespace {

using nlohmann::json;
constexpr double kRounded = 1e-6;  // the file's values have six decimals

std::vector<float> floats(const json& values) {
  std::vector<float> result;
  for (const json& value : values) result.push_back(value.get<float>());
  return result;
}

NumberParameters parameters_of(std::int64_t bits, std::int64_t integer_bits) {
  NumberParameters parameters;
  parameters.bits = bits;
  parameters.integer_bits = integer_bits;
  return parameters;
}

EncodedTensor encoded(const std::string& format, const std::vector<float>& values, const NumberParameters& parameters) {
  return Registry<NumberFormat>::instance().find(format)->encode(values, parameters);
}

/// What the words are worth, scales included.
std::vector<double> worths(const EncodedTensor& tensor) {
  std::vector<double> values;
  for (std::size_t i = 0; i < tensor.words.size(); ++i) {
    const double scale = tensor.scales.empty() ? 1.0 : tensor.scales[0];
    values.push_back(std::ldexp(scale * tensor.integer(i), static_cast<int>(-tensor.fraction_bits)));
  }
  return values;
}

void expect_near(const std::vector<double>& found, const json& wanted, double tolerance = kRounded) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], wanted[i].get<double>(), tolerance) << i;
}

std::vector<double> levels_of(const std::string& format, const std::vector<float>& values,
                              const NumberParameters& parameters) {
  const ActivationLevels levels = *Registry<NumberFormat>::instance().find(format)->levels(parameters);
  std::vector<double> found;
  for (const float value : values) found.push_back(levels.worth_of(levels.word_of(value)) * levels.unit);
  return found;
}

std::int64_t range_of(const std::vector<float>& values) { return integer_bits_for(max_magnitude(values)); }

void dynamic_case(const json& input, const json& expected) {
  const std::vector<float> x = floats(input["x"]);
  const std::int64_t bits = input["bits"];
  EXPECT_EQ(range_of(x), expected["il"]);
  const EncodedTensor tensor = encoded("fixed_point", x, parameters_of(bits, range_of(x)));
  EXPECT_EQ(tensor.fraction_bits, expected["fl"]);
  EXPECT_EQ(std::vector<StoredWord>(tensor.words.begin(), tensor.words.end()),
            expected["codes"].get<std::vector<StoredWord>>());
  expect_near(worths(tensor), expected["values"]);
  if (!input.contains("x_zero")) return;
  const std::vector<float> zeros = floats(input["x_zero"]);
  EXPECT_EQ(range_of(zeros), expected["il_zero"]);
  EXPECT_EQ(encoded("fixed_point", zeros, parameters_of(bits, range_of(zeros))).fraction_bits, expected["fl_zero"]);
}

std::function<void(const json&, const json&)> weights_case(const std::string& format, std::int64_t bits) {
  return [format, bits](const json& input, const json& expected) {
    const std::vector<float> w = floats(input["w"]);
    const std::int64_t range = format == "binary" ? 4 : range_of(w);  // where the unit of signs without a scale is 1
    const EncodedTensor tensor = encoded(format, w, parameters_of(bits, range));
    expect_near(worths(tensor), expected["values"]);
    if (expected.contains("codes")) {
      EXPECT_EQ(std::vector<StoredWord>(tensor.words.begin(), tensor.words.end()),
                expected["codes"].get<std::vector<StoredWord>>());
    }
    if (expected.contains("alpha")) {
      EXPECT_NEAR(std::ldexp(tensor.scales.at(0), static_cast<int>(-tensor.fraction_bits)), expected["alpha"],
                  kRounded);
    }
  };
}

/// Learned scales are given in the file; without training they are means. What is zero, and which sign the others have,
/// is the same.
void ttq_case(const json& input, const json& expected) {
  const std::vector<float> w = floats(input["w"]);
  const EncodedTensor tensor = encoded("ternary_asymmetric", w, parameters_of(2, range_of(w)));
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double wanted = expected["values"][i];
    EXPECT_EQ(tensor.words[i], wanted == 0.0 ? 0 : (wanted > 0.0 ? 1 : 2)) << i;
  }
  // (0.9 + 0.05 + 0.2) / 3 and -(0.3 + 0.7 + 0.1) / 3, as words of 16 bits with 15 behind the point.
  EXPECT_NEAR(tensor.codebook[1] / 32768.0, 1.15 / 3.0, 2e-5);
  EXPECT_NEAR(tensor.codebook[2] / 32768.0, -1.1 / 3.0, 2e-5);
}

void xnor_case(const json& input, const json& expected) {
  const std::vector<float> w = floats(input["w"]);
  const std::vector<float> x = floats(input["x"]);
  const EncodedTensor weights = encoded("binary_filter_scaled", w, parameters_of(1, range_of(w)));
  const ActivationLevels signs = *Registry<NumberFormat>::instance().find("binary")->levels(parameters_of(1, 1));
  std::int64_t dot = 0;
  double magnitudes = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    dot += std::int64_t{signs.word_of(x[i])} * weights.integer(i);
    magnitudes += std::fabs(static_cast<double>(x[i]));
  }
  const double alpha = std::ldexp(weights.scales.at(0), static_cast<int>(-weights.fraction_bits));
  const double beta = magnitudes / static_cast<double>(x.size());
  EXPECT_EQ(dot, expected["binary_dot"]);
  EXPECT_NEAR(alpha, expected["alpha"], kRounded);
  EXPECT_NEAR(alpha * beta * static_cast<double>(dot), expected["approx"], kRounded);
}

void dorefa_case(const json& input, const json& expected) {
  const std::int64_t k = input["k"];
  weights_case(k == 1 ? "binary_layer_scaled" : "tanh_levels", k)(input, expected);
}

void dorefa_activation_case(const json& input, const json& expected) {
  expect_near(levels_of("uniform_levels", floats(input["a"]), parameters_of(input["k"], 1)), expected["values"]);
}

void ties_case(const json& input, const json& expected) {
  for (std::size_t k = 0; k < input["k"].size(); ++k) {
    expect_near(levels_of("uniform_levels", floats(input["a"]), parameters_of(input["k"][k], 1)),
                expected["values"][k]);
  }
}

void steps_case(const json& input, const json& expected) {
  for (std::size_t i = 0; i < input["bits"].size(); ++i) {
    const ActivationLevels levels =
        *Registry<NumberFormat>::instance().find("half_wave_gaussian")->levels(parameters_of(input["bits"][i], 3));
    EXPECT_NEAR(levels.unit, expected["delta"][i], 2e-3);
  }
}

void half_wave_case(const json& input, const json& expected) {
  const std::vector<float> x = floats(input["x"]);
  expect_near(levels_of("half_wave_gaussian", x, parameters_of(2, 3)), expected["values"]);
}

void log_case(const json& input, const json& expected) {
  const std::vector<float> x = floats(input["x"]);
  const NumberParameters parameters = parameters_of(input["bits"], input["FSR"]);
  expect_near(worths(encoded("log2", x, parameters)), expected["values"]);
  expect_near(levels_of("log2", x, parameters), expected["values"]);
}

void inq_case(const json& input, const json& expected) { weights_case("power_of_two", input["bits"])(input, expected); }

void sharing_case(const json& input, const json& expected) {
  std::vector<float> w = floats(input["w"]);
  std::map<Word, std::int64_t> counts;
  for (const float value : w) ++counts[static_cast<Word>(std::lround(100.0F * value))];
  std::vector<Bin> bins;
  for (const auto& [value, count] : counts) bins.push_back({value, count});
  const Clusters clusters = cluster_bins(bins, input["k"]);
  for (std::size_t k = 0; k < clusters.centres.size(); ++k) {
    EXPECT_NEAR(clusters.centres[k] / 100.0, expected["codebook"][k], kRounded);
  }
  NumberParameters parameters = parameters_of(2, 3);
  parameters.value_bits = 16;
  const NumberFormat& format = *Registry<NumberFormat>::instance().find("codebook");
  // The file counts entries of 32 bits.
  EXPECT_EQ(format.bits_stored(16, parameters) + 4 * 16, expected["bits"]);
}

void storage_case(const json& input, const json& expected) {
  const std::int64_t all = input["weights"];
  const std::int64_t exempt = input["conv1"].get<std::int64_t>() + input["fc8"].get<std::int64_t>();
  const auto stored = [](const char* format, std::int64_t count, std::int64_t bits) {
    return Registry<NumberFormat>::instance().find(format)->bits_stored(count, parameters_of(bits, 1));
  };
  constexpr std::int64_t kFloat = 32;
  EXPECT_EQ(all * kFloat, expected["bits_fp32"]);
  EXPECT_EQ(stored("fixed_point", all, 8), expected["bits_8b"]);
  EXPECT_EQ(stored("binary", all, 1), expected["bits_1b_none_exempt"]);
  const std::int64_t binary = stored("binary", all - exempt, 1) + exempt * kFloat;
  EXPECT_EQ(binary, expected["bits_1b_exempt"]);
  EXPECT_NEAR(static_cast<double>(exempt * kFloat) / static_cast<double>(binary), expected["exempt_share_at_1b"], 1e-4);
  constexpr std::int64_t kScale = 32;  // which the file leaves out
  EXPECT_EQ(stored("ternary", all - exempt, 2) - kScale + exempt * kFloat, expected["bits_2b_exempt"]);
  constexpr std::int64_t kConvWeights = 2332704;
  EXPECT_EQ(stored("log_sqrt2", kConvWeights, 5) + stored("log2", all - kConvWeights, 4),
            expected["bits_logquant_sign_extra"]);
}

TEST(QuantiserVectors, AreReproducedByTheFormats) {
  const std::map<std::string, std::function<void(const json&, const json&)>> known = {
      {"dfp-8b", dynamic_case},
      {"dfp-4b", dynamic_case},
      {"dfp-8b-wide", dynamic_case},
      {"dfp-edge", dynamic_case},
      {"binaryconnect", weights_case("binary", 1)},
      {"bwn", weights_case("binary_filter_scaled", 1)},
      {"twn", weights_case("ternary", 2)},
      {"ttq", ttq_case},
      {"xnor-net", xnor_case},
      {"dorefa-w1", dorefa_case},
      {"dorefa-w2", dorefa_case},
      {"dorefa-w4", dorefa_case},
      {"dorefa-a2", dorefa_activation_case},
      {"qnn-dorefa-a-ties", ties_case},
      {"hwgq-steps", steps_case},
      {"hwgq-a2", half_wave_case},
      {"lognet", log_case},
      {"lognet-saturation", log_case},
      {"inq-5b", inq_case},
      {"inq-3b", inq_case},
      {"inq-edge", inq_case},
      {"weight-sharing", sharing_case},
      {"alexnet-weight-storage", storage_case}};
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/quantisers.json");
  std::size_t run = 0;
  const json document = json::parse(file);
  for (const json& vector : document["cases"]) {
    SCOPED_TRACE(vector["id"].get<std::string>());
    known.at(vector["id"])(vector["input"], vector["expected"]);
    ++run;
  }
  EXPECT_EQ(run, known.size());
}

}  // namespace
}  // namespace lacuna
