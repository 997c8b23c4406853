// SPDX-License-Identifier: Apache-2.0
#include "analysis/reduced_precision.hpp"

#include <gtest/gtest.h>

#include "analysis/sweep_results.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna {
namespace {

const char* const kWeights = "weights: trained: here; biases: trained";

const char* const kPaper = R"({"paper": "p", "citation": "A. Author, 2020", "experiments": {}, "tables": [],
  "losses": {"title": "Loss", "source": "Table 9", "verified": false, "confirmed_by": "nobody", "network": "tiny",
             "rows": [{"method": "Signs", "precisions": ["bnn"], "weight_bits": "1*", "activation_bits": "1",
                       "top5_loss_percent": 29.8}]}})";

const char* const kMeasured = R"({"network": "tiny", "description": "d", "command": "lacuna accuracy --precision P",
  "weights": "trained: here", "images": 200, "float": {"top1": 150, "top5": 190},
  "precisions": {"fixed8": {"top1": 145, "top5": 191}}})";

const char* const kSweep = R"({"name": "case", "description": "a case",
  "experiment": {"chip": "eyeriss", "network": "tiny"},
  "axes": [{"path": "/chip", "values": ["eyeriss", "stripes"]}, {"path": "/run/batch", "values": [1]},
           {"path": "/precision", "values": ["fixed16", "fixed8", "bnn"]}],
  "objectives": [{"figure": "energy_total_pj"}]})";

/// conv1 and fc6; `bits` wide, but for 16-bit weights of fc6 where there is 1 bit.
RunResult result_of(std::int64_t bits, const std::string& weights) {
  RunResult result = sample_result();
  result.labels = {weights};
  result.layers = {result.layers[0], result.layers[2], result.layers[3]};
  for (LayerResult& layer : result.layers) {
    layer.weight_bits = layer.activation_bits = bits;
    layer.weight_dense_bits = 1'000'000 * bits;
    layer.sqnr_db = static_cast<double>(bits) * 4.0;
  }
  if (bits == 1) result.layers[2].weight_bits = 16;
  return result;
}

class ReducedPrecisionTable : public testing::Test {
 protected:
  /// stripes has no result for bnn.
  std::string database(const std::string& sweep = kSweep, const std::string& weights = kWeights) {
    const std::int64_t bits[] = {16, 8, 1};
    const std::string file = scratch.path("results" + std::to_string(++databases_) + ".db");
    make_sweep_database(file, sweep, [&](std::size_t, const std::vector<std::uint32_t>& values, RunResult& result) {
      if (values.front() == 1 && values.back() == 2) return FixtureEnd::refused;
      result = result_of(bits[values.back()], weights);
      return FixtureEnd::ok;
    });
    return file;
  }

  std::optional<ReducedPrecision> precisions(const std::string& file) {
    return reduced_precision(SweepResults(file), sources);
  }

  ScratchFolder scratch;
  PrecisionSources sources = {[](const std::string& precision) -> std::optional<PrecisionFacts> {
                                if (precision == "fixed16") return std::nullopt;  // a file that has gone
                                return PrecisionFacts{precision == "bnn" ? "fc6" : "", precision == "bnn"};
                              },
                              scratch.path("papers"), scratch.path("measured")};

 private:
  void SetUp() override {
    scratch.write("papers/p.json", kPaper);
    scratch.write("measured/tiny.json", kMeasured);
  }
  int databases_ = 0;
};

/// The texts of a row, by the titles of their columns.
std::map<std::string, std::string> row_of(const Grid& grid, std::size_t row) {
  std::map<std::string, std::string> texts;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    texts[grid.columns[i].title] = text_of(grid.rows.at(row).at(i), grid.columns[i]);
  }
  return texts;
}

TEST_F(ReducedPrecisionTable, HasARowForEachPrecisionAndColumnsForEachMachine) {
  const std::optional<ReducedPrecision> all = precisions(database());
  ASSERT_TRUE(all);
  ASSERT_EQ(all->table.rows.size(), 3U);
  auto row = row_of(all->table, 1);
  EXPECT_EQ(row["precision"], "fixed8");
  EXPECT_EQ(row["weight bits"], "8");
  EXPECT_EQ(row["weights, MB"], "3.0");            // 3 layers of 8e6 bits
  EXPECT_EQ(row["eyeriss Mcycles"], "0.01");       // 5000 + 5000 + 2500
  EXPECT_EQ(row["stripes SQNR, dB"], "32.0");      // 4 dB a bit, of the last layer
  EXPECT_EQ(row["top-1 change, points"], "-2.5");  // (145 - 150) / 200
  EXPECT_EQ(row["top-5 change, points"], "+0.5");  // (191 - 190) / 200
  EXPECT_EQ(row["top-5 loss"], "");
}

TEST_F(ReducedPrecisionTable, OfWordsThatNeedTrainingHasThePublishedLossAndNoAccuracy) {
  auto row = row_of(precisions(database())->table, 2);
  EXPECT_EQ(row["weight bits"], "1 (16: fc6)");
  EXPECT_EQ(row["activation bits"], "1");
  EXPECT_EQ(row["exempt"], "fc6");
  EXPECT_EQ(row["published row"], "Signs, 1* / 1");
  EXPECT_EQ(row["top-5 loss"], "29.8");
  EXPECT_EQ(row["top-1 change, points"], "needs training");
  EXPECT_EQ(row["eyeriss SQNR, dB"], "-");
  EXPECT_EQ(row["stripes mJ"], "-") << "refused there";
}

TEST_F(ReducedPrecisionTable, SaysWhatWasNotMeasuredAndLeavesOutWhatIsOfOtherWeights) {
  EXPECT_EQ(row_of(precisions(database())->table, 0)["top-1 change, points"], "not measured");
  const std::optional<ReducedPrecision> others = precisions(database(kSweep, "weights: trained: elsewhere"));
  EXPECT_EQ(row_of(others->table, 1)["top-1 change, points"], "");
}

TEST_F(ReducedPrecisionTable, HasTheEnergyOfEveryLayerOnEveryMachine) {
  const std::optional<ReducedPrecision> all = precisions(database());
  ASSERT_EQ(all->energy_by_layer.size(), 2U);
  EXPECT_EQ(all->energy_by_layer[0].title, "Energy by layer, mJ, DRAM included: eyeriss");
  EXPECT_EQ(all->energy_by_layer[0].rows.size(), 3U);
  const Grid& stripes = all->energy_by_layer[1];
  ASSERT_EQ(stripes.rows.size(), 2U);
  std::vector<std::string> titles;
  for (const GridColumn& column : stripes.columns) titles.push_back(column.title);
  EXPECT_EQ(titles, (std::vector<std::string>{"precision", "conv1", "conv2", "fc6", "all"}));
  const std::vector<GridCell>& row = stripes.rows[1];
  EXPECT_NEAR(row[1].number + row[2].number + row[3].number, row[4].number, 1e-12);
  EXPECT_GT(row[4].number, 0.0);
}

TEST_F(ReducedPrecisionTable, NamesItsSourcesAndItsPrices) {
  const std::vector<std::string> remarks = precisions(database())->remarks;
  ASSERT_EQ(remarks.size(), 4U);
  EXPECT_EQ(
      remarks[0],
      "Published: Table 9 of A. Author, 2020; recalled, not confirmed. Losses of networks that were trained in the "
      "formats: shown, held against nothing. Loss.");
  EXPECT_NE(remarks[1].find("200 labelled images, of which the network in float has 75.0 % right and 95.0 %"),
            std::string::npos);
  EXPECT_EQ(remarks[3].rfind("All energies are at the same prices: sample", 0), 0U) << remarks[3];
}

TEST_F(ReducedPrecisionTable, IsOfSweepsOverWholePrecisionsAlone) {
  const std::string bits = R"({"name": "case", "description": "a case",
    "experiment": {"chip": "eyeriss", "network": "tiny", "precision": "fixed16"},
    "axes": [{"path": "/precision/weights/bits", "values": [16, 8, 4]}], "objectives": [{"figure": "energy_total_pj"}]})";
  EXPECT_FALSE(precisions(database(bits)));
  const std::string machines = R"({"name": "case", "description": "a case",
    "experiment": {"chip": "eyeriss", "network": "tiny"},
    "axes": [{"path": "/run/batch", "values": [1, 2, 3, 4, 5, 6, 7, 8, 9]}, {"path": "/precision", "values": ["fixed8"]}],
    "objectives": [{"figure": "energy_total_pj"}]})";
  EXPECT_FALSE(precisions(database(machines))) << "nine machines";
}

TEST_F(ReducedPrecisionTable, OfAnotherNetworkHasNoLossesAndNoAccuracies) {
  scratch.write("papers/p.json", std::string(kPaper).replace(std::string(kPaper).find("tiny"), 4, "vgg1"));
  scratch.write("measured/tiny.json", std::string(kMeasured).replace(std::string(kMeasured).find("tiny"), 4, "vgg1"));
  const std::optional<ReducedPrecision> all = precisions(database());
  EXPECT_EQ(row_of(all->table, 2)["published row"], "");
  EXPECT_EQ(row_of(all->table, 1)["top-1 change, points"], "");
}

TEST_F(ReducedPrecisionTable, StandsInTextAndInMarkdown) {
  const ReducedPrecision all = *precisions(database());
  EXPECT_EQ(markdown_of(all).rfind("| precision | weight bits |", 0), 0U);
  EXPECT_NE(markdown_of(all).find("\n| fixed8 | 8 | 8 |"), std::string::npos);
  EXPECT_NE(markdown_of(all).find("\nEnergy by layer, mJ, DRAM included: stripes\n\n| precision | conv1 |"),
            std::string::npos);
  EXPECT_EQ(text_of(all).rfind("precision  weight bits", 0), 0U);
}

TEST_F(ReducedPrecisionTable, RefusesSourcesThatAreNotSound) {
  const std::string file = database();
  sources.measured_folder = scratch.path("none");
  EXPECT_EQ(error_of([&] { precisions(file); }), scratch.path("none") + ": no folder that can be read");
}

}  // namespace
}  // namespace lacuna
