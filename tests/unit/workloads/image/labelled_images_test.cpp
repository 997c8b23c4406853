// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/labelled_images.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

class LabelledImages : public testing::Test {
 protected:
  LabelledImages() {
    folder_.write("a.jpg", "");
    folder_.write("b.png", "");
  }
  std::string refusal(const std::string& labels) {
    folder_.write("labels.csv", labels);
    return error_of([&] { read_labels(folder_.path(), 10); });
  }
  std::string at(const std::string& line) { return folder_.path("labels.csv") + ": line " + line + ": "; }

  ScratchFolder folder_;
};

TEST_F(LabelledImages, HaveAClassEach) {
  folder_.write("labels.csv", "image,class,photograph\na.jpg,9,x\r\nb.png,0\n");
  const std::vector<LabelledImage> images = read_labels(folder_.path(), 10);
  ASSERT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].file, folder_.path("a.jpg"));
  EXPECT_EQ(images[0].label, 9);
  EXPECT_EQ(images[1].label, 0);
}

TEST_F(LabelledImages, AreRefusedByFileAndLine) {
  EXPECT_EQ(refusal("file,class\n"), at("1") + "found 'file,class'; allowed image,class");
  EXPECT_EQ(refusal("image,class\na.jpg\n"), at("2") + "found 'a.jpg'; allowed an image and its class");
  EXPECT_EQ(refusal("image,class\na.jpg,10\n"), at("2") + "class: found '10'; allowed 0 to 9");
  EXPECT_EQ(refusal("image,class\na.jpg,-1\n"), at("2") + "class: found '-1'; allowed 0 to 9");
  EXPECT_EQ(refusal("image,class\na.jpg,1\na.jpg,1\n"), at("3") + "image: found 'a.jpg' a second time");
  EXPECT_EQ(refusal("image,class\nc.jpg,1\n"), at("2") + "image: no such file, found 'c.jpg'");
  EXPECT_EQ(refusal("image,class\n"), folder_.path("labels.csv") + ": found no images; allowed at least one");
  EXPECT_EQ(error_of([&] { read_labels(folder_.path("none"), 10); }),
            folder_.path("none/labels.csv") + ": no such file");
}

}  // namespace
}  // namespace lacuna
