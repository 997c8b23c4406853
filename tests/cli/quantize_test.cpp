// SPDX-License-Identifier: Apache-2.0
// lacuna quantize from outside: the file that it writes, what a run with it gives, and what it refuses.
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "hw/base/text_table.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "workloads/tensor/npy.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

class Quantize : public testing::Test {
 protected:
  ProgramOutcome lacuna(const Words& words) { return run_program(words, {folder_.path(), {}, {}}); }
  ProgramOutcome quantize(const Words& more) {
    Words words = {"quantize", "--network", "tiny"};
    words.insert(words.end(), more.begin(), more.end());
    return lacuna(words);
  }
  /// The message of a refusal that wrote nothing.
  std::string refusal(const Words& more) {
    const ProgramOutcome outcome = quantize(more);
    EXPECT_EQ(outcome.code, 2) << outcome.out;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(names_below(folder_.path()) == before_) << outcome.err;
    return outcome.err;
  }
  void SetUp() override { before_ = names_below(folder_.path()); }

  ScratchFolder folder_;
  Words before_;
};

TEST_F(Quantize, WritesAPrecisionWithWhichARunHasTheSqnrThatItTold) {
  const ProgramOutcome outcome = quantize({"--target", "sqnr_db=30"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_NE(outcome.out.find("\ntiny_sqnr_db_30.json: written\n"), std::string::npos) << outcome.out;
  EXPECT_EQ(lacuna({"check", "tiny_sqnr_db_30.json"}).out, "tiny_sqnr_db_30.json: precision ok\n");
  const auto file = nlohmann::json::parse(bytes_of(folder_.path("tiny_sqnr_db_30.json")));
  const std::string source = file["source"];
  EXPECT_EQ(source.rfind("lacuna quantize --network tiny --target sqnr_db=30; calibrated on workloads/images/tiny.png, "
                         "SHA-256 ",
                         0),
            0U)
      << source;
  const ProgramOutcome run = lacuna(
      {"run", "--network", "tiny", "--precision", "tiny_sqnr_db_30.json", "--energy", "generic_45nm", "--out", "out"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto result = nlohmann::json::parse(bytes_of(folder_.path("out/result.json")));
  double reached = 0.0;
  for (const auto& layer : result["layers"]) {
    if (layer["name"] == "fc6") reached = layer["sqnr_db"];
  }
  EXPECT_GE(reached, 30.0);
  EXPECT_NE(outcome.out.find("SQNR of fc6 " + fixed(reached, 2) + " dB\n"), std::string::npos) << outcome.out;
}

TEST_F(Quantize, GivesTheSameFileWithAndWithoutACache) {
  ASSERT_EQ(quantize({"--target", "sqnr_db=20", "--cache", "off"}).code, 0);
  const std::string without = bytes_of(folder_.path("tiny_sqnr_db_20.json"));
  for (int times = 0; times < 2; ++times) {
    ASSERT_EQ(quantize({"--target", "sqnr_db=20", "--cache", "cache"}).code, 0);
    EXPECT_EQ(bytes_of(folder_.path("tiny_sqnr_db_20.json")), without);
  }
}

TEST_F(Quantize, MeasuresTheAccuracyOnLabelledImages) {
  std::filesystem::create_directories(folder_.path("images"));
  std::filesystem::copy_file(LACUNA_SOURCE_DIR "/workloads/images/tiny.png", folder_.path("images/photo.png"));
  folder_.write("images/labels.csv", "image,class\nphoto.png,3\n");
  const ProgramOutcome outcome =
      quantize({"--target", "accuracy_drop=0%", "--labelled", "images", "--out", "mine.json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("machine, precision mine"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("float network"), std::string::npos) << outcome.out;
}

TEST_F(Quantize, RefusesWeightsThatAreNotFinite) {
  write_npy(folder_.path("conv1.weight.npy"), Tensor<float>({8, 3, 5, 5}, std::numeric_limits<float>::quiet_NaN()));
  write_npy(folder_.path("conv1.bias.npy"), Tensor<float>({8}));
  for (const auto& [layer, shape] :
       std::vector<std::pair<std::string, std::vector<std::int64_t>>>{{"conv2", {12, 4, 3, 3}},
                                                                      {"conv3", {16, 12, 1, 1}},
                                                                      {"conv4", {16, 4, 3, 3}},
                                                                      {"fc5", {20, 16, 2, 2}},
                                                                      {"fc6", {10, 20, 1, 1}}}) {
    write_npy(folder_.path(layer + ".weight.npy"), Tensor<float>(shape));
    write_npy(folder_.path(layer + ".bias.npy"), Tensor<float>({shape[0]}));
  }
  SetUp();
  EXPECT_EQ(refusal({"--weights", "./", "--target", "sqnr_db=30"}),
            "lacuna: .//conv1.weight.npy: conv1.weight: NaN found at word 0; finite numbers wanted\n");
}

TEST_F(Quantize, RefusesFilesThatItReadsOrCannotWrite) {
  EXPECT_NE(refusal({"--target", "sqnr_db=30", "--out", LACUNA_SOURCE_DIR "/workloads/networks/tiny.json"})
                .find("tiny.json: is the file that is read"),
            std::string::npos);
  EXPECT_EQ(refusal({"--target", "sqnr_db=30", "--out", "./"}), "lacuna: ./: is no file; allowed the name of a file\n");
}

}  // namespace
}  // namespace lacuna
