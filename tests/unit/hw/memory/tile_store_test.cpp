// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/tile_store.hpp"

#include <gtest/gtest.h>

#include "hw/base/registry.hpp"
#include "hw/memory/event_tile_writer.hpp"

namespace lacuna {
namespace {

TEST(TileStore, HoldsEveryWeightAtItsPlace) {
  TileStore store;
  store.begin(3);
  for (const Word weight : {7, 0, -2}) store.write(weight);
  EXPECT_EQ(store.peek(0), 7);
  EXPECT_EQ(store.peek(1), 0);
  EXPECT_EQ(store.peek(2), -2);
  EXPECT_EQ(store.writes(), 3);
}

TEST(TileStore, GivesNoEntryToWeightsThatItDrops) {
  TileStore store([](Word weight) { return weight != 5; });  // a code that is worth zero
  store.begin(3);
  for (const Word weight : {5, 0, 9}) store.write(weight);
  EXPECT_EQ(store.peek(0), 0);
  EXPECT_EQ(store.peek(2), 9);
  EXPECT_EQ(store.writes(), 2);
}

TEST(TileStore, ForgetsATileWhenTheNextOneBegins) {
  TileStore store;
  store.begin(2);
  store.write(4);
  store.write(4);
  store.begin(1);
  EXPECT_EQ(store.peek(0), 0);
  EXPECT_ANY_THROW(store.peek(1));
}

/// Twelve dense weights of 16 bits in three rows, of which a decoder reads one an edge.
struct Tile {
  WeightMemory memory;
  std::shared_ptr<FilterStreams> streams = std::make_shared<FilterStreams>();
  explicit Tile(std::int64_t tiles = 1) {
    const std::vector<StoredWord> values(12, 1);
    const StreamFormat format{Registry<Codec>::instance().find("dense"), {}};
    streams->tiles.assign(static_cast<std::size_t>(tiles), TileStream(format, values));
    memory.begin(0, 12);
  }
};

TEST(EventTileWriter, WaitsUntilTheLastWeightIsWritten) {
  Tile tile;
  EventWeightDecoder decoder(tile.memory, tile.streams);
  TileStore store;
  EventTileWriter writer(decoder, store);
  EXPECT_FALSE(writer.holds(0));
  // Asked at edge 0, rows are read at 1, 2 and 3; the last four weights are written at 3 + 1, and read from 5 on.
  const TileArrival arrival = writer.begin(TileStoreTiming({1, 64, 64, 4096, 0}), 0, 12);
  EXPECT_EQ(arrival.written, 4);
  EXPECT_EQ(arrival.wait, 5);
  EXPECT_TRUE(writer.holds(0));
  EXPECT_EQ(store.writes(), 12);
  EXPECT_EQ(tile.memory.counts().values, 12);
  EXPECT_EQ(tile.memory.counts().row_reads, 3);
}

TEST(EventTileWriter, IsHeldBackByAFifoThatIsSmallerThanWhatIsOnTheWay) {
  Tile tile;
  EventWeightDecoder decoder(tile.memory, tile.streams);
  TileStore store;
  EventTileWriter writer(decoder, store);
  // Room for four: those made at edge 1 are written at 2, and the next four made at 3; 5 makes the last, 6 writes them.
  EXPECT_EQ(writer.begin(TileStoreTiming({1, 64, 64, 4, 0}), 0, 12).written, 6);
}

TEST(EventTileWriter, DecodesATileAgainOnlyWhenAnotherOneLiesInTheStore) {
  Tile tile(2);
  EventWeightDecoder decoder(tile.memory, tile.streams);
  TileStore store;
  EventTileWriter writer(decoder, store);
  const TileStoreTiming timing({1, 64, 64, 4096, 0});
  writer.begin(timing, 0, 12);
  EXPECT_EQ(writer.begin(timing, 0, 12).wait, 0);
  EXPECT_EQ(tile.memory.counts().values, 12);
  tile.memory.begin(1, 12);
  EXPECT_EQ(writer.begin(timing, 1, 3).wait, 5);
  tile.memory.begin(0, 12);
  EXPECT_EQ(writer.begin(timing, 0, 12).wait, 5);
  EXPECT_EQ(tile.memory.counts().values, 36);
  EXPECT_EQ(store.writes(), 12 + 3 + 12);
}

}  // namespace
}  // namespace lacuna
