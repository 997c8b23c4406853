// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/sequencer.hpp"

#include <algorithm>
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

bool SystolicSequencer::may_load(bool taken_over) const {
  if (context_.array().output_stationary() || !allowed(load_pass_)) return false;
  return load_pass_ == pass_ || (load_pass_ == pass_ + 1 && context_.pass(load_pass_).overlaps && taken_over);
}

bool SystolicSequencer::lacks(std::int64_t weights) const {
  return context_.decoder != nullptr && context_.decoder->available() < weights;
}

bool SystolicSequencer::link_made_late() const {
  const PassRecord& own = record(pass_);
  if (own.start < 0) return true;
  // An edge later for each by which its load began late, as long as that shows.
  return next_edge_ - (record(pass_ - 1).end + 1) < own.start - take_over_;
}

void SystolicSequencer::decide() {
  SystolicStep loading;
  SystolicStep computing;
  if (compute_edge_ > 0 || loaded()) {
    const std::int64_t step = compute_edge_ / context_.array().rate.cycles;
    const std::int64_t edge = compute_edge_ % context_.array().rate.cycles;
    // A step has taken its weights with its first edge.
    computing = {static_cast<std::int32_t>(pass_), static_cast<std::int32_t>(step), static_cast<std::int32_t>(edge),
                 edge == 0 && lacks(context_.fold(pass_).weights_streamed(step))};
  }
  if (load_edge_ > 0 || may_load(compute_edge_ > 0 || computing.active())) {
    loading = {static_cast<std::int32_t>(load_pass_), static_cast<std::int32_t>(load_edge_), 0,
               lacks(context_.fold(load_pass_).weights_loaded(load_edge_))};
  }
  // Nothing computes: for the load's sake, unless that could have been done behind the pass before.
  const bool waits = computing.pass < 0 && pass_ < context_.pass_count();
  const bool exposed = waits && loading.pass >= 0 && context_.pass(load_pass_).overlaps;
  const bool by_link = waits && (loading.pass < 0 || (exposed && link_made_late()));
  const bool by_weights = computing.starved || (waits && !by_link && (exposed || loading.starved));
  load.write(loading);
  compute.write(computing);
  awaited.write(by_link ? static_cast<std::int32_t>(pass_) : -1);
  starved.write(by_weights ? static_cast<std::int32_t>(pass_) : -1);
}

void SystolicSequencer::on_edge() {
  const std::int64_t edge = clock_.edge();
  const SystolicStep loading = load.read();
  const SystolicStep computing = compute.read();
  if (awaited.read() >= 0) ++record(awaited.read()).link_wait_awake;
  begin(loading, computing, edge);
  if (computing.active()) follow_compute(computing, edge);
  if (loading.active()) follow_load(loading, edge);
  if (computing.active() || loading.active()) ++edges_;
  next_edge_ = edge + 1;
  if (computing.pass >= 0 || loading.pass >= 0) changed_.write(++looks_);
}

/// What is known of a pass from the first edge on at which it waits for nothing but weights.
void SystolicSequencer::begin(const SystolicStep& loading, const SystolicStep& computing, std::int64_t edge) {
  const SystolicStep& first = context_.array().output_stationary() ? computing : loading;
  if (first.pass >= 0 && record(first.pass).start < 0) record(first.pass).start = edge;
  if (computing.pass >= 0 && record(pass_).start_without_link < 0) {
    // The load was hidden behind the pass before, but for what the link made it late.
    PassRecord& own = record(pass_);
    own.start_without_link = own.start - std::min(own.start - take_over_, edge - (record(pass_ - 1).end + 1));
  }
  if (context_.decoder != nullptr) ask_for_weights(edge);
}

/// For those of a pass that has begun, once all of the one before are out.
void SystolicSequencer::ask_for_weights(std::int64_t edge) {
  if (asked_ == context_.pass_count() || record(asked_).start < 0) return;
  if (asked_ > 0 && (record(asked_ - 1).filters_sent < 0 || record(asked_ - 1).filters_sent == edge)) return;
  context_.decoder->start();
  ++asked_;
}

void SystolicSequencer::follow_load(const SystolicStep& now, std::int64_t edge) {
  const SystolicFold& fold = context_.fold(load_pass_);
  if (context_.decoder != nullptr) context_.decoder->drop(fold.weights_loaded(now.index));
  if (++load_edge_ < fold.load) return;
  if (context_.array().dataflow == SystolicDataflow::weight_stationary) {
    record(load_pass_).filters_sent = edge;
    progress_();
  }
  ++load_pass_;
  load_edge_ = 0;
}

void SystolicSequencer::follow_compute(const SystolicStep& now, std::int64_t edge) {
  PassRecord& own = record(pass_);
  const SystolicFold& fold = context_.fold(pass_);
  if (now.begins() && now.index == 0) take_over_ = edge;
  if (context_.decoder != nullptr && now.begins()) context_.decoder->drop(fold.weights_streamed(now.index));
  if (fold.weight_lanes > 0 && now.begins() && now.index == fold.last_weight_step()) {
    own.filters_sent = edge;
    progress_();
  }
  if (++compute_edge_ < fold.compute) return;
  own.end = edge;
  compute_edge_ = 0;
  ++pass_;
  if (pass_ < context_.pass_count() && !context_.pass(pass_).overlaps) record(pass_).start_without_link = edge + 1;
  progress_();
}

std::string SystolicSequencer::state() const {
  std::ostringstream out;
  out << name() << ": passes " << context_.pass_count() << ", allowed " << passes_allowed.read() << "; loads pass "
      << load_pass_ << ", edges over " << load_edge_ << "; computes pass " << pass_ << ", edges over " << compute_edge_
      << (starved.read() >= 0 ? "; waits for weights" : "");
  return out.str();
}

}  // namespace lacuna
