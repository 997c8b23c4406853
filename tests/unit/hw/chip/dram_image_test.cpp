// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/dram_image.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

FeatureTile tile_of(std::int64_t channel, std::int64_t channels, std::int64_t row, std::int64_t rows,
                    std::int64_t columns) {
  FeatureTile tile;
  tile.channel = channel;
  tile.channels = channels;
  tile.row = row;
  tile.rows = rows;
  tile.columns = columns;
  return tile;
}

TEST(PaddedTile, SurroundsTheIfmapWithZeros) {
  LayerShape shape;
  shape.H = 2;
  shape.W = 3;
  shape.P = 1;
  const std::vector<StoredWord> ifmap = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(padded_tile(shape, ifmap, tile_of(0, 1, 0, 4, 5)), std::vector<StoredWord>({0, 0, 0, 0, 0,  //
                                                                                        0, 1, 2, 3, 0,  //
                                                                                        0, 4, 5, 6, 0,  //
                                                                                        0, 0, 0, 0, 0}));
}

TEST(PaddedTile, CutsRowsOfThePaddedIfmapAndChannelsInOrder) {
  LayerShape shape;
  shape.C = 3;
  shape.H = 2;
  shape.W = 2;
  shape.P = 1;
  const std::vector<StoredWord> ifmap = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  // Channels 1 and 2, padded rows 2 and 3: the last row of the ifmap and the padding below it.
  EXPECT_EQ(padded_tile(shape, ifmap, tile_of(1, 2, 2, 2, 4)), std::vector<StoredWord>({0, 7, 8, 0,    //
                                                                                        0, 0, 0, 0,    //
                                                                                        0, 11, 12, 0,  //
                                                                                        0, 0, 0, 0}));
}

TEST(OfmapStreams, AreOnePerImageAndChannelGroupTheLastOneShort) {
  FeatureTile tile = tile_of(6, 5, 0, 2, 2);
  tile.image = 2;
  tile.images = 2;
  const std::vector<OfmapStream> streams = ofmap_streams(tile, 9, 4);
  const std::vector<std::vector<std::int64_t>> expected = {{2, 6, 4}, {2, 10, 1}, {3, 6, 4}, {3, 10, 1}};
  ASSERT_EQ(streams.size(), expected.size());
  for (std::size_t k = 0; k < streams.size(); ++k) {
    EXPECT_EQ(std::vector<std::int64_t>({streams[k].image, streams[k].channel, streams[k].channels}), expected[k]);
    EXPECT_EQ(streams[k].tile, 9);
  }
}

TEST(OfmapStreams, AGroupWiderThanTheTileIsOneStream) {
  const std::vector<OfmapStream> streams = ofmap_streams(tile_of(0, 3, 0, 1, 1), 0, 64);
  ASSERT_EQ(streams.size(), 1U);
  EXPECT_EQ(streams[0].channels, 3);
}

/// 4 channels in tiles of 2, 4 filters in m tiles of 2: four passes, of which two and two read the same ifmap tile.
struct DramImageTest : testing::Test {
  DramImageTest() {
    layer.shape = {1, 4, 4, 1, 4, 4, 3, 3, 1, 0};
    layer.map().m = 2;
    layer.map().e = 2;
    layer.map().p = 2;
    layer.map().q = 2;
    layer.chip.codec.feature_map = "dense";
    schedule = layer.schedule();
    words = layer.words();
    job = layer.job(*schedule, words);
  }
  RowStationaryLayer layer;
  std::unique_ptr<LayerSchedule> schedule;
  LayerCase::Words words;
  LayerJob job;
};

TEST_F(DramImageTest, TilesOfTheSameWordsShareTheirStreams) {
  DramImage image(layer.chip, job);
  ASSERT_EQ(schedule->ifmap_tiles.size(), 4U);
  EXPECT_EQ(image.ifmap(0).front().first_word, image.ifmap(2).front().first_word);
  EXPECT_EQ(image.ifmap(1).front().first_word, image.ifmap(3).front().first_word);
  EXPECT_NE(image.ifmap(0).front().first_word, image.ifmap(1).front().first_word);
  // 2 ifmap streams of 2 x 4 x 4 = 32 words of 16 bits: 8 words of 64 bits each; 4 filter streams of 2 x 2 x 9 = 36: 9.
  EXPECT_EQ(image.dram().size(), 2 * 8 + 4 * 9);
  EXPECT_EQ(image.filter_bits(), 4 * 9 * 64);
}

TEST_F(DramImageTest, StreamsDecodeToTheTilesInTheOrderOfTheBus) {
  const LayerFormats formats = formats_of(layer.chip, job.widths);
  DramImage image(layer.chip, job);
  const auto decode = [&image](const StreamFormat& format, const StreamRange& range) {
    const Span<const std::uint64_t> stream(image.dram().contents().data() + range.first_word,
                                           static_cast<std::size_t>(range.words));
    return format.codec->decode(format.parameters, stream, range.values);
  };
  for (std::int64_t tile = 0; tile < 4; ++tile) {
    EXPECT_EQ(decode(formats.ifmap, image.ifmap(tile).front()),
              padded_tile(job.shape, job.ifmaps[0], schedule->ifmap_tiles[static_cast<std::size_t>(tile)]));
    std::vector<StoredWord> filters;
    for (const std::int64_t position : schedule->filter_positions(tile)) {
      filters.push_back(words.filters[static_cast<std::size_t>(position)]);
    }
    EXPECT_EQ(decode(formats.filter, image.filter(tile)), filters);
  }
  EXPECT_EQ(image.dram().words_read(), 0);  // the host's accesses are not the chip's
}

TEST_F(DramImageTest, AWidthThatACodecCannotHoldIsRefusedBeforeAnythingIsSimulated) {
  layer.chip.codec.feature_map = "run_length";
  layer.chip.codec.run_bits = 5;
  layer.chip.dram_link.bits = 22;  // one pair of 5 + 16 bits and the flag
  EXPECT_NO_THROW(formats_of(layer.chip, job.widths));
  layer.chip.dram_link.bits = 21;
  EXPECT_NE(error_of([&] { formats_of(layer.chip, job.widths); }), "no error");
}

TEST_F(DramImageTest, OnlyTheFirstLayersIfmapHasTheCodecOfTheNetworkInput) {
  layer.chip.codec.feature_map = "run_length";
  layer.chip.codec.network_input = "dense";
  job.widths.network_input = false;
  EXPECT_EQ(formats_of(layer.chip, job.widths).ifmap.codec, Registry<Codec>::instance().find("run_length"));
  job.widths.network_input = true;
  EXPECT_EQ(formats_of(layer.chip, job.widths).ifmap.codec, Registry<Codec>::instance().find("dense"));
  EXPECT_EQ(formats_of(layer.chip, job.widths).ofmap.codec, Registry<Codec>::instance().find("run_length"));
}

}  // namespace
}  // namespace lacuna::test
