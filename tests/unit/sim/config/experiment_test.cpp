// SPDX-License-Identifier: Apache-2.0
#include "sim/config/experiment.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/result/program.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/test_array.hpp"
#include "workloads/json/digest.hpp"

namespace lacuna {
namespace {

/// Runs with the chips and networks of tests/config/data as the shipped ones. `test_grid` is registered elsewhere in
/// this program.
class ExperimentTest : public ::testing::Test {
 protected:
  static Experiment run(const nlohmann::json& document, const std::vector<std::string>& sets = {}) {
    Request request{JsonDocument(document, "test"), {}, {}};
    for (const std::string& set : sets) request.overrides.push_back(parse_override(set));
    return compose(request);
  }
  static nlohmann::json pair() { return {{"chip", "grid"}, {"network", "pair"}}; }

  ScratchFolder folder_;
  ScopedVariable data_{"LACUNA_DATA", LACUNA_SOURCE_DIR "/tests/config/data"};
};

std::vector<std::string> paths(const Experiment& experiment) {
  std::vector<std::string> result;
  for (const InputFile& input : experiment.inputs) result.push_back(input.path);
  return result;
}

TEST_F(ExperimentTest, TakesItsDefaultsFromTheChipAndTheNetwork) {
  const Experiment experiment = run(pair());
  EXPECT_EQ(experiment.chip.name, "grid");
  EXPECT_EQ(experiment.network.name, "pair");
  EXPECT_EQ(experiment.precision.name, "fixed16");
  EXPECT_EQ(experiment.energy.name, "flat");     // the chip's
  EXPECT_EQ(experiment.mapping.name, "halves");  // the chip's
  EXPECT_EQ(dynamic_cast<const TestGridMapping*>(experiment.mapping.find("conv1"))->tile, 2);
  EXPECT_EQ(experiment.mapping.find("conv2"), nullptr);  // the array's default
  EXPECT_EQ(experiment.run.images, std::vector<std::string>{"china"});
  EXPECT_EQ(experiment.run.batch, 1);
  EXPECT_EQ(experiment.simulated_layers().size(), 2U);
}

TEST_F(ExperimentTest, HasThePricesOfOtherWordsThanTheChipsWhereTheRunNamesNone) {
  nlohmann::json table = JsonDocument::load(LACUNA_SOURCE_DIR "/tests/config/data/configs/energy/flat.json").json();
  table["name"] = "own";
  const std::string own = "/chip/energy=" + folder_.write("own.json", table.dump());
  const auto priced_by = [&](const std::vector<std::string>& sets) {
    nlohmann::json document = pair();
    document["precision"] = "fixed16";
    std::vector<std::string> all = {own, "/chip/energy_of_other_words=flat"};
    all.insert(all.end(), sets.begin(), sets.end());
    return run(document, all).energy.name;
  };
  const auto conv1 = [](const nlohmann::json& bits) {
    return nlohmann::json{{"conv1", {{"weights", {{"format", "fixed_point"}, {"bits", bits}}}}}};
  };
  EXPECT_EQ(priced_by({"/precision/weights/bits=8"}), "flat");
  EXPECT_EQ(priced_by({"/precision/activations/bits=8"}), "flat");
  EXPECT_EQ(priced_by({"/precision/layers=" + conv1(9).dump()}), "flat");
  // Words of the chip's, said otherwise.
  EXPECT_EQ(priced_by({"/precision/name=mine"}), "own");
  EXPECT_EQ(priced_by({"/precision/layers=" + conv1(16).dump()}), "own");
  // A chip whose own precision has exceptions.
  nlohmann::json mixed = JsonDocument::load(LACUNA_SOURCE_DIR "/configs/precision/fixed16.json").json();
  mixed["layers"] = conv1(9);
  const std::string of_chip = "/chip/precision=" + folder_.write("mixed.json", mixed.dump());
  EXPECT_EQ(priced_by({of_chip}), "flat");
  EXPECT_EQ(priced_by({of_chip, "/precision/layers=" + conv1(9).dump()}), "own");
}

TEST_F(ExperimentTest, RefusesATableThatIsNotThereAlsoWhereItIsNotUsed) {
  const auto message = [](const std::vector<std::string>& sets) { return error_of([&] { run(pair(), sets); }); };
  const std::string refusal =
      ": unknown price table, found 'flt'; allowed flat, or the path of a .json file; did you mean 'flat'?";
  EXPECT_EQ(message({"/chip/energy_of_other_words=flt"}),
            "--set /chip/energy_of_other_words=flt: /chip/energy_of_other_words" + refusal);
  EXPECT_EQ(message({"/chip/energy_of_other_words=flat", "/chip/energy=flt", "/precision/weights/bits=8"}),
            "--set /chip/energy=flt: /chip/energy" + refusal);
}

TEST_F(ExperimentTest, ListsEveryFileItDependsOnWithoutThePathOfTheMachine) {
  const Experiment experiment = run(pair());
  EXPECT_EQ(paths(experiment),
            (std::vector<std::string>{"configs/chips/grid.json", "workloads/networks/pair.json",
                                      "configs/precision/fixed16.json", "configs/energy/flat.json",
                                      "configs/mappings/halves.json", "workloads/images/china.png"}));
  EXPECT_EQ(experiment.inputs[0].sha256, sha256_of_file(recorded_file("configs/chips/grid.json").path));
  EXPECT_EQ(experiment.resolved.find(LACUNA_SOURCE_DIR), std::string::npos);
}

TEST_F(ExperimentTest, UsesTheArraysOwnMappingWhereTheChipsIsForAnotherNetwork) {
  const Experiment experiment = run({{"chip", "grid"}, {"network", "twin"}});
  EXPECT_EQ(experiment.mapping.name, "default");
  EXPECT_EQ(nlohmann::json::parse(experiment.resolved)["run"]["mapping"], "default");
  const std::vector<std::string> files = paths(experiment);
  EXPECT_EQ(std::count(files.begin(), files.end(), "configs/mappings/halves.json"), 0);
}

TEST_F(ExperimentTest, AppliesOverridesInEverySection) {
  const Experiment experiment =
      run(pair(), {"/chip/array/rows=3", "/network/layers/0/M=6", "/run/batch=4", "/run/mapping/layers/conv1/tile=3",
                   "/precision/weights/bits=8", "/energy/node_nm=45", "/run/layers=[\"conv2\"]"});
  EXPECT_EQ(experiment.chip.array.config().pes(), 12);  // 3 x 4
  EXPECT_EQ(experiment.network.layer("conv1").out.C, 6);
  EXPECT_EQ(experiment.run.batch, 4);
  EXPECT_EQ(dynamic_cast<const TestGridMapping*>(experiment.mapping.find("conv1"))->tile, 3);
  EXPECT_EQ(experiment.precision.weights.bits, 8);
  EXPECT_EQ(experiment.energy.node_nm, 45);
  ASSERT_EQ(experiment.simulated_layers().size(), 1U);
  EXPECT_EQ(experiment.simulated_layers()[0]->name, "conv2");
}

TEST_F(ExperimentTest, TakesASectionByNameByPathAndInline) {
  const std::string shipped = recorded_file("configs/chips/grid.json").path;
  const nlohmann::json inline_chip = JsonDocument::load(shipped).json();
  const Experiment by_name = run(pair());
  const Experiment by_path = run({{"chip", shipped}, {"network", "pair"}});
  const Experiment in_place = run({{"chip", inline_chip}, {"network", "pair"}});
  EXPECT_EQ(by_path.resolved, by_name.resolved);
  EXPECT_EQ(in_place.resolved, by_name.resolved);
  EXPECT_EQ(paths(by_path)[0], shipped);  // given as a path, recorded as one
  EXPECT_EQ(paths(in_place)[0], "workloads/networks/pair.json");
}

TEST_F(ExperimentTest, ComposesToItselfFromItsResolvedDocument) {
  for (const char* stimulus : {"", "half"}) {
    nlohmann::json document = pair();
    if (*stimulus != '\0') document["run"]["stimulus"] = stimulus;
    const Experiment experiment = run(document, {"/chip/array/gate_on=activation", "/run/seed=7"});
    const Experiment again = run(nlohmann::json::parse(experiment.resolved));
    EXPECT_EQ(again.resolved, experiment.resolved);
    EXPECT_EQ(nlohmann::json::parse(again.resolved)["run"]["check_values"], true);  // a default, stated
  }
}

TEST_F(ExperimentTest, ReadsNoImageWithAStimulus) {
  nlohmann::json document = pair();
  document["run"]["stimulus"] = "half";
  const Experiment experiment = run(document);
  EXPECT_TRUE(experiment.images.empty());
  ASSERT_EQ(experiment.simulated_layers().size(), 1U);  // the only one that "half" has data for
  EXPECT_EQ(experiment.simulated_layers()[0]->name, "conv1");
  EXPECT_EQ(paths(experiment).back(), "workloads/stimuli/half.json");
}

TEST_F(ExperimentTest, ListsTheWeightFilesOfEveryLayerUpToTheLastOne) {
  folder_.write("conv1.weight.npy", "a");
  folder_.write("conv1.bias.npy", "b");
  nlohmann::json document = pair();
  document["run"] = {{"weights", folder_.path()}, {"layers", {"conv1"}}};
  const Experiment experiment = run(document);
  const std::vector<std::string> files = paths(experiment);
  EXPECT_EQ(std::vector<std::string>(files.end() - 2, files.end()),
            (std::vector<std::string>{folder_.path("conv1.weight.npy"), folder_.path("conv1.bias.npy")}));
  document["run"]["layers"] = {"conv2"};  // conv2 reads what conv1 makes, and has no weights of its own here
  EXPECT_EQ(error_of([&] { run(document); }),
            "test: /run/weights: no such file, found '" + folder_.path("conv2.weight.npy") + "'");
}

TEST_F(ExperimentTest, IsRepeatedFromItsResult) {
  const Experiment experiment = run(pair(), {"/run/seed=7"});
  nlohmann::json result = {{"schema_version", 1},
                           {"program", {{"version", this_program().version}}},
                           {"inputs", nlohmann::json::array()},
                           {"config", nlohmann::json::parse(experiment.resolved)}};
  for (const InputFile& input : experiment.inputs) {
    result["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
  }
  const std::string file = folder_.write("result.json", result.dump());
  const Experiment again = compose(request_from_result(file));
  EXPECT_EQ(again.resolved, experiment.resolved);
  EXPECT_EQ(paths(again), paths(experiment));
}

}  // namespace
}  // namespace lacuna
