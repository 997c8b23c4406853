// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/sequencer.hpp"

#include <sstream>

namespace lacuna {

SystolicSequencer::SystolicSequencer(const sc_core::sc_module_name& name, SystolicContext& context,
                                     const CoreClock& clock, std::function<void()> progress)
    : sc_core::sc_module(name), context_(context), clock_(clock), progress_(std::move(progress)) {
  record(0).start_without_link = 0;
  SC_HAS_PROCESS(SystolicSequencer);
  SC_METHOD(decide);
  sensitive << passes_allowed << changed_;
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

bool SystolicSequencer::allowed(std::int64_t pass) const {
  return pass < context_.pass_count() && passes_allowed.read() > static_cast<std::uint32_t>(pass);
}

bool SystolicSequencer::waits_for_link() const {
  return load_edge_ == 0 && compute_edge_ == 0 && !loaded() && !allowed(pass_);
}

bool SystolicSequencer::loaded() const {
  return context_.array().output_stationary() ? allowed(pass_) : load_pass_ > pass_;
}

bool SystolicSequencer::may_load() const {
  if (context_.array().output_stationary() || !allowed(load_pass_)) return false;
  // The operand of the pass that computes has been taken over from the registers that shift, or is so at this edge.
  return load_pass_ == pass_ || (load_pass_ == pass_ + 1 && context_.pass(load_pass_).overlaps);
}

void SystolicSequencer::decide() {
  SystolicStep loading;
  SystolicStep computing;
  if (compute_edge_ > 0 || loaded()) {
    computing = {static_cast<std::int32_t>(pass_), static_cast<std::int32_t>(compute_edge_)};
  }
  if (load_edge_ > 0 || may_load()) {
    loading = {static_cast<std::int32_t>(load_pass_), static_cast<std::int32_t>(load_edge_)};
  }
  // Nothing computes: for the load's sake, unless that could have been done behind the pass before.
  const bool link_held = !loading.active() || context_.pass(load_pass_).overlaps;
  const bool waits = !computing.active() && pass_ < context_.pass_count() && link_held;
  load.write(loading);
  compute.write(computing);
  awaited.write(waits ? static_cast<std::int32_t>(pass_) : -1);
}

void SystolicSequencer::on_edge() {
  const std::int64_t edge = clock_.edge();
  const SystolicStep loading = load.read();
  const SystolicStep computing = compute.read();
  if (awaited.read() >= 0) ++record(awaited.read()).link_wait_awake;
  if (computing.active()) follow_compute(computing, edge);
  if (loading.active()) follow_load(loading, edge);
  if (computing.active() || loading.active()) changed_.write(static_cast<std::uint64_t>(++edges_));
}

void SystolicSequencer::follow_load(const SystolicStep& now, std::int64_t edge) {
  if (now.edge == 0) record(load_pass_).start = edge;
  if (++load_edge_ < context_.fold(load_pass_).load) return;
  if (context_.array().dataflow == SystolicDataflow::weight_stationary) {
    record(load_pass_).filters_sent = edge;
    progress_();
  }
  ++load_pass_;
  load_edge_ = 0;
}

std::int64_t SystolicSequencer::last_filter_edge(std::int64_t pass) const {
  const SystolicFold& fold = context_.fold(pass);
  return fold.steps - 1 + (context_.array().output_stationary() ? fold.columns : fold.real_rows) - 1;
}

void SystolicSequencer::follow_compute(const SystolicStep& now, std::int64_t edge) {
  PassRecord& own = record(pass_);
  if (now.edge == 0) {
    if (context_.array().output_stationary()) own.start = edge;
    if (context_.pass(pass_).overlaps) {
      // The load was hidden behind the pass before, but for what the link made it late.
      own.start_without_link = own.start - (edge - (record(pass_ - 1).end + 1));
    }
  }
  const bool streams_filters = context_.array().dataflow != SystolicDataflow::weight_stationary;
  if (streams_filters && now.edge == last_filter_edge(pass_)) {
    own.filters_sent = edge;
    progress_();
  }
  if (++compute_edge_ < context_.fold(pass_).compute) return;
  own.end = edge;
  compute_edge_ = 0;
  ++pass_;
  if (pass_ < context_.pass_count() && !context_.pass(pass_).overlaps) record(pass_).start_without_link = edge + 1;
  progress_();
}

std::string SystolicSequencer::state() const {
  std::ostringstream out;
  out << name() << ": passes " << context_.pass_count() << ", allowed " << passes_allowed.read() << "; loads pass "
      << load_pass_ << ", edges over " << load_edge_ << "; computes pass " << pass_ << ", edges over " << compute_edge_;
  return out.str();
}

}  // namespace lacuna
