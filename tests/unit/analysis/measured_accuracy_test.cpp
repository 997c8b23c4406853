// SPDX-License-Identifier: Apache-2.0
#include "analysis/measured_accuracy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sim/config/data_path.hpp"
#include "sim/values/precision.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

std::string with(const std::string& precisions) {
  return R"({"network": "n", "description": "d", "command": "c", "weights": "w", "images": 200,
             "float": {"top1": 150, "top5": 190}, "precisions": )" +
         precisions + "}";
}

TEST(MeasuredAccuracy, IsAChangeInPointsOfTheImages) {
  const ScratchFolder scratch;
  const MeasuredAccuracy measured =
      load_measured_accuracy(scratch.write("n.json", with(R"({"p": {"top1": 145, "top5": 192}})")));
  EXPECT_EQ(measured.change(measured.precisions.at("p").top1, measured.in_float.top1), -2.5);  // -5 / 200
  EXPECT_EQ(measured.change(measured.precisions.at("p").top5, measured.in_float.top5), 1.0);   // 2 / 200
}

TEST(MeasuredAccuracy, RefusesHitsThatNoImagesGive) {
  const ScratchFolder scratch;
  const auto message = [&](const std::string& precisions) {
    const std::string file = scratch.write("n.json", with(precisions));
    return error_of([&] { load_measured_accuracy(file); }).substr(file.size());
  };
  EXPECT_EQ(message(R"({"p": {"top1": 201, "top5": 201}})"),
            "/precisions/p/top1: out of range, found 201; allowed an integer from 0 to 200");
  EXPECT_EQ(message(R"({"p": {"top1": 9, "top5": 8}})"),
            "/precisions/p/top5: out of range, found 8; allowed an integer from 9 to 200");
  EXPECT_EQ(message(R"({"p": {"top1": 9.5, "top5": 10}})"),
            "/precisions/p/top1: out of range, found 9.5; allowed an integer from 0 to 200");
  EXPECT_EQ(message(R"({"p": {"top1": 9, "top3": 10}})"),
            "/precisions/p: unknown key, found 'top3'; allowed top1, top5");
}

TEST(MeasuredAccuracy, ShippedIsOfShippedPrecisionsThatNeedNoTraining) {
  const std::string folder = std::string(LACUNA_SOURCE_DIR) + "/analysis/measured";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    const MeasuredAccuracy measured = load_measured_accuracy(entry.path().string());
    EXPECT_EQ(measured.network, entry.path().stem().string());
    EXPECT_NE(measured.command.find("lacuna accuracy --network " + measured.network + " "), std::string::npos);
    for (const auto& [name, hits] : measured.precisions) {
      const JsonDocument file = JsonDocument::load(shipped_file(DataKind::precision, name).path);
      EXPECT_FALSE(load_precision(file.view()).needs_training()) << name;
    }
  }
  EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace lacuna
