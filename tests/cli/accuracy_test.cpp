// SPDX-License-Identifier: Apache-2.0
// lacuna accuracy from outside: what it prints and writes of labelled images, and what it refuses.
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

class Accuracy : public testing::Test {
 protected:
  /// Two images of tiny's size, with labels.
  void SetUp() override {
    std::filesystem::create_directories(folder_.path("images"));
    std::filesystem::copy_file(LACUNA_SOURCE_DIR "/workloads/images/tiny.png", folder_.path("images/photo.png"));
    std::filesystem::copy_file(LACUNA_SOURCE_DIR "/tests/data/images/noise16.png", folder_.path("images/noise.png"));
    label("photo.png,3\nnoise.png,7\n");
  }
  void label(const std::string& lines) { folder_.write("images/labels.csv", "image,class\n" + lines); }
  ProgramOutcome accuracy(const Words& more = {}) {
    Words words = {"accuracy", "--network", "tiny", "--labelled", "images"};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words, {folder_.path(), {}, {}});
  }
  /// The class that the float network gives an image, from the table of all.
  std::string float_class(const std::string& image) {
    EXPECT_EQ(accuracy({"--csv", "all.csv"}).code, 0);
    const std::string table = bytes_of(folder_.path("all.csv"));
    const std::size_t line = table.find("\n" + image + ",") + 1;
    Words cells;
    std::istringstream row(table.substr(line, table.find('\n', line) - line));
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    EXPECT_EQ(cells.size(), 6U) << table;
    return cells.at(4);
  }
  std::string refusal(const Words& more) {
    const ProgramOutcome outcome = accuracy(more);
    EXPECT_EQ(outcome.code, 2) << outcome.out;
    return outcome.err;
  }

  ScratchFolder folder_;
};

TEST_F(Accuracy, CountsTheImagesWhoseClassIsTheirLabel) {
  label("photo.png," + float_class("photo.png") + "\nnoise.png," + float_class("noise.png") + "\n");
  const ProgramOutcome right = accuracy();
  ASSERT_EQ(right.code, 0) << right.err;
  EXPECT_NE(right.out.find("tiny, 2 labelled images, weights: synthetic:laplace,seed=1"), std::string::npos)
      << right.out;
  EXPECT_NE(right.out.find("float network                    100.0  (34.2 to 100.0)  100.0  (34.2 to 100.0)"),
            std::string::npos)
      << right.out;
  const std::string other = float_class("photo.png") == "0" ? "1" : "0";
  label("photo.png," + other + "\nnoise.png," + float_class("noise.png") + "\n");
  EXPECT_NE(accuracy().out.find("float network                    50.0  (9.5 to 90.5)"), std::string::npos)
      << accuracy().out;
}

TEST_F(Accuracy, IsOfTheMachinesOwnWords) {
  // With 2 bits for weights hardly a class is left.
  ASSERT_EQ(accuracy({"--csv", "wide.csv"}).code, 0);
  ASSERT_EQ(accuracy({"--set", "/precision/weights/bits=2", "--csv", "narrow.csv"}).code, 0);
  EXPECT_NE(bytes_of(folder_.path("wide.csv")), bytes_of(folder_.path("narrow.csv")));
}

TEST_F(Accuracy, RefusesWhatItCannotUseAndWritesNothing) {
  EXPECT_EQ(refusal({"--limit", "0"}), "lacuna: accuracy: --limit: found 0; allowed 1 to 2, the images there are\n");
  EXPECT_EQ(refusal({"--limit", "3"}), "lacuna: accuracy: --limit: found 3; allowed 1 to 2, the images there are\n");
  EXPECT_EQ(refusal({"--csv", "images/labels.csv"}).find("lacuna: images/labels.csv: "), 0U);
  label("photo.png,10\n");
  EXPECT_EQ(refusal({"--csv", "f.csv"}), "lacuna: images/labels.csv: line 2: class: found '10'; allowed 0 to 9\n");
  label("gone.png,1\n");
  EXPECT_EQ(refusal({"--csv", "f.csv"}), "lacuna: images/labels.csv: line 2: image: no such file, found 'gone.png'\n");
  label("");
  EXPECT_EQ(refusal({"--csv", "f.csv"}), "lacuna: images/labels.csv: found no images; allowed at least one\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.path("f.csv")));
  const ProgramOutcome none = run_program({"accuracy", "--network", "tiny"}, {folder_.path(), {}, {}});
  EXPECT_EQ(none.code, 2);
  EXPECT_EQ(none.err, "lacuna: accuracy: no labelled images come with network tiny; allowed --labelled DIR\n");
}

TEST_F(Accuracy, RefusesAnAccumulatorThatSaturates) {
  EXPECT_EQ(refusal({"--set", "/chip/mac/overflow=saturate"}),
            "lacuna: --set /chip/mac/overflow=saturate: /chip/mac/overflow: an accumulator that saturates adds in the "
            "order of a "
            "mapping, which accuracy does not know; allowed one that wraps\n");
}

}  // namespace
}  // namespace lacuna
