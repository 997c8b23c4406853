// SPDX-License-Identifier: Apache-2.0
// `--wave`: the VCD is one that a viewer reads, with half cycles in it and nothing outside its window.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <sstream>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Names = std::vector<std::string>;

constexpr std::int64_t kPeriodPs = 5000;  // 200 MHz

/// A value change dump (IEEE 1364, clause 18), read strictly enough to see one that is none.
class Vcd {
 public:
  explicit Vcd(const std::string& text) : words_(text) {
    for (std::string word; words_ >> word;) {
      if (word[0] == '$') {
        take_keyword(word);
      } else if (word[0] == '#') {
        take_time(word.substr(1));
      } else {
        take_change(word);
      }
    }
  }

  std::string timescale;
  std::map<std::string, std::int64_t> width_of;  ///< by code
  std::map<std::string, std::string> code_of;    ///< by name
  std::vector<std::int64_t> times;
  std::map<std::string, std::vector<std::pair<std::int64_t, std::string>>> changes;  ///< by code: time and value

 private:
  void take_keyword(const std::string& keyword) {
    if (keyword == "$dumpvars" || keyword == "$end") return;
    Names words;
    for (std::string word; words_ >> word && word != "$end";) words.push_back(word);
    if (keyword == "$timescale" && words.size() == 2) timescale = words[0] + " " + words[1];
    if (keyword == "$enddefinitions") defined_ = true;
    if (keyword != "$var") return;
    ASSERT_GE(words.size(), 4U);
    EXPECT_FALSE(defined_);
    EXPECT_TRUE(width_of.emplace(words[2], std::atoll(words[1].c_str())).second) << words[2] << " twice";
    code_of[words[3]] = words[2];
  }
  void take_time(const std::string& digits) {
    EXPECT_EQ(digits.find_first_not_of("0123456789"), std::string::npos) << digits;
    times.push_back(std::atoll(digits.c_str()));
  }
  void take_change(const std::string& word) {
    EXPECT_TRUE(defined_) << word;
    std::string value = word.substr(0, 1);
    std::string code = word.substr(1);
    if (word[0] == 'b') {
      value = word.substr(1);
      words_ >> code;
    }
    ASSERT_EQ(width_of.count(code), 1U) << "a change of no variable: " << word;
    EXPECT_EQ(value.find_first_not_of("01xz"), std::string::npos) << word;
    EXPECT_LE(value.size(), static_cast<std::size_t>(width_of[code])) << word;
    changes[code].emplace_back(times.empty() ? -1 : times.back(), value);
  }

  std::istringstream words_;
  bool defined_ = false;
};

/// The VCD of tiny's conv1 in a window.
Vcd vcd_of(const ScratchFolder& folder, const std::string& window) {
  const ProgramOutcome outcome = run_program({"run", "--chip", "eyeriss", "--network", "tiny", "--layers", "conv1",
                                              "--wave", "conv1:" + window, "--out", "out"},
                                             {folder.path(), {}, {}});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find(", out/conv1.vcd\n"), std::string::npos) << outcome.out;
  EXPECT_EQ(names_below(folder.path()), (Names{"out/conv1.vcd", "out/layers.csv", "out/pes.csv", "out/result.json"}));
  return Vcd(bytes_of(folder.path("out/conv1.vcd")));
}

TEST(Wave, WritesAVcdOfTheWindowAloneWithHalfCycles) {
  const ScratchFolder folder;
  const Vcd vcd = vcd_of(folder, "0-500");
  EXPECT_EQ(vcd.timescale, "1 ps");
  ASSERT_EQ(vcd.code_of.count("clk"), 1U);
  ASSERT_EQ(vcd.code_of.count("link_data"), 1U);
  EXPECT_EQ(vcd.width_of.at(vcd.code_of.at("clk")), 1);
  EXPECT_EQ(vcd.width_of.at(vcd.code_of.at("link_data")), 64);
  ASSERT_FALSE(vcd.times.empty());
  for (std::size_t i = 1; i < vcd.times.size(); ++i) ASSERT_GT(vcd.times[i], vcd.times[i - 1]);
  EXPECT_EQ(vcd.times.back(), 501 * kPeriodPs);  // the end of cycle 500
  bool rose = false;
  for (const auto& [time, value] : vcd.changes.at(vcd.code_of.at("clk"))) {
    if (time < 0) continue;                                         // the values at the start
    EXPECT_EQ(time % kPeriodPs, value == "1" ? kPeriodPs / 2 : 0);  // rises in the middle of a cycle
    rose = rose || value == "1";
  }
  EXPECT_TRUE(rose);
}

TEST(Wave, WindowInTheMiddleSeesTheSameChangesAsOneFromTheStart) {
  const ScratchFolder folder;
  // The array works from cycle 1100 on: before, it waits for the link.
  const Vcd whole = vcd_of(folder, "0-1400");
  const Vcd part = vcd_of(folder, "1300-1350");
  const std::int64_t begin = 1300 * kPeriodPs;
  const std::int64_t end = 1351 * kPeriodPs;
  EXPECT_GE(part.times.front(), begin);
  EXPECT_EQ(part.times.back(), end);
  std::size_t compared = 0;
  for (const auto& [name, code] : whole.code_of) {
    ASSERT_EQ(part.code_of.count(name), 1U) << name;
    std::vector<std::pair<std::int64_t, std::string>> expected;
    for (const auto& change : whole.changes.at(code)) {
      if (change.first > begin && change.first < end) expected.push_back(change);
    }
    std::vector<std::pair<std::int64_t, std::string>> found;
    for (const auto& change : part.changes.at(part.code_of.at(name))) {
      if (change.first > begin && change.first < end) found.push_back(change);
    }
    EXPECT_EQ(found, expected) << name;
    compared += expected.size();
  }
  EXPECT_GT(compared, 100U);
}

TEST(Wave, ChangesNoResult) {
  const ScratchFolder folder;
  vcd_of(folder, "0-500");
  const ProgramOutcome plain = run_program(
      {"run", "--chip", "eyeriss", "--network", "tiny", "--layers", "conv1", "--level", "clocked", "--out", "plain"},
      {folder.path(), {}, {}});
  ASSERT_EQ(plain.code, 0);
  EXPECT_EQ(bytes_of(folder.path("plain/result.json")), bytes_of(folder.path("out/result.json")));
}

}  // namespace
}  // namespace lacuna
