// SPDX-License-Identifier: Apache-2.0
// Chips side by side, from outside: what a chip cannot run, prices that differ, the points of a sweep.
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

class Compare : public testing::Test {
 protected:
  ProgramOutcome start(const Words& words) const { return run_program(words, {folder_.path(), {}, {}}); }
  ProgramOutcome simulate(const std::string& out, const Words& more) const {
    Words words = {"run", "--chip", "eyeriss", "--network", "tiny", "--no-check-values", "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return start(words);
  }
  /// A sweep over chips, of which `eie` takes fc layers alone.
  void sweep_chips(const std::string& energy) const {
    folder_.write("chips.json", R"({"name": "chips", "description": "three chips",
      "experiment": {"chip": "eyeriss", "network": "tiny")" +
                                    energy + R"(,
        "run": {"mapping": "default", "weights": "synthetic:laplace,density=0.4,seed=3", "unsupported_layers": "leave_out", "check_values": false}},
      "axes": [{"path": "/chip", "values": ["eyeriss", "eie", "systolic_32"]}],
      "objectives": [{"figure": "energy_total_pj"}]})");
    const ProgramOutcome outcome = start({"sweep", "chips.json", "--out", "chips.db"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
  }
  static void expect_in(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << "no '" << part << "' in\n" << text;
  }

  ScratchFolder folder_;
};

TEST_F(Compare, ResultsAtDifferentPricesAreRefusedUnlessAsPublished) {
  ASSERT_EQ(simulate("own", {}).code, 0);
  ASSERT_EQ(simulate("generic", {"--energy", "generic_45nm"}).code, 0);
  ASSERT_EQ(simulate("hbm", {"--energy", "generic_45nm", "--set", "/energy/variants/dram=hbm2"}).code, 0);
  ASSERT_EQ(simulate("node", {"--energy", "generic_45nm", "--set", "/energy/scale_to_nm=28"}).code, 0);
  const std::string allowed =
      "; allowed one price table, node and DRAM for all (as with --energy, lacuna reprice), or --as-published\n";
  const std::pair<std::string, std::string> others[] = {{"own", "eyeriss_65nm, 65 nm"},
                                                        {"hbm", "generic_45nm, 45 nm, dram hbm2"},
                                                        {"node", "generic_45nm, 28 nm, dram lpddr4"}};
  for (const auto& [name, prices] : others) {
    const ProgramOutcome refused = start({"compare", "generic/result.json", name + "/result.json"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_EQ(refused.out, "");
    expect_in(refused.err,
              "lacuna: compare: energies at different prices, found generic/result.json (generic_45nm, 45 "
              "nm, dram lpddr4) and " +
                  name + "/result.json (" + prices);
    expect_in(refused.err, allowed);
  }
  const ProgramOutcome published = start({"compare", "own/result.json", "--as-published", "generic/result.json"});
  EXPECT_EQ(published.code, 0) << published.err;
  expect_in(published.out, "A: own/result.json (prices: eyeriss_65nm, 65 nm");
}

TEST_F(Compare, ResultsAlsoStandSideBySideByLayer) {
  ASSERT_EQ(simulate("whole", {}).code, 0);
  ASSERT_EQ(simulate("part", {"--layers", "conv1,fc5"}).code, 0);
  const ProgramOutcome outcome = start({"compare", "whole/result.json", "part/result.json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::size_t cycles = outcome.out.find("\nProcessing cycles by layer ");
  ASSERT_NE(cycles, std::string::npos) << outcome.out;
  const std::string conv2 = outcome.out.substr(outcome.out.find("\nconv2 ", cycles) + 1);
  EXPECT_EQ(conv2.substr(conv2.find('\n') - 2, 2), " -");
  expect_in(outcome.out, "whole/result.json and part/result.json ran other layers: their sums have no order\n");
  expect_in(outcome.out, "\nB: did not run conv2, ");
  EXPECT_EQ(outcome.out.find("the order "), std::string::npos);
  expect_in(outcome.out, "\nUtilisation by layer, %");
  expect_in(outcome.out, "\nBytes from and to DRAM by layer, MB");
}

TEST_F(Compare, PointsOfASweepStandSideBySideWithWhatWasNotRun) {
  sweep_chips(R"(, "energy": "generic_45nm")");
  const ProgramOutcome outcome = start({"compare", "chips.db"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  expect_in(outcome.out, "chips: three chips\nprices: generic_45nm, 45 nm, dram lpddr4\n");
  expect_in(outcome.out, "\nProcessing cycles by layer  eyeriss  eie  systolic_32\n");
  expect_in(outcome.out, "\neie: conv1: not run: the array multiplies matrices by vectors");
  const std::string all = outcome.out.substr(outcome.out.find("\nAll layers "));
  const std::string sums = all.substr(0, all.find("\n\n"));
  expect_in(sums, "\nsystolic_32 ");
  EXPECT_EQ(sums.find("\neie "), std::string::npos) << "a partial run among sums of all layers\n" << sums;
  const ProgramOutcome report = start({"report", "chips.db", "--out", "chips.html"});
  ASSERT_EQ(report.code, 0) << report.err;
  const std::string page = bytes_of(folder_.path("chips.html"));
  expect_in(page, "Side by side");
  expect_in(page, "eie: conv1: not run: the array multiplies matrices by vectors");
  expect_in(page, R"(id="table_compared_energy")");
}

TEST_F(Compare, PointsAtPricesOfTheirOwnAreRefusedUnlessAsPublished) {
  sweep_chips("");
  const ProgramOutcome refused = start({"compare", "chips.db"});
  EXPECT_EQ(refused.code, 2);
  expect_in(refused.err, "found eyeriss (eyeriss_65nm, 65 nm) and eie (generic_45nm, 45 nm, dram lpddr4); allowed ");
  const ProgramOutcome published = start({"compare", "chips.db", "--as-published"});
  EXPECT_EQ(published.code, 0) << published.err;
  expect_in(published.out, "\neie: at prices of its own: generic_45nm, 45 nm, dram lpddr4\n");
  EXPECT_EQ(start({"compare", "chips.db", "chips.db", "--as-published"}).code, 2);
}

TEST_F(Compare, AnAxisOfPricesIsMixedPrices) {
  folder_.write("nodes.json", R"({"name": "nodes", "description": "two nodes",
    "experiment": {"chip": "eyeriss", "network": "tiny", "energy": "generic_45nm", "run": {"mapping": "default"}},
    "axes": [{"path": "/energy/scale_to_nm", "values": [45, 28]}], "objectives": [{"figure": "energy_total_pj"}]})");
  ASSERT_EQ(start({"sweep", "nodes.json", "--out", "nodes.db"}).code, 0);
  expect_in(start({"compare", "nodes.db"}).err,
            "found 45 (generic_45nm, 45 nm, dram lpddr4) and 28 (generic_45nm, 28 nm, dram lpddr4)");
}

TEST_F(Compare, ATableOfTheSameNameWithOtherFiguresIsAnotherOne) {
  ASSERT_EQ(simulate("stated", {"--energy", "generic_45nm"}).code, 0);
  ASSERT_EQ(simulate("edited", {"--energy", "generic_45nm", "--set", "/energy/prices/0/terms/0/value_pj=0.005"}).code,
            0);
  expect_in(start({"compare", "stated/result.json", "edited/result.json"}).err, "dram lpddr4, with other figures)");
  folder_.write("edited.json", R"({"name": "edited", "description": "one price", "experiment": {"chip": "eyeriss",
    "network": "tiny", "energy": "generic_45nm", "run": {"mapping": "default"}},
    "axes": [{"path": "/energy/prices/0/terms/0/value_pj", "values": [0.004, 0.005]}],
    "objectives": [{"figure": "energy_total_pj"}]})");
  ASSERT_EQ(start({"sweep", "edited.json", "--out", "edited.db"}).code, 0);
  expect_in(start({"compare", "edited.db"}).err, "with other figures)");
}

TEST_F(Compare, OtherSettingsAreNamed) {
  ASSERT_EQ(simulate("one", {}).code, 0);
  ASSERT_EQ(simulate("two", {"--batch", "2", "--set", "/chip/dram_link/clock_khz=90000"}).code, 0);
  const std::string out = start({"compare", "one/result.json", "two/result.json"}).out;
  expect_in(out, "\nB: batch 2\n");
  expect_in(out, "\nB: DRAM link {\"bits\":64,\"clock_khz\":90000}\n");
  expect_in(out, "\nB: other work: conv1 has ");
}

TEST_F(Compare, WordsThatAreNoFilesAreNamed) {
  ASSERT_EQ(simulate("one", {}).code, 0);
  EXPECT_EQ(start({"compare", "one/result.json", "--as-publishd"}).err,
            "lacuna: compare: found --as-publishd; allowed --as-published once, or --help alone\n");
  EXPECT_EQ(start({"compare", "--as-published", "--as-published"}).err,
            "lacuna: compare: found --as-published twice; allowed --as-published once, or --help alone\n");
}

TEST_F(Compare, ADamagedFigureIsRefusedWithItsPlace) {
  sweep_chips(R"(, "energy": "generic_45nm")");
  change_database(folder_.path("chips.db"), "UPDATE layers SET energy_total_pj = NULL WHERE layer = 0");
  const ProgramOutcome outcome = start({"compare", "chips.db"});
  EXPECT_EQ(outcome.code, 2);
  expect_in(outcome.err, "lacuna: chips.db: layers: energy_total_pj of layer conv1, point ");
}

}  // namespace
}  // namespace lacuna
