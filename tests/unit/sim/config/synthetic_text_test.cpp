// SPDX-License-Identifier: Apache-2.0
#include "sim/config/synthetic_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/environment.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

/// Experiments with the chips and networks of tests/config/data.
class SyntheticText : public ::testing::Test {
 protected:
  static Experiment run(const std::string& weights, const std::vector<std::string>& sets = {}) {
    Request request{JsonDocument({{"chip", "grid"}, {"network", "pair"}}, "test"), {}, {}};
    request.overrides.push_back({"/run/weights", Json(weights).dump(), "--weights " + weights});
    for (const std::string& set : sets) request.overrides.push_back(parse_override(set));
    return compose(request);
  }
  static std::string refusal(const std::string& weights, const std::vector<std::string>& sets = {}) {
    const std::string message = error_of([&] { run(weights, sets); });
    const std::string begin = "--weights " + weights + ": /run/weights: ";
    return message.rfind(begin, 0) == 0 ? message.substr(begin.size()) : message;
  }

  ScopedVariable data_{"LACUNA_DATA", LACUNA_SOURCE_DIR "/tests/config/data"};
};

TEST_F(SyntheticText, SetsTheFieldsOfTheNetworkAndLeavesOneWordBehind) {
  const Experiment experiment = run("synthetic:seed=12,density=0.35,normal");
  EXPECT_EQ(experiment.network.synthetic.distribution, "normal");
  EXPECT_EQ(experiment.network.synthetic.seed, 12);
  EXPECT_EQ(experiment.network.synthetic.zero_share, 0.65);
  EXPECT_EQ(experiment.run.weights, "synthetic");
}

TEST_F(SyntheticText, IsTheSameExperimentAsItsFieldsSetOneByOneAndAsItsEcho) {
  const std::string at = "/network/synthetic_weights/";
  const std::string resolved = run("synthetic:laplace,density=0.35,seed=3").resolved;
  EXPECT_EQ(resolved, run("synthetic", {at + "distribution=laplace", at + "zero_share=0.65", at + "seed=3"}).resolved);
  EXPECT_EQ(resolved, compose({JsonDocument::parse(resolved, "echo"), {}, {}}).resolved);
}

TEST_F(SyntheticText, LeavesWhatItDoesNotSayToTheNetwork) {
  const SyntheticWeights before = run("synthetic").network.synthetic;
  const SyntheticWeights after = run("synthetic:density=0.5").network.synthetic;
  EXPECT_EQ(after.seed, before.seed);
  EXPECT_EQ(after.distribution, before.distribution);
  EXPECT_EQ(after.zero_share, 0.5);
}

TEST_F(SyntheticText, SubtractsDensitiesInDecimals) {
  for (int percent = 1; percent <= 100; ++percent) {
    const std::string hundredths = (percent < 10 ? "0" : "") + std::to_string(percent);
    const std::string density = percent == 100 ? "1.00" : "0." + hundredths;
    // The quotient of two integers is the double nearest to the decimal fraction.
    EXPECT_EQ(run("synthetic:density=" + density).network.synthetic.zero_share, (100 - percent) / 100.0) << density;
  }
  EXPECT_EQ(run("synthetic:density=1").network.synthetic.zero_share, 0.0);
  EXPECT_EQ(run("synthetic:density=0.0001").network.synthetic.zero_share, 0.9999);
  EXPECT_EQ(run("synthetic:density=0.999999999999999").network.synthetic.zero_share, 1e-15);
}

TEST_F(SyntheticText, IsRefusedWithTheNearestPart) {
  const std::string unknown = "synthetic weights: unknown part, found '";
  const std::string allowed = "'; allowed laplace, normal, density=D, seed=N, separated by ','";
  EXPECT_EQ(refusal("synthetic:"), unknown + allowed);
  EXPECT_EQ(refusal("synthetic:laplace,"), unknown + allowed);
  EXPECT_EQ(refusal("synthetic:laplce"), unknown + "laplce" + allowed + "; did you mean 'laplace'?");
  EXPECT_EQ(refusal("synthetic:densty=0.5"), unknown + "densty=0.5" + allowed + "; did you mean 'density'?");
  EXPECT_EQ(refusal("synthetic:laplace=1"), unknown + "laplace=1" + allowed + "; did you mean 'laplace'?");
  EXPECT_EQ(refusal("synthetic:density=0.5,laplace,density=0.6"),
            "synthetic weights: density given twice, found 'density=0.6' too; allowed once");
  EXPECT_EQ(refusal("synthetic:normal,laplace"),
            "synthetic weights: distribution given twice, found 'laplace' too; allowed once");
}

TEST_F(SyntheticText, RefusesDensitiesAndSeedsThatAreNone) {
  for (const std::string density : {"", "0", "0.0", "0.00009", "1.01", "2", "-0.5", "35%", "1e-1", ".5", "1.", "0.1.2",
                                    " 0.5", "0.1234567890123456", "nan"}) {
    EXPECT_EQ(refusal("synthetic:density=" + density),
              "synthetic weights: out of range, found 'density=" + density +
                  "'; allowed density=D with D a decimal fraction from 0.0001 to 1, of at most 15 decimals");
  }
  for (const std::string seed : {"", "-1", "1.5", "x", "1234567890123456789"}) {
    EXPECT_EQ(refusal("synthetic:seed=" + seed),
              "synthetic weights: out of range, found 'seed=" + seed + "'; allowed seed=N with N an integer");
  }
  EXPECT_EQ(refusal("synthetic:seed=9007199254740993"),
            "--weights synthetic:seed=9007199254740993: /network/synthetic_weights/seed: out of range, found "
            "9007199254740993; allowed an integer from 0 to 9007199254740992");
}

TEST_F(SyntheticText, DoesNotReplaceWhatAnOverrideSays) {
  EXPECT_EQ(
      refusal("synthetic:density=0.5", {"/network/synthetic_weights/zero_share=0.5"}),
      "sets /network/synthetic_weights/zero_share, as --set /network/synthetic_weights/zero_share=0.5 does, found "
      "both; allowed one of them");
  EXPECT_EQ(run("synthetic:density=0.5", {"/network/synthetic_weights/seed=9"}).network.synthetic.seed, 9);
}

}  // namespace
}  // namespace lacuna
