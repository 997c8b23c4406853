// SPDX-License-Identifier: Apache-2.0
#include "hw/noc/credit_link.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <systemc>

#include "hw/noc/core_clock.hpp"
#include "hw/noc/simulation_context.hpp"

namespace lacuna::test {
namespace {

using Edges = std::vector<std::int64_t>;

/// Edges at which an end of the link is ready to act; ready for good after the last one listed.
struct Readiness {
  std::vector<bool> ready;
  bool at(std::int64_t edge) const {
    return edge >= static_cast<std::int64_t>(ready.size()) || ready[static_cast<std::size_t>(edge)];
  }
};

/// Sends `items` numbers, from 1 on, over one wire to a receiver with a FIFO.
struct SenderBench : sc_core::sc_module {
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> taken{"taken"};
  sc_core::sc_out<std::uint32_t> item{"item"};
  const CoreClock& clock;
  const Readiness& readiness;
  const std::size_t items;
  LinkSender sender;
  Edges sends;

  SenderBench(const sc_core::sc_module_name& name, const CoreClock& clock_, const Readiness& readiness_,
              std::size_t items_, std::int64_t depth)
      : sc_core::sc_module(name), clock(clock_), readiness(readiness_), items(items_), sender(depth) {
    SC_HAS_PROCESS(SenderBench);
    SC_METHOD(on_edge);
    sensitive << clk.pos();
    dont_initialize();
  }
  void on_edge() {
    if (sends.size() == items || !readiness.at(clock.edge()) || !sender.has_credit(taken.read())) return;
    sender.send();
    item.write(sender.sent());
    sends.push_back(clock.edge());
  }
};

struct ReceiverBench : sc_core::sc_module {
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> item{"item"};
  sc_core::sc_out<std::uint32_t> taken{"taken"};
  const CoreClock& clock;
  const Readiness& readiness;
  LinkReceiver<std::uint32_t> fifo;
  std::uint32_t seen = 0;
  Edges takes;
  std::vector<std::uint32_t> words;

  ReceiverBench(const sc_core::sc_module_name& name, const CoreClock& clock_, const Readiness& readiness_,
                std::int64_t depth)
      : sc_core::sc_module(name), clock(clock_), readiness(readiness_), fifo(depth) {
    SC_HAS_PROCESS(ReceiverBench);
    SC_METHOD(on_edge);
    sensitive << clk.pos();
    dont_initialize();
  }
  void on_edge() {
    fifo.begin_edge();
    if (item.read() != seen) {
      seen = item.read();
      fifo.push(seen);
    }
    if (!fifo.ready() || !readiness.at(clock.edge())) return;
    words.push_back(fifo.front());
    fifo.take();
    taken.write(fifo.taken());
    takes.push_back(clock.edge());
  }
};

struct LinkRun {
  Edges sends;
  Edges takes;
  std::vector<std::uint32_t> words;
};

LinkRun run_bench(std::size_t items, std::int64_t depth, const Readiness& send = {}, const Readiness& take = {}) {
  SimulationContext simulation;
  bool done = false;
  CoreClock clock("clock", 200000, [&done] { return done; });
  sc_core::sc_signal<bool> clk("clk");
  sc_core::sc_signal<std::uint32_t> item("item");
  sc_core::sc_signal<std::uint32_t> taken("taken");
  SenderBench sender("sender", clock, send, items, depth);
  ReceiverBench receiver("receiver", clock, take, depth);
  clock.clk(clk);
  sender.clk(clk);
  sender.item(item);
  sender.taken(taken);
  receiver.clk(clk);
  receiver.item(item);
  receiver.taken(taken);
  while (receiver.takes.size() < items) sc_core::sc_start(clock.period());
  EXPECT_TRUE(simulation.warnings().empty());
  return {sender.sends, receiver.takes, receiver.words};
}

/// The law as a recurrence over items: what the event-driven model computes.
LinkRun run_recurrence(std::size_t items, std::int64_t depth, const Readiness& send = {}, const Readiness& take = {}) {
  const LinkLaw law;
  LinkRun run;
  for (std::size_t k = 0; k < items; ++k) {
    std::int64_t sent = k == 0 ? 0 : run.sends[k - 1] + 1;
    const auto slot = static_cast<std::size_t>(depth);
    if (k >= slot) sent = std::max(sent, law.earliest_send(run.takes[k - slot]));
    while (!send.at(sent)) ++sent;
    std::int64_t took = std::max(law.earliest_take(sent), k == 0 ? 0 : run.takes[k - 1] + 1);
    while (!take.at(took)) ++took;
    run.sends.push_back(sent);
    run.takes.push_back(took);
    run.words.push_back(static_cast<std::uint32_t>(k + 1));
  }
  return run;
}

TEST(CreditLink, AnItemSentAtEdge0IsTakenAtEdge2AndNotBefore) {
  const LinkRun run = run_bench(1, 1);
  EXPECT_EQ(run.sends, Edges({0}));
  EXPECT_EQ(run.takes, Edges({2}));  // sent 0, in the FIFO 1, taken 2
}

TEST(CreditLink, DepthOneCarriesOneItemEveryThreeEdges) {
  const LinkRun run = run_bench(4, 1);
  EXPECT_EQ(run.sends, Edges({0, 3, 6, 9}));   // taken at 2: the credit is blocked at 2 and allowed at 3
  EXPECT_EQ(run.takes, Edges({2, 5, 8, 11}));  // 2 after each send
}

TEST(CreditLink, DepthTwoCarriesTwoItemsEveryThreeEdges) {
  const LinkRun run = run_bench(6, 2);
  EXPECT_EQ(run.sends, Edges({0, 1, 3, 4, 6, 7}));  // item k waits for the take of item k - 2, at 2, 3, 5, 6, plus 1
}

TEST(CreditLink, DepthThreeIsTheLeastThatCarriesAnItemEveryEdge) {
  const LinkRun run = run_bench(6, 3);
  EXPECT_EQ(run.sends, Edges({0, 1, 2, 3, 4, 5}));  // item 3 uses the credit of item 0, taken at 2, at edge 3
  EXPECT_EQ(run.takes, Edges({2, 3, 4, 5, 6, 7}));
}

TEST(CreditLink, AReceiverThatWaitsStopsTheSenderWithDepthItemsOnTheWay) {
  Readiness late;
  late.ready.assign(10, false);  // takes from edge 10 on
  const LinkRun run = run_bench(6, 4, {}, late);
  EXPECT_EQ(run.sends, Edges({0, 1, 2, 3, 11, 12}));  // 4 credits; the take at 10 gives one back for 11
  EXPECT_EQ(run.takes, Edges({10, 11, 12, 13, 14, 15}));
}

TEST(CreditLink, TheRecurrenceOfTheLawGivesEveryEdgeOfTheSignalsWhateverTheStallsOfBothEnds) {
  constexpr std::size_t kItems = 40;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(seed);
    Readiness send;
    Readiness take;
    const auto busy_send = random() % 4;
    const auto busy_take = random() % 4;
    for (int edge = 0; edge < 150; ++edge) {
      send.ready.push_back(random() % 4 >= busy_send);
      take.ready.push_back(random() % 4 >= busy_take);
    }
    const auto depth = static_cast<std::int64_t>(1 + seed % 5);
    const LinkRun clocked = run_bench(kItems, depth, send, take);
    const LinkRun recurrence = run_recurrence(kItems, depth, send, take);
    EXPECT_EQ(clocked.sends, recurrence.sends) << "seed " << seed;
    EXPECT_EQ(clocked.takes, recurrence.takes) << "seed " << seed;
    EXPECT_EQ(clocked.words, recurrence.words) << "seed " << seed;
  }
}

TEST(CreditLink, ASenderCountsTheItemsOfItsOwnEdgeAgainstTheCredits) {
  LinkSender sender(3);
  sender.send();
  EXPECT_TRUE(sender.has_credit(0, 1));   // 1 sent + 1 of this edge - 0 taken = 2 of 3
  EXPECT_FALSE(sender.has_credit(0, 2));  // 1 + 2 - 0 = 3 of 3
  EXPECT_TRUE(sender.has_credit(1, 2));   // 1 + 2 - 1 = 2 of 3
}

}  // namespace
}  // namespace lacuna::test
