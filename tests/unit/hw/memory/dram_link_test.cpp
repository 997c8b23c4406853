// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/dram_link.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "hw/noc/simulation_context.hpp"

namespace lacuna::test {
namespace {

constexpr std::uint64_t kPeriodPs = 5000;  // 1 / 200 MHz

/// The chip's side of the link: keeps what arrives, with its time, and gives what is queued.
struct Client : sc_core::sc_module, DramLinkClient {
  explicit Client(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {}
  void deliver(std::uint64_t word) override {
    words.push_back(word);
    times.push_back(sc_core::sc_time_stamp().value());
  }
  bool has_word() override { return !queue.empty(); }
  std::uint64_t fetch() override {
    const std::uint64_t word = queue.front();
    queue.pop_front();
    times.push_back(sc_core::sc_time_stamp().value());
    return word;
  }

  std::vector<std::uint64_t> words;
  std::vector<std::uint64_t> times;
  std::deque<std::uint64_t> queue;
};

/// A 60 MHz link on a 200 MHz core whose clock sleeps, with a DRAM of the words 100, 101, ... 109.
struct DramLinkTest : testing::Test {
  DramLinkTest() {
    for (std::uint64_t word = 100; word < 110; ++word) dram.contents().push_back(word);
    clock.clk(clk);
    link.client(client);
    link.data(data);
    link.busy(busy);
  }

  SimulationContext simulation;
  Dram dram;
  Client client{"client"};
  std::vector<std::int64_t> done;
  std::function<void(std::int64_t)> then;
  sc_core::sc_signal<bool> clk{"clk"};
  sc_core::sc_signal<std::uint64_t> data{"data"};
  sc_core::sc_signal<bool> busy{"busy"};
  CoreClock clock{"clock", 200000, [] { return true; }};
  DramLink link{"link", dram, {200000, 60000}, clock, [this](std::int64_t edge) {
                  done.push_back(edge);
                  if (then) then(edge);
                }};
};

TEST_F(DramLinkTest, AFillBringsItsWordsHalfAPeriodBeforeTheEdgesAtWhichTheyMayBeUsed) {
  link.start_fill(0, 3, 3);
  sc_core::sc_start();
  EXPECT_EQ(client.words, std::vector<std::uint64_t>({103, 104, 105}));
  // Edges 4, 7, 10: ceil((k + 1) 200 / 60); edge e lies half a period after e periods.
  EXPECT_EQ(client.times, std::vector<std::uint64_t>({4 * kPeriodPs, 7 * kPeriodPs, 10 * kPeriodPs}));
  EXPECT_EQ(done, std::vector<std::int64_t>({10}));
  EXPECT_EQ(dram.words_read(), 3);
  EXPECT_EQ(dram.words_written(), 0);
  EXPECT_FALSE(busy.read());
}

TEST_F(DramLinkTest, AFillOfOneWordIsDoneWhenThatWordIsThere) {
  link.start_fill(7, 0, 1);
  sc_core::sc_start();
  EXPECT_EQ(done, std::vector<std::int64_t>({11}));  // 7 + ceil(3.33)
}

TEST_F(DramLinkTest, TheNextTransferMayStartAtTheEdgeAtWhichTheLastWordArrived) {
  then = [this](std::int64_t edge) {
    if (done.size() == 1) link.start_fill(edge, 5, 2);
  };
  link.start_fill(0, 0, 2);
  sc_core::sc_start();
  EXPECT_EQ(client.words, std::vector<std::uint64_t>({100, 101, 105, 106}));
  // First transfer: 4, 7. Second from edge 7: 7 + 4, 7 + 7.
  EXPECT_EQ(client.times, std::vector<std::uint64_t>({4 * kPeriodPs, 7 * kPeriodPs, 11 * kPeriodPs, 14 * kPeriodPs}));
  EXPECT_EQ(done, std::vector<std::int64_t>({7, 14}));
}

TEST_F(DramLinkTest, ADrainAppendsToDramUntilItsClientHasNoMore) {
  client.queue = {900, 901, 902};
  link.start_drain(20);
  sc_core::sc_start();
  EXPECT_EQ(dram.size(), 13);
  EXPECT_EQ(dram.contents()[10], 900U);
  EXPECT_EQ(dram.contents()[12], 902U);
  EXPECT_EQ(client.times, std::vector<std::uint64_t>({24 * kPeriodPs, 27 * kPeriodPs, 30 * kPeriodPs}));
  EXPECT_EQ(done, std::vector<std::int64_t>({30}));
  EXPECT_EQ(dram.words_written(), 3);
  EXPECT_EQ(dram.words_read(), 0);
}

TEST_F(DramLinkTest, ADrainOfAClientThatMakesWordsAsItGoesEndsWithTheLastOne) {
  struct Growing : Client {
    using Client::Client;
    bool has_word() override {
      if (times.size() == 1 && queue.empty()) queue.push_back(901);  // found only after the first was fetched
      return Client::has_word();
    }
  };
  Growing growing("growing");
  growing.queue = {900};
  std::vector<std::int64_t> ends;
  DramLink other("other", dram, {200000, 60000}, clock, [&ends](std::int64_t edge) { ends.push_back(edge); });
  sc_core::sc_signal<bool> other_busy("other_busy");
  sc_core::sc_signal<std::uint64_t> other_data("other_data");
  other.client(growing);
  other.busy(other_busy);
  other.data(other_data);
  other.start_drain(0);
  sc_core::sc_start();
  EXPECT_EQ(dram.words_written(), 2);
  EXPECT_EQ(ends, std::vector<std::int64_t>({7}));
}

TEST_F(DramLinkTest, IsBusyFromTheStartOfATransferToItsLastWordAndShowsTheWords) {
  link.start_fill(0, 0, 2);
  sc_core::sc_start(clock.time_before(1));
  EXPECT_TRUE(busy.read());
  sc_core::sc_start(clock.time_before(5) - clock.time_before(1));
  EXPECT_EQ(data.read(), 100U);  // since edge 4
  EXPECT_TRUE(busy.read());
  sc_core::sc_start(clock.time_before(8) - clock.time_before(5));
  EXPECT_EQ(data.read(), 101U);  // since edge 7
  EXPECT_FALSE(busy.read());
}

TEST_F(DramLinkTest, AFaultFlipsOneBitOfTheNthWordThatArrives) {
  FaultSite fault;
  fault.arm(2, 3);
  link.set_fault(fault);
  link.start_fill(0, 0, 3);
  sc_core::sc_start();
  EXPECT_EQ(client.words, std::vector<std::uint64_t>({100, 101 ^ 8, 102}));
}

}  // namespace
}  // namespace lacuna::test
