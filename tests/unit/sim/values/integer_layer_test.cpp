// SPDX-License-Identifier: Apache-2.0
#include "sim/values/integer_layer.hpp"
#include "hw/base/post_arithmetic.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

TEST(IntegerLayer, AddsTheBiasOfTheChannelBehindTheSum) {
  // Right shift 2: (13 + 2 + 2) >> 2 = 4, (-9 + 2 + 2) >> 2 = -2 -> ReLU 0; (500 - 1 + 2) >> 2 = 125 and 4-bit 7.
  PostArithmetic post;
  post.right_shift = 2;
  post.ofmap_bits = 4;
  post.relu = true;
  EXPECT_EQ(compute_ofmap(post, std::vector<Word>{13, -9, 500, 5}, std::vector<Word>{2, -1}),
            (std::vector<StoredWord>{4, 0, 7, 1}));
  // Left shift 1, no ReLU: (3 - 5) x 2 = -4.
  post = PostArithmetic();
  post.right_shift = -1;
  EXPECT_EQ(compute_ofmap(post, std::vector<Word>{3}, std::vector<Word>{-5}), (std::vector<StoredWord>{-4}));
}

TEST(IntegerLayer, RefusesTensorsOfAnotherSize) {
  LayerShape s;
  s.C = 2;
  const auto mac = Registry<MacDatapath>::instance().find("bit_parallel")->set_up({Arithmetic(), {}});
  const auto tensor = [](const std::vector<StoredWord>& words) {
    EncodedTensor tensor;
    tensor.words = words;
    return tensor;
  };
  const std::vector<StoredWord> two{1, 2};
  const std::vector<StoredWord> three{1, 2, 3};
  EXPECT_EQ(error_of([&] { compute_psums(s, *mac, Arithmetic(), {two}, tensor(three), nullptr); }),
            "a layer of 2 filter words was given 3");
  EXPECT_EQ(error_of([&] {
              compute_psums(s, *mac, Arithmetic(), {two, three}, tensor(two), nullptr);
            }),
            "a layer of 2 ifmap words was given 3");
}

}  // namespace
}  // namespace lacuna
