// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "hw/base/error.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/row_stationary_layer.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kPeriodPs = 5000;  // 1 / 200 MHz

RowStationaryLayer small_layer() {
  RowStationaryLayer c;
  c.shape = {1, 2, 2, 1, 6, 6, 3, 3, 1, 0};
  return c;
}

/// What a VCD file says: its time unit, the names of its variables, and the times at which each changed.
struct Vcd {
  std::string timescale;
  std::map<std::string, std::string> code_of;
  std::vector<std::int64_t> times;
  std::map<std::string, std::vector<std::pair<std::int64_t, std::string>>> changes;  ///< by code: time, value

  explicit Vcd(const std::string& path) {
    std::ifstream file(path);
    EXPECT_TRUE(file.is_open()) << path;
    std::string token;
    std::string scope;  // "SystemC" at the top, names with dots below it
    while (file >> token) {
      if (token == "$scope") {
        std::string type;
        std::string name;
        file >> type >> name;
        scope += name + ".";
      } else if (token == "$upscope") {
        scope.erase(scope.rfind('.', scope.size() - 2) + 1);
      } else if (token == "$timescale") {
        for (file >> token; token != "$end"; file >> token) timescale += token;
      } else if (token == "$var") {
        std::string type;
        std::string width;
        std::string code;
        std::string name;
        file >> type >> width >> code >> name;
        code_of[scope + name] = code;
      } else if (token[0] == '#') {
        times.push_back(std::stoll(token.substr(1)));
      } else if (!times.empty() && (token[0] == '0' || token[0] == '1')) {
        changes[token.substr(1)].emplace_back(times.back(), token.substr(0, 1));
      }
    }
  }
};

TEST(Wave, ShowsTheClockWithItsHalfCyclesInTheWindowAndNothingOutsideIt) {
  const ScratchFolder folder;
  const RowStationaryLayer layer = small_layer();
  // Filters go out at the start of the pass: the clock runs from there on.
  const std::int64_t first = layer.run().passes.front().start;
  const std::int64_t last = first + 9;
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), first, last};
  layer.run(hooks);
  const Vcd vcd(folder.path("wave.vcd"));
  EXPECT_EQ(vcd.timescale, "1ps");
  ASSERT_FALSE(vcd.times.empty());
  EXPECT_GE(vcd.times.front(), first * kPeriodPs);
  EXPECT_LE(vcd.times.back(), (last + 1) * kPeriodPs);
  ASSERT_EQ(vcd.code_of.count("SystemC.clk"), 1U);
  std::vector<std::int64_t> rises;
  std::vector<std::int64_t> falls;
  for (const auto& [time, value] : vcd.changes.at(vcd.code_of.at("SystemC.clk"))) {
    (value == "1" ? rises : falls).push_back(time);
  }
  for (std::int64_t edge = first; edge <= last; ++edge) {
    const std::int64_t rise = edge * kPeriodPs + kPeriodPs / 2;
    EXPECT_EQ(std::count(rises.begin(), rises.end(), rise), 1) << "edge " << edge;
    if (edge == last) break;  // it falls at the end of the window
    EXPECT_EQ(std::count(falls.begin(), falls.end(), rise + kPeriodPs / 2), 1) << "edge " << edge;
  }
  EXPECT_EQ(static_cast<std::int64_t>(rises.size()), last - first + 1);
}

TEST(Wave, ShowsTheLinkTheBusesAndThePes) {
  const ScratchFolder folder;
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), 0, 20};
  small_layer().run(hooks);
  const Vcd vcd(folder.path("wave.vcd"));
  for (const std::string name : {"link_data", "link_busy", "passes_allowed", "array.filter_beat.word0",
                                 "array.ifmap_beat.sequence", "array.psum_in_beat.lanes", "array.ifmap_taken_0"}) {
    EXPECT_EQ(vcd.code_of.count("SystemC." + name), 1U) << name;
  }
}

TEST(Wave, ChangesNoResult) {
  const ScratchFolder folder;
  const RowStationaryLayer layer = small_layer();
  const LayerRun plain = layer.run();
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), 30, 60};
  const LayerRun traced = layer.run(hooks);
  EXPECT_EQ(traced.total_cycles, plain.total_cycles);
  EXPECT_EQ(traced.counts, plain.counts);
  EXPECT_EQ(traced.ofmap, plain.ofmap);
}

TEST(Wave, AWindowBehindTheEndOfTheLayerShowsNothingOfTheLayerAndDoesNoHarm) {
  const ScratchFolder folder;
  const RowStationaryLayer layer = small_layer();
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), 1'000'000, 1'000'010};
  EXPECT_EQ(layer.run(hooks).ofmap, layer.expected());
  for (const std::int64_t time : Vcd(folder.path("wave.vcd")).times) EXPECT_GE(time, 1'000'000 * kPeriodPs);
}

TEST(Wave, ADeadlockBeforeTheWindowIsReportedAsADeadlock) {
  const ScratchFolder folder;
  RowStationaryLayer layer = small_layer();
  layer.array().ifmap_fifo_words = 1;
  RunHooks hooks;
  hooks.faults.ifmap_credit.arm(5);
  hooks.wave = {folder.path("wave"), 1'000'000, 1'000'010};
  EXPECT_EQ(error_of([&] { layer.run(hooks); }).find("layer layer: the machine is deadlocked in cycle "), 0U);
}

TEST(Wave, AFileThatCannotBeWrittenIsAFailedRun) {
  const ScratchFolder folder;
  RunHooks hooks;
  hooks.wave = {folder.path("missing/wave"), 0, 10};
  EXPECT_EQ(error_of([&] { small_layer().run(hooks); }),
            "layer layer: cannot write " + folder.path("missing/wave") + ".vcd");
}

}  // namespace
}  // namespace lacuna::test
