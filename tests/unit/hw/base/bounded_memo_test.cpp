// SPDX-License-Identifier: Apache-2.0
#include "hw/base/bounded_memo.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace lacuna {
namespace {

struct Thing {
  explicit Thing(std::size_t size) : size_(size) {}
  std::size_t bytes() const { return size_; }
  std::size_t size_;
};

struct Numbers {
  std::int64_t first = 0;
  std::int64_t second = 0;
};

class BoundedMemoTest : public testing::Test {
 protected:
  std::shared_ptr<Thing> get(const std::string& key, std::size_t size) {
    return memo_.get(key, [&] {
      ++made_;
      return std::make_shared<Thing>(size);
    });
  }
  BoundedMemo<Thing> memo_{100};
  int made_ = 0;
};

TEST_F(BoundedMemoTest, MakesAThingOnceForAsLongAsItIsKept) {
  const std::shared_ptr<Thing> first = get("a", 10);
  EXPECT_EQ(get("a", 10), first);
  EXPECT_NE(get("b", 10), first);
  EXPECT_EQ(made_, 2);
  EXPECT_EQ(memo_.bytes(), 2U * (10 + 1));  // a key of one byte each
}

TEST_F(BoundedMemoTest, ForgetsWhatWasAskedForLongestAgo) {
  for (const char* key : {"a", "b", "c"}) get(key, 32);  // 3 x 33 = 99 bytes
  EXPECT_EQ(memo_.size(), 3U);
  get("a", 32);
  get("d", 0);  // one byte: 100 fit
  EXPECT_EQ(memo_.size(), 4U);
  get("e", 32);  // "b" goes
  EXPECT_EQ(made_, 5);
  for (const char* key : {"c", "a", "d", "e"}) get(key, 32);
  EXPECT_EQ(made_, 5);
  get("b", 32);
  EXPECT_EQ(made_, 6);
}

TEST_F(BoundedMemoTest, CountsWhatAThingHasGrownTo) {
  get("a", 10)->size_ = 200;
  EXPECT_EQ(memo_.size(), 1U) << "what was asked for last is kept whatever its size";
  get("b", 10);
  EXPECT_EQ(memo_.size(), 1U);
  EXPECT_EQ(memo_.bytes(), 11U);
}

TEST_F(BoundedMemoTest, AThingThatIsHeldLivesOnWhenItIsForgotten) {
  const std::shared_ptr<Thing> held = get("a", 90);
  get("b", 90);
  EXPECT_EQ(memo_.size(), 1U);
  EXPECT_EQ(held->bytes(), 90U);
}

TEST_F(BoundedMemoTest, KeepsNothingOfAThingThatCannotBeMade) {
  const auto refuse = []() -> std::shared_ptr<Thing> { throw std::runtime_error("no"); };
  EXPECT_THROW(memo_.get("a", refuse), std::runtime_error);
  EXPECT_EQ(memo_.size(), 0U);
  EXPECT_EQ(get("a", 5)->bytes(), 5U);
}

TEST(KeyBytes, DifferInEveryFieldOfAStruct) {
  EXPECT_EQ(key_bytes(Numbers{1, 2}), key_bytes(Numbers{1, 2}));
  EXPECT_NE(key_bytes(Numbers{1, 2}), key_bytes(Numbers{1, 3}));
  EXPECT_NE(key_bytes(Numbers{1, 2}), key_bytes(Numbers{2, 1}));
}

}  // namespace
}  // namespace lacuna
