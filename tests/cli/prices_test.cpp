// SPDX-License-Identifier: Apache-2.0
// Prices from outside: a result priced anew is the run with these prices; results side by side.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

class PricesFromOutside : public testing::Test {
 protected:
  ProgramOutcome run(const Words& words) { return run_program(words, {folder.path(), {}, {}}); }
  ProgramOutcome simulate(const std::string& out, Words more) {
    Words words = {"run", "--chip", "eyeriss", "--network", "tiny", "--no-check-values", "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  std::string bytes(const std::string& file) { return bytes_of(folder.path(file)); }

  ScratchFolder folder;
};

TEST_F(PricesFromOutside, AResultPricedAnewIsTheRunWithThesePricesByteForByte) {
  ASSERT_EQ(simulate("fitted", {}).code, 0);
  ASSERT_EQ(simulate("generic", {"--energy", "generic_45nm"}).code, 0);
  ASSERT_EQ(run({"reprice", "fitted/result.json", "--energy", "generic_45nm", "--out", "anew"}).code, 0);
  EXPECT_EQ(bytes("anew/result.json"), bytes("generic/result.json"));
  EXPECT_EQ(bytes("anew/layers.csv"), bytes("generic/layers.csv"));
  ASSERT_EQ(run({"reprice", "anew/result.json", "--energy", "eyeriss_65nm", "--out", "back"}).code, 0);
  EXPECT_EQ(bytes("back/result.json"), bytes("fitted/result.json"));
}

TEST_F(PricesFromOutside, NodeAndDramCanBeSetForARunAndForAResult) {
  ASSERT_EQ(simulate("here", {"--energy", "generic_45nm"}).code, 0);
  const std::string node = "/energy/scale_to_nm=16";
  const std::string dram = "/energy/variants/dram=hbm2";
  ASSERT_EQ(simulate("there", {"--energy", "generic_45nm", "--set", node, "--set", dram}).code, 0);
  ASSERT_EQ(run({"reprice", "here/result.json", "--set", node, "--set", dram, "--out", "anew"}).code, 0);
  EXPECT_EQ(bytes("anew/layers.csv"), bytes("there/layers.csv"));
  EXPECT_NE(bytes("anew/layers.csv"), bytes("here/layers.csv"));
  EXPECT_NE(bytes("anew/result.json").find("energy: prices of 45 nm scaled to 16 nm on a chip of 65 nm"),
            std::string::npos);
}

TEST_F(PricesFromOutside, RepricingRefusesWhatIsNoPriceAndLeavesNothing) {
  ASSERT_EQ(simulate("a", {}).code, 0);
  const auto refused = [&](Words more, const std::string& message) {
    Words words = {"reprice", "a/result.json", "--out", "none"};
    words.insert(words.end(), more.begin(), more.end());
    const ProgramOutcome outcome = run(words);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err, "lacuna: " + message + "\n");
    EXPECT_FALSE(std::filesystem::exists(folder.path("none")));
  };
  refused({}, "reprice: nothing to change; allowed --energy, --set /energy/PATH=VALUE");
  refused({"--set", "/chip/array/rows=3"},
          "--set /chip/array/rows=3: /chip/array/rows: changes more than prices; allowed paths below /energy");
  refused({"--energy", "generic_54nm"},
          "--energy generic_54nm: /energy: unknown price table, found 'generic_54nm'; allowed eie_45nm, eyeriss_65nm, "
          "generic_45nm, or the path of a .json file; did you mean 'generic_45nm'?");
  refused({"--set", "/energy/scale_to_nm=45"},
          "--set /energy/scale_to_nm=45: /energy/scale_to_nm: found 45; allowed 65: the table's numbers are fitted to "
          "one chip and scale to no other node");
  const ProgramOutcome missing = run({"reprice", "--energy", "generic_45nm"});
  EXPECT_EQ(missing.err, "lacuna: reprice: no result given; allowed RESULT.json, before the options\n");
}

TEST_F(PricesFromOutside, ResultsSideBySideSayWhetherPricesCanTurnTheirOrder) {
  ASSERT_EQ(simulate("gated", {"--energy", "generic_45nm"}).code, 0);
  ASSERT_EQ(simulate("plain", {"--energy", "generic_45nm", "--set", "/chip/array/gate_on=none"}).code, 0);
  const ProgramOutcome outcome = run({"compare", "gated/result.json", "plain/result.json"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.out.find("gated/result.json takes"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("uJ less than plain/result.json"), std::string::npos) << outcome.out;
  // gating saves MACs and spad accesses at whatever they cost, and costs less than it saves
  EXPECT_NE(outcome.out.find("the order holds for all of them"), std::string::npos) << outcome.out;
  EXPECT_EQ(
      run({"compare", "gated/result.json"}).err,
      "lacuna: compare: found 1 results; allowed two RESULT.json or more, or one or two databases of lacuna sweep\n");
}

/// The prices of a layer in a result, by its name.
Json prices_of(const Json& result, const std::string& layer) {
  for (const Json& prices : result.at("totals").at("prices")) {
    const Json& layers = prices.at("layers");
    if (std::find(layers.begin(), layers.end(), layer) != layers.end()) return prices;
  }
  return nullptr;
}

TEST_F(PricesFromOutside, LayersOnASecondDatapathHaveThePricesOfThatOne) {
  ASSERT_EQ(simulate("signs", {"--energy", "generic_45nm", "--precision", "twn"}).code, 0);
  const Json result = Json::parse(bytes("signs/result.json"));
  const std::string first = result.at("layers").front().at("name");
  EXPECT_TRUE(prices_of(result, first).at("events").contains("mac.op"));
  EXPECT_EQ(prices_of(result, first).at("words"), "16-bit weights, 16-bit activations, on bit_parallel");
  EXPECT_TRUE(prices_of(result, "conv2").at("events").contains("adder.op"));
  ASSERT_EQ(simulate("whole", {"--energy", "generic_45nm"}).code, 0);
  const ProgramOutcome compared = run({"compare", "signs/result.json", "whole/result.json"});
  EXPECT_EQ(compared.code, 0) << compared.err;
  const ProgramOutcome reported = run({"report", "signs/result.json"});
  EXPECT_EQ(reported.code, 0) << reported.err;
  const ProgramOutcome explained = run({"explain", "/layers/conv1/energy_pj/mac", "--from", "signs/result.json"});
  EXPECT_NE(explained.out.find("mac.op"), std::string::npos) << explained.out << explained.err;
}

TEST_F(PricesFromOutside, LayersOfTheSameWidthsWithOtherCodebooksHavePricesOfTheirOwn) {
  const auto codes = [](int bits) {
    return R"({"weights": {"format": "codebook", "bits": 4, "value_bits": )" + std::to_string(bits) + "}}";
  };
  ASSERT_EQ(simulate("codes", {"--energy", "generic_45nm", "--precision", "codebook4", "--set",
                               R"(/precision/layers={"conv1": )" + codes(8) + "}"})
                .code,
            0);
  const Json result = Json::parse(bytes("codes/result.json"));
  const auto read = [&](const char* layer) {
    return prices_of(result, layer).at("events").at("codebook.read").at("value_pj").get<double>();
  };
  EXPECT_EQ(prices_of(result, "conv1").at("layers"), Json::array({"conv1"}));
  EXPECT_EQ(prices_of(result, "conv1").at("words"), "4-bit weights, 16-bit activations, values of 8 bits");
  EXPECT_EQ(prices_of(result, "conv2").at("words"), "4-bit weights, 16-bit activations, values of 16 bits");
  EXPECT_DOUBLE_EQ(2 * read("conv1"), read("conv2"));  // entries of half the width
}

}  // namespace
}  // namespace lacuna
