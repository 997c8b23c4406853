// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/explain/explain.hpp"
#include "sim/explain/provenance.hpp"
#include "sim/result/program.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

Experiment experiment(const std::vector<std::string>& sets = {},
                      const Json& request = {{"chip", "eyeriss"}, {"network", "alexnet"}}) {
  std::vector<Override> overrides;
  overrides.reserve(sets.size());
  for (const std::string& set : sets) overrides.push_back(parse_override(set));
  return compose({JsonDocument(request, "test"), overrides, {}});
}

/// The line of a shipped file on which a text stands.
std::string line_in(const std::string& file, const std::string& text) {
  std::ifstream stream(LACUNA_SOURCE_DIR "/" + file);
  int number = 1;
  for (std::string line; std::getline(stream, line) && line.find(text) == std::string::npos;) ++number;
  return std::to_string(number);
}

std::string columns_of_eyeriss() {
  const std::string file = "configs/chips/eyeriss.json";
  return file + ", line " + line_in(file, "\"columns\"") + " (/array/columns)";
}

bool says(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

TEST(Provenance, OfAValueInAFileIsItsLine) {
  const Provenance found = provenance_of(experiment(), "/chip/array/columns");
  EXPECT_EQ(found.from, columns_of_eyeriss());
  EXPECT_FALSE(found.before);
  EXPECT_EQ(found.section, "configs/chips/eyeriss.json, named by test");
}

TEST(Provenance, OfAnOverrideTellsWhatItReplaced) {
  const Provenance found = provenance_of(experiment({"/chip/array/columns=16"}), "/chip/array/columns");
  EXPECT_EQ(found.from, "--set /chip/array/columns=16");
  EXPECT_EQ(found.before, "14");
  EXPECT_EQ(found.before_from, columns_of_eyeriss());
}

TEST(Provenance, OfAnOverrideOfAWholeObjectTellsWhatEachFieldWas) {
  const Experiment changed =
      experiment({R"(/chip/array={"kind": "row_stationary", "columns": 16})", "/run/mapping=default"});
  const Provenance columns = provenance_of(changed, "/chip/array/columns");
  EXPECT_EQ(columns.before, "14");
  EXPECT_EQ(columns.before_from, columns_of_eyeriss());
  EXPECT_EQ(provenance_of(changed, "/chip/array/rows").from, "the default");  // the new object does not state them
}

TEST(Provenance, OfWhatNothingStatesIsTheDefault) {
  EXPECT_EQ(provenance_of(experiment(), "/run/batch").from, "the default");
  EXPECT_EQ(provenance_of(experiment(), "/run/images").from, "the default");
  const Provenance set = provenance_of(experiment({"/run/batch=4"}), "/run/batch");
  EXPECT_EQ(set.before, "");  // nothing stated it
  EXPECT_EQ(set.before_from, "the default");
}

TEST(Provenance, OfASectionThatTheChipNamesIsTheChipsField) {
  const Experiment composed = experiment();
  EXPECT_EQ(provenance_of(composed, "/run/mapping/layers/conv1/t").from,
            "configs/mappings/table_iii.json, line " + line_in("configs/mappings/table_iii.json", "\"conv1\"") +
                " (/layers/conv1/t)");
  EXPECT_EQ(provenance_of(composed, "/run/mapping/layers/conv1/t").section,
            "configs/mappings/table_iii.json, named by /chip/mapping");
  EXPECT_EQ(provenance_of(composed, "/energy/node_nm").section,
            "configs/energy/eyeriss_65nm.json, named by /chip/energy");
  EXPECT_EQ(provenance_of(composed, "/precision/weights/bits").section,
            "configs/precision/fixed16.json, named by /chip/precision");
  const Experiment named = experiment({"/energy=generic_45nm"});
  EXPECT_EQ(provenance_of(named, "/energy/node_nm").section,
            "configs/energy/generic_45nm.json, named by --set /energy=generic_45nm");
}

TEST(Provenance, OfARepeatedRunIsTheLineOfItsResult) {
  const ScratchFolder folder;
  const Json result = {{"schema_version", 1},
                       {"program", {{"version", this_program().version}}},
                       {"inputs", Json::array()},
                       {"config", Json::parse(experiment().resolved)}};
  const std::string file = folder.write("result.json", result.dump(1));
  const Provenance found = provenance_of(compose(request_from_result(file)), "/chip/array/columns");
  EXPECT_TRUE(says(found.from, file + ", line ")) << found.from;
  EXPECT_TRUE(says(found.from, "(/config/chip/array/columns)")) << found.from;
}

TEST(ExplainField, TellsAllOfOneField) {
  EXPECT_EQ(explain_field(experiment({"/chip/array/columns=16"}), "/chip/array/columns"),
            "/chip/array/columns\n"
            "  value       16 PEs\n"
            "  from        --set /chip/array/columns=16\n"
            "  instead of  14, from " +
                columns_of_eyeriss() +
                "\n"
                "  file        configs/chips/eyeriss.json, named by test\n"
                "  meaning     PE columns of the array\n"
                "  unit        PEs\n"
                "  allowed     an integer from 1 to 256\n"
                "  default     14 PEs\n");
}

TEST(ExplainField, WithoutAnExperimentTellsTheFieldOfEveryKindOfArray) {
  const std::string text = explain_field("/chip/array/columns");
  EXPECT_TRUE(says(text, "/chip/array/columns of row_stationary\n")) << text;
  EXPECT_TRUE(says(text, "/chip/array/columns of systolic\n")) << text;
  EXPECT_TRUE(says(text, "an integer from 1 to 512\n")) << text;
  EXPECT_FALSE(says(text, "value")) << text;
}

TEST(ExplainField, SaysWhatIsForPeople) {
  EXPECT_TRUE(says(explain_field("/chip/name"), "effect   none: for people"));
  EXPECT_FALSE(says(explain_field("/network/name"), "effect"));  // precisions and mappings go by it
}

TEST(ExplainField, AbovePlacesListsTheFieldsBelowOneALine) {
  const std::string text = explain_field(experiment({"/chip/dram_link/bits=32"}), "/chip/dram_link");
  EXPECT_EQ(text,
            "/chip/dram_link/bits       32 bit     width of the off-chip link\n"
            "/chip/dram_link/clock_khz  60000 kHz  clock of the off-chip link\n");
}

TEST(ExplainField, KnowsWhatStandsInFilesThatAreReadByHand) {
  const std::string text = explain_field(experiment(), "/network/layers/0/U");
  EXPECT_TRUE(says(text, "value    4 words")) << text;
  EXPECT_TRUE(says(text, "stride")) << text;
  // A layer without the key has the default.
  EXPECT_TRUE(says(explain_field(experiment(), "/network/layers/0/G"), "value    1 groups"));
}

TEST(ExplainField, RefusesAPathThatLeadsNowhereWithTheNearestSpelling) {
  EXPECT_TRUE(says(error_of([] { explain_field("/chip/array/colums"); }), "did you mean 'columns'?"));
  EXPECT_TRUE(says(error_of([] { explain_field(experiment(), "/network/layers/99/U"); }), "found '99'"));
  EXPECT_TRUE(says(error_of([] { explain_field(experiment(), "/network/layers/0/alpha"); }), "found 'alpha'"));
  EXPECT_TRUE(says(error_of([] { explain_field("/run/batch/x"); }), "nothing stands below /run/batch"));
}

}  // namespace
}  // namespace lacuna
