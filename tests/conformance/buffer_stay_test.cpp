// SPDX-License-Identifier: Apache-2.0
// What lies in the global buffer fits into it, on every registered array.
#include "hw/chip/buffer_stay.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "hw/base/registry.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

/// Stays of one kind in a run.
std::vector<BufferStay> stays_of(BufferContent content, const LayerCase& c, const LayerRun& run) {
  std::vector<BufferStay> stays = buffer_stays(*c.schedule(), run.passes, run.transfers);
  stays.erase(std::remove_if(stays.begin(), stays.end(), [=](const BufferStay& s) { return s.content != content; }),
              stays.end());
  return stays;
}

class BufferStaysOf : public ::testing::TestWithParam<std::string> {};

TEST_P(BufferStaysOf, RandomLayersNeverOverlapAndNeverExceedTheBuffer) {
  constexpr std::int64_t kCases = 200;
  for (std::int64_t seed = 0; seed < kCases; ++seed) {
    const LayerCase c = random_case(seed, GetParam());
    const LayerRun run = c.run_event();
    const GlobalBufferConfig& buffer = c.chip.global_buffer;
    std::int64_t most_bits[3] = {0, 0, 0};
    for (const BufferContent content : {BufferContent::ifmap, BufferContent::filter, BufferContent::psum}) {
      const std::int64_t word_bits = content == BufferContent::ifmap    ? c.activation_bits
                                     : content == BufferContent::filter ? c.weight_bits
                                                                        : c.chip.mac.accumulator_bits;
      const std::vector<BufferStay> stays = stays_of(content, c, run);
      if (content == BufferContent::filter && c.schedule()->own_filter_format()) {
        ASSERT_TRUE(stays.empty()) << "seed " << seed << ": they lie in the array";
        continue;
      }
      std::int64_t free = 0;
      for (const BufferStay& stay : stays) {
        ASSERT_GE(stay.first, free) << "seed " << seed;
        ASSERT_GE(stay.end, stay.first) << "seed " << seed;
        free = stay.end;
        std::int64_t& most = most_bits[static_cast<std::size_t>(content)];
        most = std::max(most, stay.words * word_bits);
      }
      for (const PassRecord& pass : run.passes) {
        const auto holds = [&](const BufferStay& stay) { return stay.first <= pass.start && pass.start < stay.end; };
        ASSERT_EQ(std::count_if(stays.begin(), stays.end(), holds), 1) << "seed " << seed << ", edge " << pass.start;
      }
    }
    ASSERT_LE(most_bits[0] + most_bits[2], buffer.banks * buffer.bank_bytes * 8) << "seed " << seed;
    ASSERT_LE(most_bits[1], buffer.filter_banks * buffer.bank_bytes * 8) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Array, BufferStaysOf, ::testing::ValuesIn(Registry<ArrayKind>::instance().names()),
                         [](const auto& array) { return array.param; });

}  // namespace
}  // namespace lacuna::test
