// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <systemc>
#include <vector>

#include "hw/memory/dram_link.hpp"

namespace lacuna {

/// The chip's side of the event-driven DRAM link: a transfer at a time.
class EventLinkClient : public sc_core::sc_interface {
 public:
  /// All words of a fill have arrived: none of them where they lie in reserved addresses.
  virtual void deliver(Span<const std::uint64_t> words) = 0;
  /// Appends all words of a drain to DRAM, and says how many they are.
  virtual std::int64_t drain(Dram& dram) = 0;
};

/// The DRAM link of the event model: the words of a transfer move at once, when its last word arrives by the link's
/// law. It wakes once per transfer. Edge e lies at time e x period.
class EventDramLink : public sc_core::sc_module, public TransferLink {
 public:
  sc_core::sc_port<EventLinkClient> client{"client"};

  /// `done(edge)` as in DramLink.
  EventDramLink(const sc_core::sc_module_name& name, Dram& dram, const LinkTiming& timing,
                const sc_core::sc_time& period, std::function<void(std::int64_t)> done);

  void start_fill(std::int64_t start_edge, std::int64_t first_word, std::int64_t words) override;
  void start_drain(std::int64_t start_edge) override;
  std::string state() const override;
  /// Damages words that arrive, for tests.
  void set_fault(FaultSite& site) { fault_ = &site; }

 private:
  void on_arrival();
  void begin(std::int64_t start_edge);
  void deliver();

  Dram& dram_;
  const LinkTiming timing_;
  const sc_core::sc_time period_;
  std::function<void(std::int64_t)> done_;
  FaultSite* fault_ = nullptr;
  sc_core::sc_event arrival_;  ///< of the last word
  bool draining_ = false;
  std::int64_t start_edge_ = 0;
  std::int64_t done_edge_ = 0;
  std::int64_t first_word_ = 0;
  std::int64_t words_ = 0;
};

}  // namespace lacuna
