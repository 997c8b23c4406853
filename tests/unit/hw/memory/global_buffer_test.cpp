// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/global_buffer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "hw/noc/simulation_context.hpp"

namespace lacuna::test {
namespace {

struct GlobalBufferTest : testing::Test {
  SimulationContext simulation;
  Faults faults;
  GlobalBuffer buffer{"buffer", faults, 8, 4, 2};  // ifmap, psum and filter words
};

TEST_F(GlobalBufferTest, KeepsAWordPerAddressAndCountsEveryAccessOfARegion) {
  buffer.psum.write(0, -7);
  buffer.psum.write(3, 9);
  buffer.psum.write(0, 5);
  EXPECT_EQ(buffer.psum.read(0), 5);
  EXPECT_EQ(buffer.psum.read(3), 9);
  EXPECT_EQ(buffer.psum.counts().writes, 3);
  EXPECT_EQ(buffer.psum.counts().reads, 2);
  EXPECT_EQ(buffer.ifmap.counts().writes + buffer.filter.counts().writes, 0);
}

TEST_F(GlobalBufferTest, RegionsAreDisjoint) {
  buffer.ifmap.write(0, 1);
  buffer.psum.write(0, 2);
  buffer.filter.write(0, 3);
  EXPECT_EQ(buffer.read_ifmap(0), 1);
  EXPECT_EQ(buffer.psum.read(0), 2);
  EXPECT_EQ(buffer.filter.read(0), 3);
}

TEST_F(GlobalBufferTest, AZeroPsumIsCountedApartAndReadsNoBank) {
  buffer.psum.write(0, 42);
  EXPECT_EQ(buffer.read_zero_psum(), 0);
  EXPECT_EQ(buffer.read_zero_psum(), 0);
  EXPECT_EQ(buffer.zero_psums_read(), 2);
  EXPECT_EQ(buffer.psum.counts().reads, 0);
}

TEST_F(GlobalBufferTest, ADrainedPsumIsAReadOfTheBankThatIsAlsoCountedAsDrained) {
  buffer.psum.write(1, 42);
  EXPECT_EQ(buffer.drain_psum(1), 42);
  EXPECT_EQ(buffer.psums_drained(), 1);
  EXPECT_EQ(buffer.psum.counts().reads, 1);
}

TEST_F(GlobalBufferTest, AnAddressOutsideARegionIsAnErrorAndNotAStrayAccess) {
  EXPECT_NO_THROW(buffer.ifmap.write(7, 1));
  EXPECT_THROW(buffer.ifmap.write(8, 1), std::out_of_range);
  EXPECT_NO_THROW(buffer.psum.read(3));
  EXPECT_THROW(buffer.psum.read(4), std::out_of_range);
  EXPECT_THROW(buffer.filter.read(-1), std::out_of_range);
}

TEST_F(GlobalBufferTest, AFaultHitsTheNthIfmapReadAlone) {
  faults.global_buffer_read.arm(2, 1);
  buffer.ifmap.write(0, 4);
  EXPECT_EQ(buffer.read_ifmap(0), 4);
  EXPECT_EQ(buffer.read_ifmap(0), 6);  // 4 with bit 1 flipped
  EXPECT_EQ(buffer.read_ifmap(0), 4);
}

}  // namespace
}  // namespace lacuna::test
