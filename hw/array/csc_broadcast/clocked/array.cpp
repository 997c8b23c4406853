// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/array.hpp"

namespace lacuna {

CscBroadcastArray::CscBroadcastArray(const sc_core::sc_module_name& name, CscContext& context, const CoreClock& clock,
                                     const std::function<void()>& progress)
    : sc_core::sc_module(name),
      context_(context),
      clock_(clock),
      full_("full", static_cast<std::size_t>(context.array().pe_count)),
      empty_("empty", static_cast<std::size_t>(context.array().pe_count)),
      sequencer_("sequencer", context, clock, progress),
      lnzd_("lnzd", context) {
  sequencer_.clk(clk);
  sequencer_.passes_allowed(passes_allowed);
  sequencer_.sent(sent_);
  sequencer_.empty(empty_);
  sequencer_.step(step_);
  sequencer_.awaited(awaited_);
  lnzd_.clk(clk);
  lnzd_.step(step_);
  lnzd_.full(full_);
  lnzd_.broadcast(broadcast_);
  lnzd_.sent(sent_);
  for (std::int64_t pe = 0; pe < context.array().pe_count; ++pe) wire_pe(pe);
  if (!context_.record_passes) return;
  spans_.begin(0, csc_sums(counts_awake()));
  SC_HAS_PROCESS(CscBroadcastArray);
  SC_METHOD(on_falling_edge);
  sensitive << clk.neg();
  dont_initialize();
}

CscBroadcastArray::~CscBroadcastArray() {
  // Last in, first out: the kernel looks for what goes from the end of its lists.
  while (!pes_.empty()) pes_.pop_back();
}

void CscBroadcastArray::wire_pe(std::int64_t number) {
  pes_.push_back(std::make_unique<CscPe>(("pe_" + std::to_string(number)).c_str(), context_, number));
  CscPe& pe = *pes_.back();
  pe.clk(clk);
  pe.step(step_);
  pe.sent(sent_);
  pe.awaited(awaited_);
  pe.broadcast(broadcast_);
  pe.full(full_[static_cast<std::size_t>(number)]);
  pe.empty(empty_[static_cast<std::size_t>(number)]);
}

std::vector<CscPeCounts> CscBroadcastArray::counts_awake() const {
  std::vector<CscPeCounts> all;
  for (const auto& pe : pes_) all.push_back(pe->counts());
  return all;
}

std::vector<CscPeCounts> CscBroadcastArray::pe_counts() const {
  std::vector<CscPeCounts> all = counts_awake();
  for (std::size_t pass = 0; pass < context_.records.size(); ++pass) {
    for (CscPeCounts& pe : all) pe.stall(CscStall::link) += asleep(pass);
  }
  return all;
}

CscWords CscBroadcastArray::words() const {
  CscWords words;
  words.broadcasts = lnzd_.broadcasts();
  words.inputs = lnzd_.inputs();
  const CscReadSums reads = context_.memories.reads();
  words.pointer_reads = reads.pointers;
  words.row_reads = reads.rows;
  words.pointer_writes = context_.memories.writes().pointers;
  words.row_writes = context_.memories.writes().rows;
  for (const auto& pe : pes_) {
    words.bypasses += pe->bypasses();
    words.psums_taken += pe->psums_taken();
    words.psums_given += pe->psums_given();
  }
  return words;
}

void CscBroadcastArray::on_falling_edge() {
  const std::int64_t ended = sequencer_.passes_ended();
  if (spans_.passes() == ended && ended < context_.pass_count()) {
    spans_.begin(clock_.edge() + 1, csc_sums(counts_awake()));
  }
}

std::vector<PassActivity> CscBroadcastArray::pass_activity() const {
  if (!context_.record_passes) return {};
  std::vector<PassActivity> passes = spans_.activity(context_.records.back().end + 1, csc_sums(counts_awake()));
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    passes[pass].stalls[static_cast<std::size_t>(CscStall::link)] +=
        static_cast<std::int64_t>(pes_.size()) * asleep(pass);
  }
  return passes;
}

std::string CscBroadcastArray::state() const {
  std::string text = sequencer_.state() + "\n" + lnzd_.state() + "\n";
  for (const auto& pe : pes_) text += pe->state() + "\n";
  return text;
}

void CscBroadcastArray::trace(sc_core::sc_trace_file* file) const {
  sc_trace(file, step_.read(), step_.name());
  sc_core::sc_trace(file, awaited_.read(), awaited_.name());
  sc_core::sc_trace(file, sent_.read(), sent_.name());
  sc_trace(file, broadcast_.read(), broadcast_.name());
  for (const auto* wires : {&full_, &empty_}) {
    for (const auto& wire : *wires) sc_core::sc_trace(file, wire.read(), wire.name());
  }
}

}  // namespace lacuna
