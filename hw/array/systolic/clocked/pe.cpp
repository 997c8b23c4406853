// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/pe.hpp"

#include <sstream>

namespace lacuna {

SystolicPe::SystolicPe(const sc_core::sc_module_name& name, const SystolicContext& context, std::int64_t i,
                       std::int64_t j)
    : sc_core::sc_module(name), context_(context), i_(i), j_(j) {
  for (std::int64_t pass = context.pass_count() - 1; pass >= 0 && last_pass_ < 0; --pass) {
    if (context.fold(pass).takes_part(i, j)) last_pass_ = pass;
  }
  SC_HAS_PROCESS(SystolicPe);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void SystolicPe::on_edge() {
  if (!context_.array().output_stationary()) {
    take_over();
    shift();
  }
  if (starved.read() >= 0) {  // all keep what they have
    count_pause();
    return;
  }
  if (context_.array().output_stationary()) {
    run_output_stationary();
  } else {
    run_stationary_operand();
  }
  if (!west.read().valid) count_pause();
}

void SystolicPe::count_pause() {
  if (awaited.read() >= 0) {
    ++(last_pass_ >= awaited.read() ? counts_.link : counts_.idle);
  } else if (starved.read() >= 0) {
    ++(context_.fold(starved.read()).takes_part(i_, j_) ? counts_.weight : counts_.idle);
  } else if (compute.read().active()) {
    ++(takes_part(compute.read()) ? counts_.skew : counts_.idle);
  } else if (load.read().active()) {
    ++(takes_part(load.read()) ? counts_.load : counts_.idle);
  }
}

Word SystolicPe::issue(Word activation, Word weight, Word psum, bool filler) {
  const Gating& gating = context_.schedule->gating;
  const bool gated = (gating.on_activation && activation == 0) || (gating.on_weight && context_.mac->is_zero(weight));
  ++(gated ? counts_.gated : counts_.performed);
  if (filler) ++(gated ? counts_.filler_gated : counts_.filler_performed);
  return gated ? psum : context_.mac->step(activation, weight, psum);
}

void SystolicPe::send_psum(Word word) { psum_out.write({++sent_, word}); }

void SystolicPe::run_output_stationary() {
  const SystolicOperand& activation = west.read();
  const SystolicOperand& weight = north.read();
  if (activation.valid) {
    const SystolicFold& fold = context_.fold(compute.read().pass);
    ++activations_;
    ++weights_;
    held_ = issue(activation.word, weight.word, activation.first ? psum_in.read().word : held_, false);
    if (activation.last) send_psum(held_);
    east.write(j_ + 1 < fold.columns ? activation : SystolicOperand());
    south.write(i_ + 1 < fold.rows ? weight : SystolicOperand());
  } else {
    east.write({});
    south.write({});
  }
}

void SystolicPe::shift() {
  // The first word reaches row i at edge i of the load.
  const SystolicStep& now = load.read();
  if (!now.active() || now.edge < i_ || !takes_part(now)) return;
  south.write(north.read());
  ++(context_.array().dataflow == SystolicDataflow::weight_stationary ? weights_ : activations_);
}

/// Before the next fold's words shift on.
void SystolicPe::take_over() {
  if (compute.read().active() && compute.read().edge == 0) held_ = south.read().word;
}

void SystolicPe::run_stationary_operand() {
  const SystolicOperand& streamed = west.read();
  if (!streamed.valid) {
    east.write({});
    return;
  }
  const SystolicFold& fold = context_.fold(compute.read().pass);
  const bool weights_stay = context_.array().dataflow == SystolicDataflow::weight_stationary;
  ++(weights_stay ? activations_ : weights_);
  ++psums_;
  Word psum = psum_in.read().word;
  if (i_ > 0) psum = context_.faults->psum_link.pass(psum);
  const Word activation = weights_stay ? streamed.word : held_;
  const Word weight = weights_stay ? held_ : streamed.word;
  send_psum(issue(activation, weight, psum, i_ >= fold.real_rows));
  east.write(j_ + 1 < fold.columns ? streamed : SystolicOperand());
}

std::string SystolicPe::state() const {
  std::ostringstream out;
  out << name() << ": performed " << counts_.performed << ", gated " << counts_.gated << ", psums sent " << sent_
      << "; from the west " << west.read() << ", holds " << held_;
  return out.str();
}

}  // namespace lacuna
