// SPDX-License-Identifier: Apache-2.0
// Every figure in the page of a shipped sweep is what its query gives on the sweep's database.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "sim/config/data_path.hpp"
#include "tests/support/printed.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

class SweepFindings : public testing::TestWithParam<std::string> {};

/// A number with as many decimals as `like` has.
std::string printed_like(double value, const std::string& like) {
  const std::size_t point = like.find('.');
  return printed(value, point == std::string::npos ? 0 : static_cast<int>(like.size() - point - 1));
}

TEST_P(SweepFindings, AreWhatItsDatabaseSays) {
  const ScratchFolder folder;
  ProgramSetting setting{folder.path(), {{"LACUNA_CACHE", folder.path("cache")}}, {}};
  const ProgramOutcome outcome = run_program({"sweep", GetParam(), "--out", "s.db"}, setting);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string page_file = std::string(LACUNA_SOURCE_DIR "/configs/sweeps/") + GetParam() + ".md";
  const std::string page = bytes_of(page_file);
  const std::string file = bytes_of(std::string(LACUNA_SOURCE_DIR "/configs/sweeps/") + GetParam() + ".json");
  const std::string finding = nlohmann::json::parse(file)["finding"];
  EXPECT_NE(page.find("**Finding.** " + finding + "\n"), std::string::npos) << "page and file tell two things";
  const SQLite::Database database(folder.path("s.db"));
  const std::regex row(R"(\| [^|]+ \| `(SELECT [^`]+)` \| ([0-9.]+) \|)");
  int figures = 0;
  for (std::sregex_iterator match(page.begin(), page.end(), row), end; match != end; ++match, ++figures) {
    SQLite::Statement query(database, (*match)[1].str());
    ASSERT_TRUE(query.executeStep()) << (*match)[1];
    EXPECT_EQ(printed_like(query.getColumn(0).getDouble(), (*match)[2].str()), (*match)[2].str()) << (*match)[1];
  }
  EXPECT_GE(figures, 5) << "a finding rests on figures";
  if (page.find("<!-- begin precisions -->") == std::string::npos) return;
  const ProgramOutcome table = run_program({"report", "s.db", "--check", page_file}, setting);
  EXPECT_EQ(table.code, 0) << table.out << table.err;
}

INSTANTIATE_TEST_SUITE_P(Shipped, SweepFindings, testing::ValuesIn(data_names(DataKind::sweep)),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace lacuna
