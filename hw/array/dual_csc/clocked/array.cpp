// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/clocked/array.hpp"

namespace lacuna {

DualCscArray::DualCscArray(const sc_core::sc_module_name& name, DualCscContext& context, const CoreClock& clock,
                           const std::function<void()>& progress)
    : sc_core::sc_module(name),
      context_(context),
      clock_(clock),
      done_("done", static_cast<std::size_t>(context.array().pes)),
      feeder_("feeder", context, clock, progress) {
  feeder_.clk(clk);
  feeder_.passes_allowed(passes_allowed);
  feeder_.done(done_);
  feeder_.step(step_);
  feeder_.awaited(awaited_);
  feeder_.beat(beat_);
  for (std::int64_t pe = 0; pe < context.array().pes; ++pe) wire_pe(pe);
  if (!context_.record_passes) return;
  spans_.begin(0, dual_csc_sums(counts_awake()));
  SC_HAS_PROCESS(DualCscArray);
  SC_METHOD(on_falling_edge);
  sensitive << clk.neg();
  dont_initialize();
}

DualCscArray::~DualCscArray() {
  // Last in, first out: the kernel looks for what goes from the end of its lists.
  while (!pes_.empty()) pes_.pop_back();
}

void DualCscArray::wire_pe(std::int64_t number) {
  pes_.push_back(std::make_unique<DualCscPe>(("pe_" + std::to_string(number)).c_str(), context_, number));
  DualCscPe& pe = *pes_.back();
  pe.clk(clk);
  pe.step(step_);
  pe.awaited(awaited_);
  pe.beat(beat_);
  pe.done(done_[static_cast<std::size_t>(number)]);
}

std::vector<DualCscMacCounts> DualCscArray::counts_awake() const {
  std::vector<DualCscMacCounts> all;
  for (std::size_t mac = 0; mac < static_cast<std::size_t>(context_.array().macs); ++mac) {
    for (const auto& pe : pes_) all.push_back(pe->counts()[mac]);
  }
  return all;
}

std::vector<DualCscMacCounts> DualCscArray::mac_counts() const {
  std::vector<DualCscMacCounts> all = counts_awake();
  for (std::size_t index = 0; index < all.size(); ++index) {
    const auto pe = static_cast<std::int64_t>(index % pes_.size());
    for (std::int64_t pass = 0; pass < context_.pass_count(); ++pass) {
      // The rest of the wait passed while the clock slept.
      const std::int64_t asleep = context_.records[static_cast<std::size_t>(pass)].link_wait_asleep();
      (context_.rows(pass, pe) > 0 ? all[index].stall(DualCscStall::link) : all[index].idle) += asleep;
    }
  }
  return all;
}

DualCscWords DualCscArray::words() const {
  DualCscWords words = feeder_.words();
  for (const auto& pe : pes_) words.add(pe->words());
  return words;
}

void DualCscArray::on_falling_edge() {
  const std::int64_t ended = feeder_.passes_ended();
  if (spans_.passes() == ended && ended < context_.pass_count()) {
    spans_.begin(clock_.edge() + 1, dual_csc_sums(counts_awake()));
  }
}

std::vector<PassActivity> DualCscArray::pass_activity() const {
  if (!context_.record_passes) return {};
  std::vector<PassActivity> passes = spans_.activity(context_.records.back().end + 1, dual_csc_sums(counts_awake()));
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    const std::int64_t asleep = context_.records[pass].link_wait_asleep();
    const std::int64_t busy = context_.array().busy_pes(context_.pass(static_cast<std::int64_t>(pass)).filters);
    passes[pass].stalls[static_cast<std::size_t>(DualCscStall::link)] += context_.array().macs * busy * asleep;
    passes[pass].idle += context_.array().macs * (context_.array().pes - busy) * asleep;
  }
  return passes;
}

std::string DualCscArray::state() const {
  std::string text = feeder_.state() + "\n";
  for (const auto& pe : pes_) text += pe->state() + "\n";
  return text;
}

void DualCscArray::trace(sc_core::sc_trace_file* file) const {
  sc_trace(file, step_.read(), step_.name());
  sc_core::sc_trace(file, awaited_.read(), awaited_.name());
  sc_trace(file, beat_.read(), beat_.name());
  for (const auto& wire : done_) sc_core::sc_trace(file, wire.read(), wire.name());
}

}  // namespace lacuna
