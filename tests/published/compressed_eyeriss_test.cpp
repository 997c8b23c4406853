// SPDX-License-Identifier: Apache-2.0
// The table in the page of eyeriss_compressed is what the two chips give.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/printed.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

Json layers_of(const ScratchFolder& folder, std::vector<std::string> chip) {
  std::vector<std::string> line = {"run", "--network", "alexnet", "--no-check-values", "--out", "r"};
  line.insert(line.end(), chip.begin(), chip.end());
  const ProgramOutcome outcome = run_program(line, {folder.path(), {{"LACUNA_CACHE", folder.path("cache")}}, {}});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return Json::parse(bytes_of(folder.path("r/result.json")))["layers"];
}

/// A row of the page: a figure of each chip, side by side.
std::string row_of(const Json& dense, const Json& compressed) {
  struct Figure {
    const char* field;
    double unit;
    int decimals;
  };
  std::string row = "| " + dense["name"].get<std::string>();
  for (const Figure& figure : {Figure{"processing_cycles", 1, 0}, Figure{"total_ms", 1, 2},
                               Figure{"dram_read_bytes", 1e6, 2}, Figure{"energy_total_pj", 1e9, 3}}) {
    for (const Json& layer : {dense, compressed}) {
      row += " | " + printed(layer[figure.field].get<double>() / figure.unit, figure.decimals);
    }
  }
  return row + " |\n";
}

TEST(CompressedEyeriss, HasTheFiguresOfItsPageLayerByLayer) {
  const ScratchFolder folder;
  const Json dense = layers_of(folder, {"--chip", "eyeriss", "--energy", "generic_45nm"});
  const Json compressed = layers_of(folder, {"--chip", "eyeriss_compressed", "--precision", "deep_compression"});
  const std::string page = bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eyeriss_compressed.md");
  int rows = 0;
  for (std::size_t layer = 0; layer < dense.size(); ++layer) {
    if (dense[layer]["macs_total"] == 0) continue;  // host work
    ++rows;
    const std::string row = row_of(dense[layer], compressed[layer]);
    EXPECT_NE(page.find(row), std::string::npos) << row;
    // The outputs are the same: 4 and 8-bit codes hold the trained values, which are shared, exactly.
    EXPECT_EQ(dense[layer]["output_sha256"], compressed[layer]["output_sha256"]);
    EXPECT_EQ(dense[layer]["macs_gated"], compressed[layer]["macs_gated"]);
  }
  EXPECT_EQ(rows, 8);
}

}  // namespace
}  // namespace lacuna
