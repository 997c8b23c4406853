// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/ofmap.hpp"

#include <gtest/gtest.h>

#include "hw/codec/codec.hpp"

namespace lacuna::test {
namespace {

/// A schedule that is nothing but its drains.
struct Drains : LayerSchedule {
  std::vector<std::int64_t> filter_positions(std::int64_t) const override { return {}; }
  std::vector<std::vector<std::int64_t>> accumulation_order() const override { return {}; }
};

TEST(DecodeOfmap, PutsTheStreamsOfEveryTileWhereTheirWordsBelong) {
  // 1 image, 3 channels of 2 x 2, drained as: row 1 of all channels, then row 0; streams of 2 channels and of 1.
  LayerJob job;
  job.shape = {1, 3, 1, 1, 2, 2, 1, 1, 1, 0};
  job.ofmap_group_channels = 2;
  Drains schedule;
  FeatureTile tile;
  tile.channels = 3;
  tile.columns = 2;
  tile.row = 1;
  schedule.ofmap_tiles.push_back(tile);
  tile.row = 0;
  schedule.ofmap_tiles.push_back(tile);
  schedule.transfers = {{TransferKind::fill_filter, 0, PassEvent::none, 0},
                        {TransferKind::drain_ofmap, 0, PassEvent::ended, 0},
                        {TransferKind::drain_ofmap, 1, PassEvent::ended, 1}};
  job.schedule = &schedule;
  const StreamFormat format{Registry<Codec>::instance().find("run_length"), {16, 5, 64}};

  std::vector<std::uint64_t> dram = {123, 456};  // what lay there before
  std::vector<StreamRange> ranges;
  for (const std::vector<StoredWord>& values :
       std::vector<std::vector<StoredWord>>{{3, 4, 0, 0}, {11, 12}, {1, 2, 5, 6}, {0, -10}}) {
    const std::vector<std::uint64_t> stream = format.codec->encode(format.parameters, values);
    ranges.push_back({static_cast<std::int64_t>(dram.size()) - 2, static_cast<std::int64_t>(stream.size()),
                      static_cast<std::int64_t>(values.size())});
    dram.insert(dram.end(), stream.begin(), stream.end());
  }
  EXPECT_EQ(decode_ofmap(job, format, dram, 2, ranges), std::vector<StoredWord>({1, 2, 3, 4,         // channel 0
                                                                                 5, 6, 0, 0,         // channel 1
                                                                                 0, -10, 11, 12}));  // channel 2
}

}  // namespace
}  // namespace lacuna::test
