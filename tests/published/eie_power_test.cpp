// SPDX-License-Identifier: Apache-2.0
// The calibrated prices of EIE give its blocks their published powers in the steady state that the paper states, and
// the table in the chip's page is what they give on its layers.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr double kClockGhz = 0.8;
constexpr int kPes = 64;

/// A block of a PE: its published power (Han et al., ISCA 2016, Table II), and the component that it is here.
struct Block {
  const char* name;
  const char* component;
  double published_mw;
};
const std::vector<Block>& blocks() {
  static const std::vector<Block> all = {{"queue", "noc", 0.112},
                                         {"PtrRead", "pointer", 1.807},
                                         {"SpmatRead", "spmat", 4.955},
                                         {"Arithm", "mac", 1.162},
                                         {"ActRW", "psum_register", 1.122}};
  return all;
}

double price_of(const Json& table, const std::string& unit, const std::string& action) {
  for (const Json& price : table["prices"]) {
    const bool of_unit = price.contains("units") ? price["units"][0] == unit : price["class"] == unit;
    const Json& actions = price["actions"];
    if (of_unit && std::find(actions.begin(), actions.end(), action) != actions.end()) {
      return price["terms"][0]["value_pj"];
    }
  }
  return NAN;
}

TEST(EiePower, OfEachBlockIsThePublishedOneWhereARowAndAPairOfPointersLastEightCycles) {
  const Json table = Json::parse(bytes_of(LACUNA_SOURCE_DIR "/configs/energy/eie_45nm.json"));
  const std::map<std::string, double> pj_per_cycle = {
      {"queue", price_of(table, "activation_queue", "push") / 8},
      {"PtrRead", 2 * price_of(table, "pointer", "read") / 8},
      {"SpmatRead", price_of(table, "spmat", "read") / 8},
      {"Arithm", price_of(table, "mac", "op")},
      {"ActRW", price_of(table, "psum_register", "read") + price_of(table, "psum_register", "write")}};
  for (const Block& block : blocks()) {
    EXPECT_NEAR(pj_per_cycle.at(block.name) * kClockGhz, block.published_mw, 0.0005) << block.name;
  }
}

TEST(EiePower, OfItsLayersIsThatOfThePage) {
  const ScratchFolder folder;
  const ProgramOutcome outcome =
      run_program({"run", "--chip", "eie", "--network", "alexnet", "--layers", "fc6,fc7,fc8", "--energy", "eie_45nm",
                   "--mapping", "eie_batches", "--stimulus", "eie_table_iii", "--no-check-values", "--out", "r"},
                  {folder.path(), {{"LACUNA_CACHE", folder.path("cache")}}, {}});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string page = bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eie.md");
  const Json result = Json::parse(bytes_of(folder.path("r/result.json")));
  for (const Json& layer : result["layers"]) {
    std::string row = "| " + layer["name"].get<std::string>();
    double sum = 0.0;
    const auto put = [&row](double mw) {
      char text[32];
      std::snprintf(text, sizeof text, " | %.2f", mw);
      row += text;
    };
    for (const Block& block : blocks()) {
      const double energy_pj = layer["energy_pj"][block.component];
      const double mw = energy_pj / layer["processing_ms"].get<double>() / 1e6 / kPes;
      sum += mw;
      put(mw);
    }
    put(sum);
    EXPECT_NE(page.find(row + " |\n"), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace lacuna
