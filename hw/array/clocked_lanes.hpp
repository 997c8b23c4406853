// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <systemc>
#include <utility>
#include <vector>

#include "hw/array/pass_sequencer.hpp"
#include "hw/array/pass_spans.hpp"

namespace lacuna {

/// A clocked array of lanes whose sums go to an adder tree, as far as kinds of it are alike: the sequencer, the wires
/// that tell all units what is waited for, and what PEs have counted, pass by pass. A kind adds its units and the wires
/// between them. Counts are those of a PE: they have `link`, `idle`, stalls() by cause, and the place of the link in
/// that, kLinkStall.
template <class Counts>
class ClockedLanes : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clk{"clk"};
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  bool quiet() const { return sequencer_->waits_for_link(); }
  std::int64_t progress() const { return sequencer_->progress(); }
  /// Counts of all PEs, row by row, over all edges up to the end of the last pass.
  std::vector<Counts> pe_counts() const {
    std::vector<Counts> all;
    for (const Pe& pe : pes()) {
      all.push_back(pe.counts);
      for (std::int64_t pass = 0; pass < passes_.pass_count(); ++pass) {
        (pe.last_pass >= pass ? all.back().link : all.back().idle) += asleep(pass);
      }
    }
    return all;
  }
  /// What all PEs did in the span of each pass, where the context asks for it.
  std::vector<PassActivity> pass_activity() const {
    if (!passes_.record_passes) return {};
    std::vector<PassActivity> spans = spans_.activity(passes_.records.back().end + 1, pe_sums());
    for (const Pe& pe : pes()) {
      for (std::int64_t pass = 0; pass < passes_.pass_count(); ++pass) {
        PassActivity& span = spans[static_cast<std::size_t>(pass)];
        (pe.last_pass >= pass ? span.stalls[Counts::kLinkStall] : span.idle) += asleep(pass);
      }
    }
    return spans;
  }

 protected:
  struct Pe {
    Counts counts;                ///< of all edges that its clock has seen
    std::int64_t last_pass = -1;  ///< that it takes part in, -1 if there is none
  };

  ClockedLanes(const sc_core::sc_module_name& name, const TiledContext& context, const CoreClock& clock)
      : sc_core::sc_module(name), passes_(context), clock_(clock) {
    if (!context.record_passes) return;
    spans_.begin(0, {std::vector<std::int64_t>(Counts().stalls().size(), 0), 0});
    SC_HAS_PROCESS(ClockedLanes);
    SC_METHOD(on_falling_edge);
    sensitive << clk.neg();
    dont_initialize();
  }

  /// Row by row.
  virtual std::vector<Pe> pes() const = 0;

  /// To be called once, when the kind's own sequencer is there.
  void follow(PassSequencer& sequencer) {
    sequencer_ = &sequencer;
    sequencer.passes_allowed(passes_allowed);
    wire(sequencer);
  }
  /// The ports that all units have.
  template <class Unit>
  void wire(Unit& unit) {
    unit.clk(clk);
    unit.awaited(awaited_);
    unit.undecoded(undecoded_);
  }
  void trace_waits(sc_core::sc_trace_file* file) const {
    sc_core::sc_trace(file, awaited_.read(), awaited_.name());
    sc_core::sc_trace(file, undecoded_.read(), undecoded_.name());
  }

 private:
  void on_falling_edge() {
    const std::int64_t ended = sequencer_->passes_ended();
    if (spans_.passes() == ended && ended < passes_.pass_count()) spans_.begin(clock_.edge() + 1, pe_sums());
  }
  PeSums pe_sums() const {
    PeSums sums{std::vector<std::int64_t>(Counts().stalls().size(), 0), 0};
    for (const Pe& pe : pes()) {
      const std::vector<std::int64_t> stalls = pe.counts.stalls();
      for (std::size_t cause = 0; cause < stalls.size(); ++cause) sums.stalls[cause] += stalls[cause];
      sums.idle += pe.counts.idle;
    }
    return sums;
  }
  /// The part of the wait of a pass for the link that passed while the clock slept, so that no PE saw it.
  std::int64_t asleep(std::int64_t pass) const {
    return passes_.records[static_cast<std::size_t>(pass)].link_wait_asleep();
  }

  const TiledContext& passes_;
  const CoreClock& clock_;
  sc_core::sc_signal<std::int32_t> awaited_{"awaited", -1};
  sc_core::sc_signal<std::int32_t> undecoded_{"undecoded", -1};
  PassSequencer* sequencer_ = nullptr;
  PassSpans spans_;
};

}  // namespace lacuna
