// SPDX-License-Identifier: Apache-2.0
// Every figure in the page of eyeriss_v2_pe is what runs of AlexNet give, and its mapping takes all that fits.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/printed.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Layers = std::map<std::string, Json>;  // those with MACs, by name

class EyerissV2Pe : public testing::Test {
 protected:
  ProgramOutcome run(const std::vector<std::string>& options) const {
    std::vector<std::string> line = {"run",   "--chip", "eyeriss_v2_pe", "--network", "alexnet", "--no-check-values",
                                     "--out", "r"};
    line.insert(line.end(), options.begin(), options.end());
    return run_program(line, {folder.path(), {{"LACUNA_CACHE", folder.path("cache")}}, {}});
  }
  Layers layers_of(const std::vector<std::string>& options) const {
    const ProgramOutcome outcome = run(options);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    Layers layers;
    const Json result = Json::parse(bytes_of(folder.path("r/result.json")));
    for (const Json& layer : result["layers"]) {
      if (layer["macs_total"] != 0) layers[layer["name"]] = layer;
    }
    return layers;
  }
  void expect_row(const std::string& row) const { EXPECT_NE(page.find(row), std::string::npos) << row; }
  /// Words that the page says, wherever its lines break.
  void expect_words(const std::string& words) const {
    std::string prose = page;
    std::replace(prose.begin(), prose.end(), '\n', ' ');
    EXPECT_NE(prose.find(words), std::string::npos) << words;
  }

  const ScratchFolder folder;
  const std::string page = bytes_of(LACUNA_SOURCE_DIR "/configs/chips/eyeriss_v2_pe.md");
};

std::int64_t processing(const Json& layer) { return layer["processing_cycles"]; }

/// Cycles in which a PE of so many MACs is on weights: with the odd last one of a column, one of two does nothing.
std::int64_t on_weights(const Json& layer, std::int64_t macs) {
  return (layer["macs_performed"].get<std::int64_t>() + layer["macs_gated"].get<std::int64_t>() +
          layer["stall_cycles"]["pairing"].get<std::int64_t>()) /
         macs;
}

std::string percent(double part, double whole, int decimals) { return printed(100 * part / whole, decimals) + " %"; }

TEST_F(EyerissV2Pe, HasTheCyclesOfItsPageLayerByLayer) {
  const Layers two = layers_of({});
  const Layers one = layers_of({"--set", "/chip/array/macs=1"});
  ASSERT_EQ(two.size(), 8U);
  for (const auto& [name, layer] : two) {
    const Json& single = one.at(name);
    EXPECT_EQ(layer["output_sha256"], single["output_sha256"]);
    const double total = layer["macs_total"];
    expect_row("| " + name + " | " + with_commas(layer["macs_total"]) + " | " +
               percent(total - layer["macs_skipped"].get<double>(), total, 1) + " | " +
               with_commas(on_weights(single, 1)) + " | " + with_commas(processing(single)) + " | " +
               with_commas(on_weights(layer, 2)) + " | " + with_commas(processing(layer)) + " | " +
               printed(static_cast<double>(processing(single)) / static_cast<double>(processing(layer)), 2) + " |\n");
  }
}

TEST_F(EyerissV2Pe, SpendsItsEnergyInTheBufferAndTheCyclesOfFcLayersOnWeightsAndPsumsAsItsPageSays) {
  const Layers layers = layers_of({});
  double buffer = 0;
  double chip = 0;
  for (const auto& [name, layer] : layers) {
    if (layer["kind"] != "conv") continue;
    buffer += layer["energy_pj"]["global_buffer"].get<double>();
    chip += layer["energy_chip_pj"].get<double>();
  }
  expect_words("the buffer takes " + percent(buffer, chip, 0) + " of the chip's energy in conv layers");

  const Json events = Json::parse(bytes_of(folder.path("r/result.json")))["totals"]["prices"][0]["events"];
  const auto pj = [&events](const char* event) { return printed(events[event]["value_pj"], 1) + " pJ"; };
  expect_words(pj("global_buffer.psum_read") + " a read and " + pj("global_buffer.psum_write") + " a write");

  const Json& fc6 = layers.at("fc6");
  const Json& stalls = fc6["stall_cycles"];
  const auto cycles = [](const Json& of_macs) { return of_macs.get<double>() / 2; };  // of the two MACs
  const auto all = static_cast<double>(processing(fc6));
  expect_words("weights that come take " + percent(cycles(stalls["weights"]), all, 0));
  expect_words("and leave (`barrier`) " + percent(cycles(stalls["window"]) + cycles(stalls["barrier"]), all, 0));
  expect_words(", work " + percent(static_cast<double>(on_weights(fc6, 2)), all, 0));
}

TEST_F(EyerissV2Pe, GainsFromMorePesUntilTheirWeightsDominateAsItsPageSays) {
  const auto fc6_with = [this](const std::string& pes) {
    return static_cast<double>(processing(layers_of({"--layers", "fc6", "--set", "/chip/array/pes=" + pes}).at("fc6")));
  };
  const double one = fc6_with("1");
  expect_words("With 192 PEs fc6 is processed " + printed(one / fc6_with("192"), 2) + " times as fast");
  expect_words("with 1000 only " + printed(one / fc6_with("1000"), 2) + " times");
}

TEST_F(EyerissV2Pe, HasTheFiguresOfItsPageWithTheMappingForPrunedWeights) {
  const Layers by_default = layers_of({});
  const Layers pruned = layers_of({"--mapping", "eyeriss_v2_pe_pruned"});
  const Json mapping = Json::parse(bytes_of(LACUNA_SOURCE_DIR "/configs/mappings/eyeriss_v2_pe_pruned.json"));
  ASSERT_EQ(mapping["layers"].size(), by_default.size());
  for (const auto& [name, layer] : pruned) {
    const Json& before = by_default.at(name);
    EXPECT_EQ(layer["output_sha256"], before["output_sha256"]);
    EXPECT_EQ(layer["macs_performed"], before["macs_performed"]);
    const double ms = layer["total_ms"];
    expect_row("| " + name + " | " + std::to_string(mapping["layers"][name]["k"].get<int>()) + " | " +
               with_commas(processing(layer)) + " | " +
               percent(static_cast<double>(processing(layer)), static_cast<double>(processing(before)), 1) + " | " +
               printed(ms, 2) + " | " + percent(ms, before["total_ms"], 1) + " |\n");
  }
}

TEST_F(EyerissV2Pe, HasNoRoomForTwoMoreChannelsThanInTheMappingForPrunedWeights) {
  const Json shipped = Json::parse(bytes_of(LACUNA_SOURCE_DIR "/configs/mappings/eyeriss_v2_pe_pruned.json"));
  for (const auto& [name, entry] : shipped["layers"].items()) {
    EXPECT_EQ(entry["t"], 15) << "the most that addresses of 4 bits count";
    Json more = shipped;
    more["name"] = "more";
    more["layers"][name]["k"] = entry["k"].get<int>() + 2;
    std::ofstream(folder.path("more.json")) << more;
    const ProgramOutcome outcome = run({"--layers", name, "--mapping", "more.json"});
    EXPECT_EQ(outcome.code, 2) << name;
    const std::string why = entry["k"] == 32 ? "but /chip/array/psum_entries gives 32" : "a PE would hold ";
    EXPECT_NE(outcome.err.find(why), std::string::npos) << name << ": " << outcome.err;
  }
}

}  // namespace
}  // namespace lacuna
