// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>

#include "hw/base/fault.hpp"
#include "hw/memory/dram.hpp"
#include "hw/memory/link_timing.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// The chip's side of the clocked DRAM link: what takes arriving words and gives words to write.
class DramLinkClient : public sc_core::sc_interface {
 public:
  /// The next word of the running fill has arrived.
  virtual void deliver(std::uint64_t word) = 0;
  /// Whether the running drain has another word.
  virtual bool has_word() = 0;
  virtual std::uint64_t fetch() = 0;
};

/// What a pass controller asks of a DRAM link, at either level.
class TransferLink {
 public:
  virtual ~TransferLink() = default;
  /// Starts reading `words` words from `first_word` on, at an edge that is not before the end of the last transfer.
  virtual void start_fill(std::int64_t start_edge, std::int64_t first_word, std::int64_t words) = 0;
  /// Starts writing words of the client, behind all that lies in DRAM, until it has no more.
  virtual void start_drain(std::int64_t start_edge) = 0;
  /// What it does, on one line.
  virtual std::string state() const = 0;
};

/// The DRAM link: one transfer at a time, one word per link cycle, on the core's time base. It wakes once per word.
class DramLink : public sc_core::sc_module, public TransferLink {
 public:
  sc_core::sc_port<DramLinkClient> client{"client"};
  sc_core::sc_out<std::uint64_t> data{"data"};  ///< the word on the link
  sc_core::sc_out<bool> busy{"busy"};

  /// `done(edge)` is called when a transfer's last word has arrived, half a period before `edge`: what happens at that
  /// edge may use it, and the next transfer may start there.
  DramLink(const sc_core::sc_module_name& name, Dram& dram, const LinkTiming& timing, const CoreClock& clock,
           std::function<void(std::int64_t)> done);

  /// Damages words that arrive, for tests.
  void set_fault(FaultSite& site) { fault_ = &site; }

  void start_fill(std::int64_t start_edge, std::int64_t first_word, std::int64_t words) override;
  void start_drain(std::int64_t start_edge) override;
  std::string state() const override;

 private:
  void on_event();
  void on_word();
  void await_word();
  void begin(std::int64_t start_edge);

  Dram& dram_;
  const LinkTiming timing_;
  const CoreClock& clock_;
  std::function<void(std::int64_t)> done_;
  FaultSite* fault_ = nullptr;
  sc_core::sc_event begin_event_;
  sc_core::sc_event word_event_;
  bool beginning_ = false;
  bool draining_ = false;
  std::int64_t start_edge_ = 0;
  std::int64_t first_word_ = 0;
  std::int64_t words_ = 0;
  std::int64_t word_ = 0;  ///< words of the transfer that have arrived
};

}  // namespace lacuna
