// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/event_dram_link.hpp"

namespace lacuna {

EventDramLink::EventDramLink(const sc_core::sc_module_name& name, Dram& dram, const LinkTiming& timing,
                             const sc_core::sc_time& period, std::function<void(std::int64_t)> done)
    : sc_core::sc_module(name), dram_(dram), timing_(timing), period_(period), done_(std::move(done)) {
  SC_HAS_PROCESS(EventDramLink);
  SC_METHOD(on_arrival);
  sensitive << arrival_;
  dont_initialize();
}

void EventDramLink::start_fill(std::int64_t start_edge, std::int64_t first_word, std::int64_t words) {
  draining_ = false;
  first_word_ = first_word;
  words_ = words;
  begin(start_edge);
}

/// The psums of a drain are complete when it is asked for: its words are taken now, and arrive later.
void EventDramLink::start_drain(std::int64_t start_edge) {
  draining_ = true;
  words_ = client->drain(dram_);
  begin(start_edge);
}

std::string EventDramLink::state() const {
  return std::string(name()) + ": last transfer a " + (draining_ ? "drain" : "fill") + " of " + std::to_string(words_) +
         " words, edges " + std::to_string(start_edge_) + " to " + std::to_string(done_edge_);
}

void EventDramLink::begin(std::int64_t start_edge) {
  start_edge_ = start_edge;
  done_edge_ = timing_.arrival(start_edge_, words_ - 1);
  const auto time = static_cast<std::uint64_t>(done_edge_) * period_.value();
  arrival_.notify(sc_core::sc_time::from_value(time) - sc_core::sc_time_stamp());
}

void EventDramLink::on_arrival() {
  if (!draining_) deliver();
  done_(done_edge_);
}

void EventDramLink::deliver() {
  const Span<const std::uint64_t> words = dram_.read(first_word_, words_);
  if (fault_ == nullptr || !fault_->armed()) {
    client->deliver(words);
    return;
  }
  std::vector<std::uint64_t> damaged(words.begin(), words.end());
  for (std::uint64_t& word : damaged) word ^= static_cast<std::uint32_t>(fault_->pass(0));
  client->deliver(damaged);
}

}  // namespace lacuna
