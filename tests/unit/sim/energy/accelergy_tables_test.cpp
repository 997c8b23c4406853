// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/accelergy_tables.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

class AccelergyFile : public ::testing::Test {
 protected:
  AccelergyTable energies(const std::string& text) { return load_accelergy_energies(folder.write("ERT.yaml", text)); }
  AccelergyTable areas(const std::string& text) { return load_accelergy_areas(folder.write("ART.yaml", text)); }
  /// What is wrong with a table of energies, without the file's folder.
  std::string refusal(const std::string& text) {
    const std::string message = error_of([&] { energies(text); });
    return message.substr(message.rfind("ERT.yaml: ") + 10);
  }
  /// One component with these actions.
  static std::string with_actions(const std::string& actions) {
    return "ERT: {version: 0.3, tables: [{name: buffer, actions: [" + actions + "]}]}\n";
  }
  Estimate pj(const std::string& actions) {
    return energies(with_actions(actions)).components.at(0).actions.at("read").pj;
  }

  ScratchFolder folder;
};

TEST_F(AccelergyFile, OfOneRowAnActionHasOneEnergyAndNoRange) {
  const AccelergyTable table = energies(with_actions("{name: read, arguments: null, energy: 1.5e+1}"));
  EXPECT_EQ(table.file, "ERT.yaml");
  const AccelergyAction& read = table.components.at(0).actions.at("read");
  EXPECT_EQ(read.pj.value, 15.0);
  EXPECT_EQ(read.pj.low, 15.0);
  EXPECT_EQ(read.pj.high, 15.0);
  EXPECT_EQ(read.range, "");
}

TEST_F(AccelergyFile, OfSeveralRowsAnActionHasTheirAverageAndReachesFromLeastToGreatest) {
  const std::string rows =
      "{name: read, arguments: {address_delta: 0, data_delta: 0}, energy: 3},"
      "{name: read, arguments: {address_delta: 0, data_delta: 1}, energy: 5},"
      "{name: read, arguments: {address_delta: 1, data_delta: 1}, energy: 10}";
  const AccelergyAction read = energies(with_actions(rows)).components.at(0).actions.at("read");
  EXPECT_EQ(read.pj.value, 6.0);  // (3 + 5 + 10) / 3
  EXPECT_EQ(read.pj.low, 3.0);
  EXPECT_EQ(read.pj.high, 10.0);
  EXPECT_EQ(read.range, "average of 3 rows of arguments, range from the least to the greatest");
}

TEST_F(AccelergyFile, AnAverageOfEqualRowsIsNotRoundedPastThem) {
  const Estimate equal =
      pj("{name: read, arguments: {d: 0}, energy: 0.1}, {name: read, arguments: {d: 1}, energy: 0.1},"
         "{name: read, arguments: {d: 2}, energy: 0.1}");  // 0.1 + 0.1 + 0.1 > 0.3 in double
  EXPECT_EQ(equal.value, 0.1);
  EXPECT_EQ(equal.high, 0.1);
}

TEST_F(AccelergyFile, ASummaryStatesAverageMinimumAndMaximumItself) {
  const AccelergyTable table = energies(
      "ERT_summary:\n  version: '0.4'\n  table_summary:\n  - name: buffer\n    actions:\n"
      "    - {name: read, average_energy: 4.667, max_energy: 7, min_energy: 3}\n    - {name: idle, energy: 0}\n"
      "    primitive_estimation(s): dummy_table\n");
  const AccelergyAction& read = table.components.at(0).actions.at("read");
  EXPECT_EQ(read.pj.value, 4.667);
  EXPECT_EQ(read.pj.low, 3.0);
  EXPECT_EQ(read.pj.high, 7.0);
  EXPECT_EQ(read.range, "average, range from minimum to maximum, as the summary states them");
  EXPECT_EQ(table.components.at(0).actions.at("idle").pj.high, 0.0);
}

TEST_F(AccelergyFile, AreasAreReadFromATableAndFromItsSummary) {
  EXPECT_EQ(areas("ART: {version: 0.3, tables: [{name: mac, area: 1239.5}]}").components.at(0).area_um2, 1239.5);
  EXPECT_EQ(areas("ART_summary:\n  table_summary:\n  - {name: mac, area: 7, primitive_estimations: dummy}\n")
                .components.at(0)
                .area_um2,
            7.0);
}

TEST_F(AccelergyFile, ComponentsAreFoundWithoutTheirInstancesAndInFullWhereTheseTellThemApart) {
  const AccelergyTable table = energies(
      "ERT: {version: 0.3, tables: [{name: 'c.PE[0..167].mac[1..1]', actions: []}, {name: 'c.pe[0..3].mac', actions: "
      "[]},"
      "{name: 'c.pe[4..7].mac', actions: []}]}");
  const auto found = [&](const std::string& name) {
    const JsonDocument map = JsonDocument::parse("\"" + name + "\"", "map.json");
    return table.find(map.view()).name;
  };
  EXPECT_EQ(found("c.PE.mac"), "c.PE[0..167].mac[1..1]");
  EXPECT_EQ(found("c.pe[4..7].mac"), "c.pe[4..7].mac");
  EXPECT_EQ(error_of([&] { found("c.pe.mac"); }),
            "map.json: found 'c.pe.mac', which is several components of ERT.yaml; allowed one of c.pe[0..3].mac, "
            "c.pe[4..7].mac");
  EXPECT_EQ(error_of([&] { found("c.PE.mca"); }),
            "map.json: unknown component of ERT.yaml, found 'c.PE.mca'; allowed c.PE.mac, c.pe.mac; did you mean "
            "'c.PE.mac'?");
}

TEST_F(AccelergyFile, NumbersAreThoseThatAreWrittenAsNumbers) {
  EXPECT_EQ(pj("{name: read, energy: +2.5}").value, 2.5);
  EXPECT_EQ(pj("{name: read, energy: 0}").value, 0.0);
  for (const char* energy : {"'2.5'", "two", ".inf", ".nan", "1e999", "true", "null", "[1]"}) {
    EXPECT_NE(refusal(with_actions(std::string("{name: read, energy: ") + energy + "}"))
                  .find("/ERT/tables/0/actions/0/energy: wrong type, found "),
              std::string::npos)
        << energy;
  }
  EXPECT_EQ(refusal(with_actions("{name: read, energy: -1}")),
            "/ERT/tables/0/actions/0/energy: out of range, found -1; allowed a number of at least 0.0");
}

TEST_F(AccelergyFile, RowsAndComponentsThatStandTwiceAreRefused) {
  EXPECT_EQ(refusal(with_actions("{name: read, arguments: {}, energy: 1}, {name: read, arguments: null, energy: 2}")),
            "/ERT/tables/0/actions/1: a second row of action 'read' with arguments {}; allowed one");
  EXPECT_EQ(refusal(with_actions("{name: read, average_energy: 2, min_energy: 1, max_energy: 3}, "
                                 "{name: read, energy: 2}")),
            "/ERT/tables/0/actions/1: a second entry of action 'read'; allowed one");
  EXPECT_EQ(refusal("ERT: {tables: [{name: mac, actions: []}, {name: mac, actions: []}]}"),
            "/ERT/tables/1: a second table of component 'mac'; allowed one");
  EXPECT_EQ(refusal(with_actions("{name: read, energy: 1, energy: 2}")), "line 1, column 79: duplicate key 'energy'");
}

TEST_F(AccelergyFile, AnAverageOutsideItsRangeIsRefused) {
  EXPECT_EQ(refusal(with_actions("{name: read, average_energy: 4, min_energy: 1, max_energy: 3}")),
            "/ERT/tables/0/actions/0/average_energy: out of range, found 4; allowed a number from 1.0 to 3.0");
}

TEST_F(AccelergyFile, AnchorsAreFollowedAsFarAsThereIsAnEnd) {
  const AccelergyTable table = energies(
      "ERT:\n  tables:\n  - name: a\n    actions: &shared\n    - {name: read, energy: 2}\n  - name: b\n    actions: "
      "*shared\n");
  EXPECT_EQ(table.components.at(1).actions.at("read").pj.value, 2.0);
  EXPECT_NE(refusal("ERT: &ring\n  tables: *ring\n").find("nested deeper than 64 levels"), std::string::npos);
  std::string flood = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    flood += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias;
    for (int k = 0; k < 9; ++k) flood += ", " + alias;
    flood += "]\n";
  }
  EXPECT_NE(refusal(flood).find("more than 1000000 values"), std::string::npos);
}

}  // namespace
}  // namespace lacuna
