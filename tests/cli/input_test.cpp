// SPDX-License-Identifier: Apache-2.0
// What a run reads: data that changes under a result, weights of the user's own.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/zip_file.hpp"
#include "workloads/json/digest.hpp"
#include "workloads/network/network.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {
namespace {

using Names = std::vector<std::string>;
using Json = nlohmann::json;

const std::string kSource = LACUNA_SOURCE_DIR;

Json result_of(const ScratchFolder& folder, const std::string& out) {
  return Json::parse(bytes_of(folder.path(out + "/result.json")));
}

TEST(ChangedInput, StopsTheRepetitionOfAResultAndIsNamedWithBothDigests) {
  const ScratchFolder folder;
  const auto all = std::filesystem::copy_options::recursive;
  std::filesystem::create_directories(folder.path("data/workloads"));
  std::filesystem::copy(kSource + "/configs", folder.path("data/configs"), all);
  for (const char* part : {"networks", "images", "stimuli", "weights"}) {
    std::filesystem::copy(kSource + "/workloads/" + part, folder.path(std::string("data/workloads/") + part), all);
  }
  const ProgramSetting setting = {folder.path(), {{"LACUNA_DATA", "data"}}, {}};
  ASSERT_EQ(run_program({"run", "--chip", "eyeriss", "--network", "tiny", "--out", "first"}, setting).code, 0);
  ASSERT_EQ(run_program({"run", "--from", "first/result.json", "--out", "second"}, setting).code, 0);

  const std::string image = folder.path("data/workloads/images/tiny.png");
  const std::string before = sha256_of_file(image);
  std::string bytes = bytes_of(image);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  folder.write("data/workloads/images/tiny.png", bytes);
  const ProgramOutcome outcome = run_program({"run", "--from", "first/result.json", "--out", "third"}, setting);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  std::size_t index = 0;
  for (const Json inputs = result_of(folder, "first").at("inputs"); index < inputs.size(); ++index) {
    if (inputs[index].at("path") == "workloads/images/tiny.png") break;
  }
  EXPECT_EQ(outcome.err, "lacuna: first/result.json: /inputs/" + std::to_string(index) +
                             ": changed input 'workloads/images/tiny.png', found SHA-256 " + sha256_of_file(image) +
                             "; expected " + before + "\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("third")));
}

/// The weights of `tiny`, shipped biases and all, as files that anyone might have made.
void write_weights(const std::string& folder) {
  const JsonDocument document = JsonDocument::load(kSource + "/workloads/networks/tiny.json");
  const Network network = load_network(document.view());
  const auto weights = synthetic_weights(network, kSource + "/workloads/weights");
  std::filesystem::create_directories(folder);
  for (const Layer* layer : network.array_layers()) {
    const LayerWeights own = weights->load(*layer);
    write_npy(folder + "/" + layer->name + ".weight.npy", own.weights);
    write_npy(folder + "/" + layer->name + ".bias.npy", own.bias);
  }
}

TEST(WeightFiles, GiveTheFiguresOfTheNumbersInThemAndAreLabelled) {
  const ScratchFolder folder;
  write_weights(folder.path("mine"));
  const ProgramSetting here = {folder.path(), {}, {}};
  const Names base = {"run", "--chip", "eyeriss", "--network", "tiny"};
  Names synthetic = base;
  synthetic.insert(synthetic.end(), {"--out", "synthetic"});
  Names from_files = base;
  from_files.insert(from_files.end(), {"--weights", "mine", "--out", "files"});
  ASSERT_EQ(run_program(synthetic, here).code, 0);
  const ProgramOutcome outcome = run_program(from_files, here);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json result = result_of(folder, "files");
  EXPECT_EQ(result.at("layers"), result_of(folder, "synthetic").at("layers"));
  EXPECT_EQ(result.at("labels").at(0), "weights: directory");
  EXPECT_NE(outcome.out.find("\nweights: directory\n"), std::string::npos);
  std::size_t named = 0;
  for (const Json& input : result.at("inputs")) {
    const std::string path = input.at("path");
    if (path.rfind("mine/", 0) != 0) continue;
    ++named;
    EXPECT_EQ(input.at("sha256"), sha256_of_file(folder.path(path)));
  }
  EXPECT_EQ(named, 12U);  // weight and bias of conv1 to conv4, fc5, fc6
}

/// An archive of all files of a folder, by their names, as numpy.savez writes it.
void write_archive(const std::string& folder, const std::string& file, bool compressed) {
  std::vector<std::pair<std::string, std::string>> members;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    members.emplace_back(entry.path().filename().string(), bytes_of(entry.path().string()));
  }
  write_zip(file, members, compressed);
}

TEST(WeightFiles, InAFolderAndInArchivesGiveTheSameFigures) {
  const ScratchFolder folder;
  write_weights(folder.path("mine"));
  write_archive(folder.path("mine"), folder.path("stored.npz"), false);
  write_archive(folder.path("mine"), folder.path("small.zip"), true);
  for (const std::string weights : {"mine", "stored.npz", "small.zip"}) {
    const ProgramOutcome outcome =
        run_program({"run", "--chip", "eyeriss", "--network", "tiny", "--weights", weights, "--out", "of_" + weights},
                    {folder.path(), {}, {}});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(bytes_of(folder.path("of_" + weights + "/layers.csv")), bytes_of(folder.path("of_mine/layers.csv")));
  }
  const Json result = result_of(folder, "of_small.zip");
  EXPECT_EQ(result.at("labels").at(0), "weights: npz archive");
  const Json input = {{"path", "small.zip"}, {"sha256", sha256_of_file(folder.path("small.zip"))}};
  const Json inputs = result.at("inputs");
  EXPECT_EQ(std::count(inputs.begin(), inputs.end(), input), 1);
}

TEST(WeightFiles, OfAWrongShapeInAnArchiveAreRefused) {
  const ScratchFolder folder;
  write_weights(folder.path("mine"));
  write_npy(folder.path("mine/conv2.weight.npy"), Tensor<float>({12, 8, 3, 3}));
  write_archive(folder.path("mine"), folder.path("mine.npz"), true);
  const ProgramOutcome outcome =
      run_program({"run", "--chip", "eyeriss", "--network", "tiny", "--weights", "mine.npz"}, {folder.path(), {}, {}});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "lacuna: mine.npz: conv2.weight: shape (12, 8, 3, 3) found; (12, 4, 3, 3) wanted\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("lacuna-out")));
}

TEST(SyntheticWeightText, IsRepeatedFromItsResultAndLabelled) {
  const ScratchFolder folder;
  const ProgramSetting here = {folder.path(), {}, {}};
  ASSERT_EQ(run_program({"run", "--chip", "eyeriss", "--network", "tiny", "--extrapolate", "--weights",
                         "synthetic:normal,density=0.35,seed=5", "--out", "first"},
                        here)
                .code,
            0);
  ASSERT_EQ(run_program({"run", "--from", "first/result.json", "--out", "second"}, here).code, 0);
  EXPECT_EQ(bytes_of(folder.path("second/result.json")), bytes_of(folder.path("first/result.json")));
  const Json result = result_of(folder, "first");
  EXPECT_EQ(result.at("config").at("network").at("synthetic_weights").at("zero_share").dump(), "0.65");
  EXPECT_EQ(result.at("labels").at(0).get<std::string>().rfind(
                "weights: synthetic:normal,seed=5, zero share 0.65 by magnitude pruning, ", 0),
            0U);
}

TEST(SyntheticWeightText, IsAValueOfAnAxis) {
  const ScratchFolder folder;
  folder.write("density.json", R"({"name": "density", "description": "d",
    "experiment": {"chip": "eyeriss", "network": "tiny", "run": {"layers": ["conv1"], "extrapolate": true}},
    "axes": [{"path": "/run/weights", "values": ["synthetic:density=0.35", "synthetic:density=0.8,normal"]}]})");
  const ProgramSetting here = {folder.path(), {}, {}};
  const ProgramOutcome swept = run_program({"sweep", "density.json", "--jobs", "1", "--out", "d.db"}, here);
  ASSERT_EQ(swept.code, 0) << swept.err;
  const ProgramOutcome exported = run_program({"export", "d.db", "--csv", "d.csv"}, here);
  ASSERT_EQ(exported.code, 0) << exported.err;
  const std::string table = bytes_of(folder.path("d.csv"));
  EXPECT_NE(table.find("synthetic:density=0.35"), std::string::npos) << table;
  EXPECT_NE(table.find("synthetic:density=0.8,normal"), std::string::npos) << table;
}

TEST(WeightFiles, OfAWrongShapeAreRefused) {
  const ScratchFolder folder;
  write_weights(folder.path("mine"));
  write_npy(folder.path("mine/conv2.weight.npy"), Tensor<float>({12, 8, 3, 3}));
  const ProgramOutcome outcome =
      run_program({"run", "--chip", "eyeriss", "--network", "tiny", "--weights", "mine"}, {folder.path(), {}, {}});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  // conv2 has 12 filters in 2 groups: each sees 8 / 2 = 4 channels.
  EXPECT_EQ(outcome.err,
            "lacuna: mine/conv2.weight.npy: conv2.weight: shape (12, 8, 3, 3) found; (12, 4, 3, 3) wanted\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("lacuna-out")));
}

}  // namespace
}  // namespace lacuna
