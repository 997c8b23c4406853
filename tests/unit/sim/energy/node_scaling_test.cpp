// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/node_scaling.hpp"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

// Stillmaker and Baas, Integration 58, 2017: energies at V = 0.9 V (and 0.8, 1.0) by their polynomials
constexpr double k45 = 1.103 * 0.81 - 0.362 * 0.9 + 0.2767;
constexpr double k65 = 3.755 * 0.81 - 4.398 * 0.9 + 1.975;
constexpr double k16 = 0.2958 * 0.81 - 0.1241 * 0.9 + 0.03024;

TEST(NodeScaling, FollowsThePolynomialsAtAnUnchangedSupply) {
  EXPECT_NEAR(node_factors(45, 65).energy.value, k65 / k45, 1e-12);
  EXPECT_NEAR(node_factors(45, 16).energy.value, k16 / k45, 1e-12);
  EXPECT_NEAR(node_factors(45, 16).energy.low, (0.2958 * 0.64 - 0.1241 * 0.8 + 0.03024) / k45, 1e-12);
  EXPECT_NEAR(node_factors(45, 16).energy.high, (0.2958 * 1.0 - 0.1241 * 1.0 + 0.03024) / k45, 1e-12);
  EXPECT_NEAR(node_factors(65, 45).area, 1 / 1.5, 1e-12);
}

TEST(NodeScaling, IsLinearBetweenTwoNodesOfTheSource) {
  const double k32 = 0.9559 * 0.81 - 0.7823 * 0.9 + 0.471;
  const double k20 = 0.373 * 0.81 - 0.1582 * 0.9 + 0.04104;
  // 28 is 8 / 12 of the way from 20 to 32
  EXPECT_NEAR(node_factors(45, 28).energy.value, (k20 + (k32 - k20) * 8 / 12) / k45, 1e-12);
  EXPECT_NEAR(node_factors(45, 28).area, 0.21 + (0.46 - 0.21) * 8 / 12, 1e-12);
}

TEST(NodeScaling, LeavesANodeAsItIs) {
  EXPECT_EQ(node_factors(45, 45).energy.value, 1.0);
  EXPECT_EQ(node_factors(45, 45).energy.high, 1.0);
  EXPECT_EQ(node_factors(45, 45).area, 1.0);
}

TEST(NodeScaling, MakesEverythingCheaperAndSmallerAtASmallerNode) {
  const std::int64_t nodes[] = {65, 45, 28, 16};
  for (int i = 0; i < 3; ++i) {
    EXPECT_LT(node_factors(nodes[i], nodes[i + 1]).energy.value, 1.0) << nodes[i];
    EXPECT_LT(node_factors(nodes[i], nodes[i + 1]).leakage.value, 1.0) << nodes[i];
    EXPECT_LT(node_factors(nodes[i], nodes[i + 1]).area, 1.0) << nodes[i];
  }
}

TEST(NodeScaling, OfATableScalesTheChipButNotTheDram) {
  const auto load = [](const std::string& scale) {
    const JsonDocument document = JsonDocument::parse(R"({"name": "t", "description": "d", "source": "s",
      "node_nm": 45, "scale_to_nm": )" + scale + R"(, "prices": [
        {"class": "mac", "actions": ["op"], "terms": [{"value_pj": 2, "low_pj": 1, "high_pj": 3}], "source": "s"},
        {"class": "dram", "actions": ["read_bit"], "terms": [{"value_pj": 8, "low_pj": 8, "high_pj": 8}], "source": "s"}],
      "leakage": [{"class": "mac", "terms": [{"value_mw": 4, "low_mw": 4, "high_mw": 4}], "source": "s"}],
      "area": [{"class": "mac", "terms": [{"value_um2": 10, "low_um2": 10, "high_um2": 10}], "source": "s"}]})",
                                                      "t.json");
    return load_price_table(document.view());
  };
  const PriceTable scaled = load("65");
  const NodeFactors factors = node_factors(45, 65);
  EXPECT_EQ(scaled.node_nm, 45);
  EXPECT_EQ(scaled.scaled_to_nm, 65);
  EXPECT_EQ(scaled.prices[0].terms[0].estimate.value, 2 * factors.energy.value);
  EXPECT_EQ(scaled.prices[0].terms[0].estimate.low, 1 * factors.energy.low);
  EXPECT_TRUE(scaled.prices[0].derived);
  EXPECT_EQ(scaled.prices[1].terms[0].estimate.value, 8.0);
  EXPECT_EQ((*scaled.leakage)[0].terms[0].estimate.high, 4 * factors.leakage.high);
  EXPECT_EQ((*scaled.area)[0].terms[0].estimate.value, 15.0);
  EXPECT_EQ(scaled.notes.size(), 1U);
  EXPECT_TRUE(load("45").notes.empty());
}

}  // namespace
}  // namespace lacuna
