// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/dram_link.hpp"

namespace lacuna {

DramLink::DramLink(const sc_core::sc_module_name& name, Dram& dram, const LinkTiming& timing, const CoreClock& clock,
                   std::function<void(std::int64_t)> done)
    : sc_core::sc_module(name), dram_(dram), timing_(timing), clock_(clock), done_(std::move(done)) {
  SC_HAS_PROCESS(DramLink);
  SC_METHOD(on_event);
  sensitive << begin_event_ << word_event_;
  dont_initialize();
}

void DramLink::start_fill(std::int64_t start_edge, std::int64_t first_word, std::int64_t words) {
  draining_ = false;
  first_word_ = first_word;
  words_ = words;
  begin(start_edge);
}

void DramLink::start_drain(std::int64_t start_edge) {
  draining_ = true;
  begin(start_edge);
}

std::string DramLink::state() const {
  const std::string kind = draining_ ? "drain" : "fill";
  return std::string(name()) + ": last transfer a " + kind + " from edge " + std::to_string(start_edge_) + ", words " +
         std::to_string(word_) + (draining_ ? "" : " of " + std::to_string(words_)) + ", busy " +
         std::to_string(static_cast<int>(busy.read()));
}

void DramLink::begin(std::int64_t start_edge) {
  start_edge_ = start_edge;
  word_ = 0;
  beginning_ = true;
  begin_event_.notify(sc_core::SC_ZERO_TIME);
}

void DramLink::on_event() {
  if (!beginning_) {
    on_word();
    return;
  }
  beginning_ = false;
  busy.write(true);
  await_word();
}

void DramLink::await_word() {
  word_event_.notify(clock_.time_before(timing_.arrival(start_edge_, word_)) - sc_core::sc_time_stamp());
}

void DramLink::on_word() {
  const std::int64_t edge = timing_.arrival(start_edge_, word_);
  std::uint64_t word = 0;
  if (draining_) {
    word = client->fetch();
    dram_.append(word);
  } else {
    word = dram_.read(first_word_ + word_);
    if (fault_ != nullptr) word ^= static_cast<std::uint32_t>(fault_->pass(0));
    client->deliver(word);
  }
  data.write(word);
  ++word_;
  if (draining_ ? client->has_word() : word_ < words_) {
    await_word();
    return;
  }
  busy.write(false);
  done_(edge);
}

}  // namespace lacuna
