// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/cli/command_line.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/scratch_folder.hpp"
#include "workloads/tensor/npy.hpp"

namespace lacuna {
namespace {

const std::string kSource = LACUNA_SOURCE_DIR;

std::string bytes_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << path;
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

/// What `lacuna calibrate` prints with the shipped data; it must succeed.
std::string calibrate(std::vector<std::string> words) {
  const ScopedVariable data("LACUNA_DATA", kSource);
  words.insert(words.begin(), "calibrate");
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(command_line(words, out, err), 0) << err.str();
  EXPECT_EQ(err.str(), "");
  return out.str();
}

TEST(Calibrate, PrintsTheRangesAsTheyStandInTheNetworkFile) {
  for (const char* network : {"tiny", "tiny_graph"}) {
    const std::string ranges = calibrate({"--network", network});
    EXPECT_EQ(ranges.rfind("  \"ranges\": {\n    \"input\": {\"activation_integer_bits\": 9},\n", 0), 0U) << ranges;
    const std::string file = bytes_of(kSource + "/workloads/networks/" + network + ".json");
    EXPECT_NE(file.find("\n" + ranges), std::string::npos) << network << " does not hold:\n" << ranges;
  }
}

TEST(Calibrate, MakesTheShippedBiasesAgainByteForByte) {
  const ScratchFolder folder;
  const std::string made = folder.path("biases");
  const std::string told = calibrate({"--network", "tiny", "--biases", made});
  for (const char* layer : {"conv1", "conv2", "conv3", "conv4", "fc5", "fc6"}) {
    const std::string file = std::string("/") + layer + ".bias.npy";
    EXPECT_EQ(bytes_of(made + file), bytes_of(kSource + "/workloads/weights/tiny" + file)) << layer;
  }
  // 307 of the 512 words of conv2's padded ifmap, where 0.6 x 512 = 307.2 are wanted.
  EXPECT_NE(
      told.find(made + "/conv1.bias.npy: zero share of the padded ifmap of conv2: wanted 0.6000, reached 0.5996\n"),
      std::string::npos)
      << told;
  EXPECT_NE(told.find(made + "/fc6.bias.npy: zero, no target depends on it\n"), std::string::npos) << told;
}

TEST(Calibrate, ReadsANetworkImageAndWeightsOfTheUsersOwn) {
  const ScratchFolder folder;
  std::string network = bytes_of(kSource + "/workloads/networks/tiny.json");
  const std::size_t shipped = network.find(",\n  \"ranges\"");
  network.replace(shipped, std::string::npos, "\n}\n");
  const std::string file = folder.write("mine.json", network);
  const std::string image = kSource + "/tests/data/images/noise16.png";
  const std::string ranges = calibrate({"--network", file, "--image", image});
  // Noise has larger contrasts than a photograph: conv1's psums are larger.
  const std::string photograph = calibrate({"--network", file});
  EXPECT_NE(ranges, photograph);
  // Of several images the largest count.
  EXPECT_EQ(calibrate({"--network", file, "--image", image, kSource + "/workloads/images/tiny.png"}), ranges);
  // A network file that holds them.
  network.replace(shipped, std::string::npos, ",\n" + ranges + "}\n");
  const std::string whole = folder.write("whole.json", network);
  const ScopedVariable data("LACUNA_DATA", kSource);
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(command_line({"check", whole}, out, err), 0) << err.str();
}

TEST(Calibrate, RefusesWeightsThatNoFormatHolds) {
  const ScopedVariable data("LACUNA_DATA", kSource);
  const ScratchFolder folder;
  write_npy(folder.path("conv1.weight.npy"), Tensor<float>({8, 3, 5, 5}, 1e30F));
  write_npy(folder.path("conv1.bias.npy"), Tensor<float>({8}));
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(command_line({"calibrate", "--network", "tiny", "--weights", folder.path()}, out, err), 2);
  EXPECT_EQ(out.str(), "");
  EXPECT_EQ(err.str().find("lacuna: calibrate: conv1: found ofmap words of magnitude "), 0U) << err.str();
}

}  // namespace
}  // namespace lacuna
