// SPDX-License-Identifier: Apache-2.0
// Accelergy's tables as prices: imported by the program, and priced with by it.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

const std::string kData = LACUNA_SOURCE_DIR "/tests/data/accelergy/";

class Import : public testing::Test {
 protected:
  ProgramOutcome run(const Words& words) { return run_program(words, {folder.path(), {}, {}}); }
  ProgramOutcome import_example(const std::string& table, Words more) {
    Words words = {"import", kData + table, "--map", kData + "eyeriss_like.json"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Json read(const std::string& file) { return Json::parse(bytes_of(folder.path(file))); }

  ScratchFolder folder;
};

TEST_F(Import, PricesAnEyerissLikeChipWithThePublishedFigures) {
  const ProgramOutcome outcome = import_example("ERT.yaml", {"--chip", "eyeriss", "--out", "new/prices.json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "written: new/prices.json\n");
  EXPECT_EQ(run({"check", "new/prices.json"}).out, "new/prices.json: price table ok\n");
  const ProgramOutcome priced =
      run({"run", "--chip", "eyeriss", "--network", "tiny", "--energy", "new/prices.json", "--out", "out"});
  ASSERT_EQ(priced.code, 0) << priced.err;
  const Json result = read("out/result.json");
  const Json& events = result["totals"]["prices"][0]["events"];
  EXPECT_EQ(events["mac.op"]["value_pj"], 2.2);
  EXPECT_EQ(events["mac.gated"]["value_pj"], 0.066);
  EXPECT_EQ(events["filter_spad.write"]["value_pj"], 1.131);
  EXPECT_EQ(events["psum_spad.drain"]["value_pj"], 0.253);
  EXPECT_DOUBLE_EQ(events["global_buffer.ifmap_read"]["value_pj"], 49.17 / 64 * 16);  // a word of 16 of 64 bits
  EXPECT_DOUBLE_EQ(events["global_buffer.psum_write"]["value_pj"], 37.16 / 64 * 16);
  EXPECT_EQ(events["dram.read_bit"]["value_pj"], 8.0);  // 512 / 64
  const Json& layer = result["layers"][0];
  // The MACs' energy is counts times prices, and nothing else.
  EXPECT_DOUBLE_EQ(layer["energy_pj"]["mac"].get<double>(),
                   layer["counts"]["mac.op"].get<double>() * 2.2 + layer["counts"]["mac.gated"].get<double>() * 0.066);
  EXPECT_FALSE(layer["energy_pj"].contains("leakage"));
}

TEST_F(Import, TakesTheSameFiguresFromASummary) {
  ASSERT_EQ(import_example("ERT.yaml", {"--chip", "eyeriss", "--out", "whole.json"}).code, 0);
  const ProgramOutcome outcome = import_example("ERT_summary.yaml", {"--chip", "eyeriss"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "written: accelergy_45nm.json\n");  // the map's name
  const Json whole = read("whole.json")["prices"];
  const Json summary = read("accelergy_45nm.json")["prices"];
  ASSERT_EQ(whole.size(), summary.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_EQ(whole[i].value("terms", Json()), summary[i].value("terms", Json())) << whole[i];
  }
}

TEST_F(Import, BindsThePricesToTheSizesOfTheChip) {
  ASSERT_EQ(import_example("ERT.yaml", {"--chip", "eyeriss", "--out", "prices.json"}).code, 0);
  const ProgramOutcome other = run({"run", "--chip", "eyeriss", "--network", "tiny", "--energy", "prices.json", "--set",
                                    "/chip/array/ifmap_spad_words=16", "--out", "out"});
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find("ifmap_spad words = 16 is outside 12 to 12"), std::string::npos) << other.err;
}

TEST_F(Import, TakesAreasAndWritesOverAnOlderTableAsAWhole) {
  folder.write("prices.json", "an older one");
  const std::string map = bytes_of(kData + "eyeriss_like.json");
  Json changed = Json::parse(map);
  changed["units"]["mac"]["area"] = {"eyeriss.PE.mac"};
  changed["covered_area"] = {};
  for (const char* kind :
       {"sram", "mac", "register_file", "dram", "adder", "fifo", "noc", "codec", "post_processing"}) {
    changed["covered_area"][kind] = "not published";
  }
  folder.write("map.json", changed.dump());
  const Words words = {"import", kData + "ERT.yaml", "--art", kData + "ART.yaml", "--map", "map.json",
                       "--chip", "eyeriss",          "--out", "prices.json"};
  const ProgramOutcome outcome = run(words);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(names_below(folder.path()), (Words{"map.json", "prices.json"}));
  ASSERT_EQ(run({"run", "--chip", "eyeriss", "--network", "tiny", "--energy", "prices.json", "--out", "out"}).code, 0);
  const Json area = read("out/result.json")["totals"]["prices"][0]["area"];
  EXPECT_DOUBLE_EQ(area["mac"]["value_um2"], 168 * 1239.5);
}

TEST_F(Import, OnAFullDiskLeavesTheOlderTable) {
  folder.write("prices.json", "an older one");
  const Words words = {"import", kData + "ERT.yaml", "--map", kData + "eyeriss_like.json",
                       "--chip", "eyeriss",          "--out", "prices.json"};
  const ProgramOutcome outcome = run_program(words, {folder.path(), {}, 64});
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  EXPECT_EQ(bytes_of(folder.path("prices.json")), "an older one");
  EXPECT_EQ(names_below(folder.path()), Words{"prices.json"});
}

}  // namespace
}  // namespace lacuna
