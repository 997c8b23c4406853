// SPDX-License-Identifier: Apache-2.0
// `lacuna run` as a user has it: a process, its streams, its files.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/test_image.hpp"

namespace lacuna {
namespace {

using Names = std::vector<std::string>;
using Json = nlohmann::json;

class Run : public ::testing::Test {
 protected:
  /// `lacuna run --chip eyeriss --network tiny WORDS... --out OUT` in the scratch folder; it must succeed.
  ProgramOutcome run(const std::string& out, Names words = {}) const {
    words.insert(words.begin(), {"run", "--chip", "eyeriss", "--network", "tiny"});
    words.insert(words.end(), {"--out", out});
    const ProgramOutcome outcome = start(words);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome;
  }
  ProgramOutcome start(const Names& words) const { return run_program(words, {folder_.path(), {}, {}}); }
  std::string file(const std::string& name) const { return bytes_of(folder_.path(name)); }
  Json result(const std::string& out) const { return Json::parse(file(out + "/result.json")); }
  Json layers(const std::string& out) const { return result(out).at("layers"); }
  Names files() const { return names_below(folder_.path()); }
  const ScratchFolder& folder() const { return folder_; }

 private:
  ScratchFolder folder_;
};

/// The entry of a layer by its name.
Json layer_of(const Json& layers, const std::string& name) {
  for (const Json& layer : layers) {
    if (layer.at("name") == name) return layer;
  }
  return nullptr;
}

TEST_F(Run, WritesThreeFilesAndPrintsItsTableAndNothingElse) {
  const ProgramOutcome outcome = run("out");
  EXPECT_EQ(files(), (Names{"out/layers.csv", "out/pes.csv", "out/result.json"}));
  EXPECT_EQ(outcome.err, "");
  for (const Json& layer : layers("out")) {
    EXPECT_NE(outcome.out.find("\n" + layer.at("name").get<std::string>() + " "), std::string::npos)
        << layer.at("name");
  }
  const std::string last = "\nwritten: out/result.json, out/layers.csv, out/pes.csv\n";
  ASSERT_GT(outcome.out.size(), last.size());
  EXPECT_EQ(outcome.out.substr(outcome.out.size() - last.size()), last);
}

TEST_F(Run, WritesToLacunaOutWhereNoFolderIsNamed) {
  EXPECT_EQ(start({"run", "--chip", "eyeriss", "--network", "tiny"}).code, 0);
  EXPECT_EQ(files(), (Names{"lacuna-out/layers.csv", "lacuna-out/pes.csv", "lacuna-out/result.json"}));
}

TEST_F(Run, GivesTheSameBytesEveryTime) {
  run("first");
  run("second");
  EXPECT_EQ(file("first/result.json"), file("second/result.json"));
  EXPECT_EQ(file("first/layers.csv"), file("second/layers.csv"));
  EXPECT_EQ(file("first/pes.csv"), file("second/pes.csv"));
}

TEST_F(Run, FromAResultRepeatsItByteForByte) {
  run("first", {"--batch", "2", "--energy", "generic_45nm", "--set", "/chip/array/columns=9", "--set",
                "/chip/array/gate_on=either", "--layers", "conv1,fc5"});
  const ProgramOutcome again = start({"run", "--from", "first/result.json", "--out", "again"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(file("first/result.json"), file("again/result.json"));
  EXPECT_EQ(file("first/layers.csv"), file("again/layers.csv"));
  EXPECT_EQ(file("first/pes.csv"), file("again/pes.csv"));
}

TEST_F(Run, FromAResultIntoItsOwnFolderLeavesItAsItWas) {
  run("out");
  const std::string before = file("out/result.json");
  EXPECT_EQ(start({"run", "--from", "out/result.json", "--out", "out"}).code, 0);
  EXPECT_EQ(file("out/result.json"), before);
}

TEST_F(Run, OfSomeLayersGivesTheFiguresOfTheWholeRun) {
  run("whole");
  run("some", {"--layers", "conv2,fc6"});
  const Json whole = layers("whole");
  const Json some = layers("some");
  for (const char* name : {"conv2", "fc6"}) {
    ASSERT_NE(layer_of(some, name), nullptr) << name;
    EXPECT_EQ(layer_of(some, name), layer_of(whole, name)) << name;
  }
  for (const char* name : {"conv1", "conv3", "conv4", "fc5"}) EXPECT_EQ(layer_of(some, name), nullptr) << name;
}

TEST_F(Run, OfABatchLargerThanItsImagesRepeatsThem) {
  run("one");
  run("repeated", {"--batch", "2"});
  run("given_twice", {"--batch", "2", "--image", "tiny", "tiny"});
  const Json one = layers("one");
  const Json given_twice = layers("given_twice");
  for (const Json& layer : layers("repeated")) {
    const Json twice = layer_of(given_twice, layer.at("name"));
    const Json single = layer_of(one, layer.at("name"));
    for (const auto& [key, value] : layer.items()) {
      if (key == "sqnr_db") continue;  // of the images given: the last bits of a sum over one or two of them differ
      EXPECT_EQ(value, twice.at(key)) << key << " of " << layer.at("name");
    }
    EXPECT_EQ(layer.at("batch"), 2);
    for (const char* count : {"macs_total", "macs_performed", "macs_gated"}) {
      EXPECT_EQ(layer.at(count).get<std::int64_t>(), 2 * single.at(count).get<std::int64_t>()) << layer.at("name");
    }
  }
}

TEST_F(Run, OfAnotherImageGivesOtherOutputsInAsManyCycles) {
  const std::string image = folder().path("other.png");
  std::filesystem::copy(LACUNA_SOURCE_DIR "/tests/data/images/noise16.png", image);
  run("tiny");
  run("other", {"--image", "other.png"});
  const Json tiny = layer_of(layers("tiny"), "conv1");
  const Json other = layer_of(layers("other"), "conv1");
  EXPECT_NE(tiny.at("output_sha256"), other.at("output_sha256"));
  EXPECT_EQ(tiny.at("processing_cycles"), other.at("processing_cycles"));
}

TEST_F(Run, OfAJpegFileOfAnotherSizeRepeatsFromItsResult) {
  folder().write("PHOTO.JPG", jpeg_of(waves(40, 64)));
  run("whole", {"--image", "PHOTO.JPG"});
  EXPECT_EQ(start({"run", "--from", "whole/result.json", "--out", "again"}).code, 0);
  EXPECT_EQ(layers("whole"), layers("again"));
  run("tiny");
  EXPECT_NE(layer_of(layers("whole"), "conv1").at("output_sha256"),
            layer_of(layers("tiny"), "conv1").at("output_sha256"));
}

TEST_F(Run, GatedOrNotTakesAsManyCyclesAndLessEnergy) {
  run("gated", {"--set", "/chip/array/gate_on=activation"});
  run("ungated", {"--set", "/chip/array/gate_on=none"});
  const Json ungated = layers("ungated");
  for (const Json& gated : layers("gated")) {
    const Json same = layer_of(ungated, gated.at("name"));
    EXPECT_EQ(gated.at("processing_cycles"), same.at("processing_cycles")) << gated.at("name");
    EXPECT_EQ(gated.at("total_cycles"), same.at("total_cycles")) << gated.at("name");
    EXPECT_EQ(gated.at("stall_cycles"), same.at("stall_cycles")) << gated.at("name");
    EXPECT_EQ(gated.at("output_sha256"), same.at("output_sha256")) << gated.at("name");
    if (gated.at("macs_gated") == 0) continue;  // host layers, and conv1, which reads a photograph
    EXPECT_LT(gated.at("energy_chip_pj"), same.at("energy_chip_pj")) << gated.at("name");
    EXPECT_EQ(same.at("macs_gated"), 0);
  }
  EXPECT_LT(result("gated").at("totals").at("all_layers").at("energy_chip_pj"),
            result("ungated").at("totals").at("all_layers").at("energy_chip_pj"));
}

TEST_F(Run, RefusesWhatIsNotThere) {
  const Names base = {"run", "--chip", "eyeriss", "--network", "tiny"};
  const std::pair<Names, std::string> cases[] = {
      {{"--level", "event", "--wave", "conv1:0-10"},
       "lacuna: --wave conv1:0-10: the event model has no signals, found --level event; allowed --level clocked\n"},
      {{"--layers", "conv9"},
       "lacuna: --layers conv9: /run/layers/0: unknown value, found \"conv9\"; allowed conv1, conv2, conv3, conv4, "
       "fc5, "
       "fc6; did you mean 'conv1'?\n"},
  };
  for (const auto& [options, message] : cases) {
    Names words = base;
    words.insert(words.end(), options.begin(), options.end());
    const ProgramOutcome outcome = start(words);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, message);
    EXPECT_EQ(files(), Names{});
  }
  const ProgramOutcome unknown = start({"run", "--chip", "eyeriss", "--network", "tiny", "--colour", "red"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_EQ(unknown.err.find("lacuna: run: unknown option, found '--colour'; allowed --chip, "), 0U) << unknown.err;
}

}  // namespace
}  // namespace lacuna
