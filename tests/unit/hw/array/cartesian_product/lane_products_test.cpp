// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/lane_products.hpp"

#include <gtest/gtest.h>

#include "hw/array/cartesian_product/event/border.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/vector_instructions.hpp"

namespace lacuna::test {
namespace {

using CartesianLaneProducts = VectorInstructions;

void expect_sums(Dice& dice, std::int64_t pes, std::size_t lanes) {
  const std::int64_t planes = dice.draw(1, 40);
  CartesianLaneCounts counts;
  counts.clear(planes, pes);
  std::vector<double> weights;
  for (std::size_t k = 0; k < static_cast<std::size_t>(planes) * lanes; ++k) {
    weights.push_back(static_cast<double>(dice.draw(0, 1 << 20)));
  }
  std::vector<std::int64_t> wanted(lanes * static_cast<std::size_t>(counts.pitch()), 0);
  for (std::int64_t k = 0; k < planes * pes; ++k) {
    const std::int64_t count = dice.draw(0, 1 << 20);
    counts.at(k / pes, k % pes) = static_cast<double>(count);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      wanted[lane * static_cast<std::size_t>(counts.pitch()) + static_cast<std::size_t>(k % pes)] +=
          count * static_cast<std::int64_t>(weights[static_cast<std::size_t>(k / pes) * lanes + lane]);
    }
  }
  const std::vector<double> sums = sum_products(counts, weights, lanes);
  EXPECT_EQ(std::vector<std::int64_t>(sums.begin(), sums.end()), wanted) << pes << ' ' << lanes;
}

TEST_P(CartesianLaneProducts, AreSumsOverPlanesForEveryPeAndFilterLane) {
  Dice dice(1);
  for (const std::int64_t pes : {1, 7, 8, 64, 65}) {
    for (const std::size_t lanes : {4, 8}) expect_sums(dice, pes, lanes);
  }
}

INSTANTIATE_TEST_SUITE_P(All, CartesianLaneProducts, every_vector_instruction_set(), name_of_instruction_set);

TEST(CartesianBorder, KeepsTheFilterRowsWhoseOutputLiesInThePlaneWhateverTheClassOfARow) {
  for (std::int64_t filter = 1; filter <= 6; ++filter) {
    for (std::int64_t outputs = 1; outputs <= 9; ++outputs) {
      const CartesianBorder border(filter, outputs);
      for (std::int64_t place = 0; place < outputs + filter + 3; ++place) {
        const std::int64_t of_place = border.of(place);
        ASSERT_LT(of_place, border.classes());
        const CartesianSpan kept = border.kept(of_place);
        for (std::int64_t r = 0; r < filter; ++r) {
          const bool inside = place - r >= 0 && place - r < outputs;
          EXPECT_EQ(r >= kept.first && r < kept.first + kept.count, inside) << filter << ' ' << outputs << ' ' << place;
        }
        EXPECT_EQ(of_place == border.inner(), kept.count == filter);
      }
    }
  }
}

}  // namespace
}  // namespace lacuna::test
