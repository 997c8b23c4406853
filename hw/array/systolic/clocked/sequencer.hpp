// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>

#include "hw/array/systolic/clocked/context.hpp"
#include "hw/array/systolic/clocked/wires.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Starts the passes, one after another, and tells the whole array what it does in each edge. That is decided between
/// edges, from what was registered at the last one and from the passes that the DRAM side allows. Where filters come
/// from a weight decoder, it asks for the tile of each pass, and lets an edge happen only with all its weights.
class SystolicSequencer : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};  ///< passes whose words are in the global buffer
  sc_core::sc_out<SystolicStep> load{"load"};
  sc_core::sc_out<SystolicStep> compute{"compute"};
  sc_core::sc_out<std::int32_t> awaited{"awaited"};  ///< pass that the DRAM link alone holds back, or -1
  sc_core::sc_out<std::int32_t> starved{"starved"};  ///< pass for whose weights the whole array waits, or -1

  /// `progress` is called when a pass is ready to start but for the link, has sent its filters, or ends.
  SystolicSequencer(const sc_core::sc_module_name& name, SystolicContext& context, const CoreClock& clock,
                    std::function<void()> progress);

  /// Whether nothing but the DRAM link is awaited, or nothing at all.
  bool waits_for_link() const;
  /// Passes that have ended.
  std::int64_t passes_ended() const { return pass_; }
  std::int64_t progress() const { return edges_; }
  std::string state() const;

 private:
  void decide();
  void on_edge();
  void begin(const SystolicStep& loading, const SystolicStep& computing, std::int64_t edge);
  void ask_for_weights(std::int64_t edge);
  void follow_load(const SystolicStep& now, std::int64_t edge);
  void follow_compute(const SystolicStep& now, std::int64_t edge);
  bool allowed(std::int64_t pass) const;
  /// Whether the next pass to compute has its stationary operand, if it has one, and may begin.
  bool loaded() const;
  /// Whether a load may begin. `taken_over`: the operand of the pass that computes has left the registers that shift,
  /// or does so at this edge.
  bool may_load(bool taken_over) const;
  /// Whether so many weights are not there yet.
  bool lacks(std::int64_t weights) const;
  /// Whether the link is why an operand that is loaded behind the pass before is not in place at the next edge.
  bool link_made_late() const;
  PassRecord& record(std::int64_t pass) { return context_.records[static_cast<std::size_t>(pass)]; }
  const PassRecord& record(std::int64_t pass) const { return context_.records[static_cast<std::size_t>(pass)]; }

  SystolicContext& context_;
  const CoreClock& clock_;
  std::function<void()> progress_;
  // Registered state. `changed_` makes decide() look at it again.
  std::int64_t load_pass_ = 0;     ///< pass that loads, or is next to load
  std::int64_t load_edge_ = 0;     ///< edges of its load that are over
  std::int64_t pass_ = 0;          ///< pass that computes, or is next to
  std::int64_t compute_edge_ = 0;  ///< edges of its computing that are over
  std::int64_t asked_ = 0;         ///< passes whose tile was asked for
  std::int64_t take_over_ = 0;     ///< edge of the first MAC of the last pass to begin computing
  std::int64_t next_edge_ = 0;     ///< after the last one that it saw
  std::int64_t edges_ = 0;         ///< edges at which something was done
  std::uint64_t looks_ = 0;        ///< edges after which there may be more to do
  sc_core::sc_signal<std::uint64_t> changed_{"changed"};
};

}  // namespace lacuna
