// SPDX-License-Identifier: Apache-2.0
// Shared weights in a weight file: made by the program, and run with by it.
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "workloads/json/digest.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/network/network.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

class Compress : public testing::Test {
 protected:
  /// Weights of tiny in folder "mine": a third of them left, with 5 values.
  void SetUp() override {
    std::filesystem::create_directories(folder_.path("mine"));
    std::filesystem::create_directories(folder_.path("other"));
    const JsonDocument file = JsonDocument::load(LACUNA_SOURCE_DIR "/workloads/networks/tiny.json");
    const Network network = load_network(file.view());
    for (const Layer* layer : network.array_layers()) {
      Tensor<float> weights(weight_shape(*layer));
      for (std::size_t i = 0; i < weights.data.size(); ++i) {
        weights.data[i] = i * 7 % 3 == 0 ? static_cast<float>(static_cast<int>(i * 11 % 15) - 7) / 32.0F : 0.0F;
      }
      write_npy(folder_.path("mine/" + layer->name + ".weight.npy"), weights);
      write_npy(folder_.path("mine/" + layer->name + ".bias.npy"), Tensor<float>({layer->out.C}, 0.25F));
      write_npy(folder_.path("other/" + layer->name + ".bias.npy"), Tensor<float>({layer->out.C}, -0.25F));
    }
  }
  ProgramOutcome run(const Words& words) { return run_program(words, {folder_.path(), {}, {}}); }
  ProgramOutcome compress(const Words& more = {}) {
    Words words = {"compress", "--network", "tiny", "--weights", "mine", "--source", "a test", "--out", "tiny.weights"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  /// layers.csv of a run.
  std::string layers_with(const Words& more) {
    Words words = {"run", "--chip", "eyeriss", "--network", "tiny", "--extrapolate", "--out", "out"};
    words.insert(words.end(), more.begin(), more.end());
    const ProgramOutcome outcome = run(words);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return bytes_of(folder_.path("out/layers.csv"));
  }

  ScratchFolder folder_;
};

TEST_F(Compress, AWeightFileRunsLikeTheFolderThatItIsMadeOf) {
  const ProgramOutcome outcome = compress();
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("written: tiny.weights, "), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("conv1      600    33.3          3        0 "), std::string::npos) << outcome.out;
  EXPECT_EQ(layers_with({"--weights", "tiny.weights"}), layers_with({"--weights", "mine"}));
  layers_with({"--weights", "tiny.weights"});
  EXPECT_NE(bytes_of(folder_.path("out/result.json")).find("weights: trained: a test; biases: trained"),
            std::string::npos);
}

TEST_F(Compress, AWeightFileCanHaveSeveralSetsOfBiases) {
  ASSERT_EQ(compress({"--biases", "negative=other"}).code, 0);
  const auto with = [&](const std::string& set) {
    Words words = {"--weights", "trained"};
    const std::string digest = sha256_of_file(folder_.path("tiny.weights"));
    words.insert(words.end(), {"--set", R"(/network/weights={"file":"./tiny.weights","sha256":")" + digest +
                                            R"(","biases":")" + set + R"("})"});
    return layers_with(words);
  };
  EXPECT_EQ(with("trained"), layers_with({"--weights", "tiny.weights"}));
  EXPECT_NE(with("trained"), with("negative"));
}

TEST_F(Compress, AnAlteredOrShortFileIsRefusedBeforeTheRun) {
  ASSERT_EQ(compress().code, 0);
  std::string bytes = bytes_of(folder_.path("tiny.weights"));
  bytes[bytes.size() / 2] ^= 1;
  folder_.write("altered.weights", bytes);
  folder_.write("short.weights", bytes.substr(0, bytes.size() / 2));
  for (const std::string file : {"altered.weights", "short.weights"}) {
    const ProgramOutcome outcome =
        run({"run", "--chip", "eyeriss", "--network", "tiny", "--weights", file, "--out", "none"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err.find("lacuna: " + file + ": damaged weight file, cut short or altered: found SHA-256 "), 0U)
        << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder_.path("none/result.json")));
  }
}

TEST_F(Compress, RefusesWhatItCannotWrite) {
  const auto refusal = [&](const Words& words) {
    const ProgramOutcome outcome = run(words);
    EXPECT_EQ(outcome.code, 2);
    return outcome.err;
  };
  EXPECT_EQ(refusal({"compress", "--network", "tiny"}), "lacuna: compress: --weights is missing\n");
  EXPECT_EQ(refusal({"compress", "--network", "tiny", "--weights", "synthetic", "--source", "s", "--out", "a"}),
            "lacuna: conv1.weight: found more than 255 different values besides 0; allowed 1 to 255, as weight sharing "
            "leaves them\n");
  const auto with = [&](const Words& more) {
    const ProgramOutcome outcome = compress(more);
    EXPECT_EQ(outcome.code, 2);
    return outcome.err;
  };
  EXPECT_EQ(with({"--biases", "trained=other"}),
            "lacuna: compress: --biases: found set 'trained' twice; each name once, 'trained' for --weights\n");
  EXPECT_EQ(with({"--biases", "other"}), "lacuna: compress: --biases: found 'other'; allowed NAME=DIR\n");
  EXPECT_EQ(with({"--run-bits", "2"}), "lacuna: compress: --run-bits: found 2; allowed 3 to 8\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.path("tiny.weights")));
}

}  // namespace
}  // namespace lacuna
