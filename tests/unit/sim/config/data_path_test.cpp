// SPDX-License-Identifier: Apache-2.0
#include "sim/config/data_path.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/environment.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

class DataPath : public ::testing::Test {
 protected:
  DataPath() {
    folder_.write("configs/chips/eyeriss.json", "{}");
    folder_.write("configs/chips/eyeriss.md", "");
    folder_.write("configs/chips/a.json", "{}");
    folder_.write("workloads/images/china.png", "");
  }
  static DataFile find(DataKind kind, const std::string& reference) {
    const JsonDocument doc(reference, "--chip " + reference, "/chip");
    return find_data(kind, doc.view());
  }
  ScratchFolder folder_;
  ScopedVariable variable_{"LACUNA_DATA", folder_.path()};
};

TEST_F(DataPath, ListsNamesInAlphabeticalOrder) {
  EXPECT_EQ(data_names(DataKind::chip), (std::vector<std::string>{"a", "eyeriss"}));
  EXPECT_EQ(data_names(DataKind::image), (std::vector<std::string>{"china"}));
  EXPECT_EQ(data_names(DataKind::network), std::vector<std::string>{});
}

TEST_F(DataPath, RecordsShippedFilesWithoutThePathOfTheMachine) {
  EXPECT_EQ(find(DataKind::chip, "eyeriss").recorded, "configs/chips/eyeriss.json");
  EXPECT_EQ(find(DataKind::chip, "eyeriss").path, folder_.path("configs/chips/eyeriss.json"));
  EXPECT_EQ(find(DataKind::image, "china").recorded, "workloads/images/china.png");
  EXPECT_EQ(recorded_file("configs/chips/eyeriss.json").path, folder_.path("configs/chips/eyeriss.json"));
}

TEST_F(DataPath, TakesPathsAsTheyAre) {
  const std::string mine = folder_.write("mine.json", "{}");
  EXPECT_EQ(find(DataKind::chip, mine).recorded, mine);
  EXPECT_EQ(recorded_file(mine).path, mine);
}

TEST_F(DataPath, TellsAPathByItsEnding) {
  for (const char* name : {"no.png", "no.jpg", "no.jpeg", "NO.JPG", "No.Jpeg"}) {
    EXPECT_EQ(error_of([&] { find(DataKind::image, name); }),
              std::string("--chip ") + name + ": /chip: no such file, found '" + name + "'");
  }
  EXPECT_EQ(error_of([&] { find(DataKind::image, "no.gif"); }),
            "--chip no.gif: /chip: unknown image, found 'no.gif'; allowed china, or the path of a .png, .jpg or .jpeg "
            "file");
  EXPECT_EQ(error_of([&] { find(DataKind::chip, "a.jpg"); }),
            "--chip a.jpg: /chip: unknown chip, found 'a.jpg'; allowed a, eyeriss, or the path of a .json file");
}

TEST_F(DataPath, NamesWhatThereIsWhenANameIsUnknown) {
  EXPECT_EQ(
      error_of([&] { find(DataKind::chip, "eyris"); }),
      "--chip eyris: /chip: unknown chip, found 'eyris'; allowed a, eyeriss, or the path of a .json file; did you "
      "mean 'eyeriss'?");
  EXPECT_EQ(error_of([&] { find(DataKind::network, "alexnet"); }),
            "--chip alexnet: /chip: unknown network, found 'alexnet'; allowed the path of a .json file");
  EXPECT_EQ(error_of([&] { find(DataKind::chip, "./no.json"); }),
            "--chip ./no.json: /chip: no such file, found './no.json'");
}

TEST(DataRoot, IsTheSourceTreeForAProgramThatIsNotInstalled) { EXPECT_EQ(data_root(), LACUNA_SOURCE_DIR); }

TEST(DataRoot, MustBeAFolder) {
  const ScopedVariable variable("LACUNA_DATA", "no/such/folder");
  EXPECT_EQ(error_of([] { data_root(); }), "LACUNA_DATA: no folder 'no/such/folder'");
}

}  // namespace
}  // namespace lacuna
