// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/row_stationary/clocked/context.hpp"
#include "hw/noc/beat.hpp"
#include "hw/noc/core_clock.hpp"
#include "hw/noc/credit_link.hpp"

namespace lacuna {

/// Starts the passes and sends their filters: one beat per edge, no FIFO and no back-pressure at the receivers. One
/// beat serves the PEs of one (set, chain position) in all columns that take part.
class FilterBus : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words are in the global buffer
  sc_core::sc_in<std::uint32_t> passes_ended{"passes_ended"};
  sc_core::sc_vector<sc_core::sc_in<std::uint32_t>> passes_issued{"passes_issued"};  ///< of each PE
  sc_core::sc_out<FilterBeat> beat{"beat"};
  sc_core::sc_out<std::uint32_t> passes_sent{"passes_sent"};  ///< passes whose filters are all sent

  /// `progress` is called when a pass is ready to start but for the link, and when its last filter beat is sent.
  FilterBus(const sc_core::sc_module_name& name, ClockedContext& context, const CoreClock& clock,
            std::function<void()> progress);

  /// Whether nothing but the DRAM link holds the next pass back, or there is none.
  bool waits_for_link() const;
  /// To be asked between two edges: whether the next pass could start at the next edge but for the DRAM link, and could
  /// not at the last one.
  bool next_takes_over();
  /// The pass that is being sent, or is next.
  std::int64_t pass() const { return pass_; }
  std::int64_t words() const { return words_; }
  std::int64_t deliveries() const { return deliveries_; }
  /// Edges on which the words of the next beat were not decoded yet.
  std::int64_t stalls() const { return stalls_; }
  std::int64_t progress() const { return sequence_; }
  std::string state() const;

 private:
  void on_edge();
  bool may_start();
  void send(std::int64_t lanes);

  ClockedContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  FilterProgram program_;
  std::int64_t pass_ = 0;
  bool sending_ = false;
  std::int64_t next_pe_ = 0;  ///< PEs before this one have issued the pass before
  std::uint32_t sequence_ = 0;
  std::int64_t stalls_ = 0;
  std::int64_t words_ = 0;
  std::int64_t deliveries_ = 0;
};

/// Sends ifmap words in strict program order, a multicast beat only when every PE that takes one of its words has a
/// credit. Rows that no PE takes need no credit and still have their slot.
class IfmapBus : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_sent{"passes_sent"};
  sc_core::sc_vector<sc_core::sc_in<std::uint32_t>> taken{"taken"};  ///< of each PE
  sc_core::sc_out<IfmapBeat> beat{"beat"};

  IfmapBus(const sc_core::sc_module_name& name, const ClockedContext& context);

  std::int64_t stalls() const { return stalls_; }
  std::int64_t words() const { return words_; }
  std::int64_t deliveries() const { return deliveries_; }
  std::int64_t progress() const { return sequence_; }
  std::string state() const;

 private:
  void on_edge();
  void begin_pass();
  void gather();
  bool has_credits();
  void send();

  const ClockedContext& context_;
  std::vector<LinkSender> senders_;                 ///< one per PE
  std::vector<std::vector<std::int64_t>> row_pes_;  ///< PEs of each (channel group, row) in this pass
  IfmapProgram program_;
  std::int64_t pass_ = 0;
  bool gathered_ = false;  ///< `next_` holds the head beat
  IfmapBeat next_;
  std::vector<std::int64_t> targets_;     ///< PEs that take a word of the head beat, once per word
  std::vector<std::uint32_t> same_beat_;  ///< per PE: words of the head beat seen so far
  std::uint32_t sequence_ = 0;
  std::int64_t stalls_ = 0;
  std::int64_t words_ = 0;
  std::int64_t deliveries_ = 0;
};

/// Feeds psums (zeros in the first channel pass) to the bottom PE of every chain, one beat per edge in a fixed order.
class PsumInputBus : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_sent{"passes_sent"};
  sc_core::sc_in<std::uint32_t> passes_ended{"passes_ended"};
  sc_core::sc_vector<sc_core::sc_in<std::uint32_t>> taken{"taken"};  ///< of the bottom PE of each column
  sc_core::sc_out<PsumBeat> beat{"beat"};

  PsumInputBus(const sc_core::sc_module_name& name, const ClockedContext& context);

  std::int64_t stalls() const { return stalls_; }
  std::int64_t words() const { return words_; }
  std::int64_t progress() const { return sequence_; }
  std::string state() const;

 private:
  void on_edge();

  const ClockedContext& context_;
  std::vector<LinkSender> senders_;  ///< one per column of the grid
  PsumProgram program_;
  std::int64_t pass_ = 0;
  std::uint32_t sequence_ = 0;
  std::int64_t stalls_ = 0;
  std::int64_t words_ = 0;
};

/// Takes finished psums from the output FIFO of each column, one beat per edge, in the same fixed order: it waits for
/// the column whose turn it is.
class PsumOutputBus : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_vector<sc_core::sc_in<PsumBeat>> beat{"beat"};  ///< of the top PE of each column
  sc_core::sc_vector<sc_core::sc_out<std::uint32_t>> taken{"taken"};
  sc_core::sc_out<std::uint32_t> passes_ended{"passes_ended"};

  /// `progress` is called when a pass ends.
  PsumOutputBus(const sc_core::sc_module_name& name, ClockedContext& context, const CoreClock& clock,
                std::function<void()> progress);

  std::int64_t words() const { return words_; }
  std::int64_t pushes() const { return pushes_; }
  std::int64_t passes() const { return pass_; }
  std::int64_t progress() const { return beats_; }
  std::string state() const;

 private:
  void on_edge();
  void take(std::size_t column);

  ClockedContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  std::vector<LinkReceiver<PsumBeat>> fifos_;
  std::vector<std::uint32_t> seen_;
  PsumProgram program_;
  std::int64_t pass_ = 0;
  std::int64_t beats_ = 0;
  std::int64_t words_ = 0;
  std::int64_t pushes_ = 0;
};

}  // namespace lacuna
