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
  if (compute.read().active()) {
    context_.array().output_stationary() ? run_output_stationary() : run_stationary_operand();
  }
  if (west.read().valid) {
    ++counts_.busy;
  } else {
    count_pause();
  }
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

Word SystolicPe::issue(const SystolicWords& activations, const SystolicWords& weights, Word psum, std::int64_t taps) {
  const Gating& gating = context_.schedule->gating;
  const std::int64_t performed = counts_.performed;
  for (std::int64_t m = 0; m < context_.array().rate.macs; ++m) {
    const Word activation = activations[static_cast<std::size_t>(m)];
    const Word weight = weights[static_cast<std::size_t>(m)];
    const bool gated = (gating.on_activation && activation == 0) || (gating.on_weight && context_.mac->is_zero(weight));
    ++(gated ? counts_.gated : counts_.performed);
    if (m >= taps) ++(gated ? counts_.filler_gated : counts_.filler_performed);
    if (!gated) psum = context_.mac->step(activation, weight, psum);
  }
  if (counts_.performed > performed) ++accumulator_writes_;
  return psum;
}

void SystolicPe::send_psum(Word word) { psum_out.write({++sent_, word}); }

void SystolicPe::run_output_stationary() {
  const SystolicStep& now = compute.read();
  const SystolicOperand& activation = west.read();
  const SystolicOperand& weight = north.read();
  const SystolicFold& fold = context_.fold(now.pass);
  if (activation.valid && now.begins()) {
    activations_ += fold.rate.macs;
    weights_ += fold.rate.macs;
    const std::int64_t taps = fold.taps_of(now.index - i_ - j_);
    psum_ = issue(activation.words, weight.words, activation.first ? psum_in.read().word : psum_, taps);
  }
  if (!ends(now)) return;
  if (activation.valid && activation.last) send_psum(psum_);
  east.write(activation.valid && j_ + 1 < fold.columns ? activation : SystolicOperand());
  south.write(activation.valid && i_ + 1 < fold.rows ? weight : SystolicOperand());
}

void SystolicPe::shift() {
  // The first word reaches row i at edge i of the load.
  const SystolicStep& now = load.read();
  if (!now.active() || now.index < i_ || !takes_part(now)) return;
  south.write(north.read());
  const bool weights_stay = context_.array().dataflow == SystolicDataflow::weight_stationary;
  (weights_stay ? weights_ : activations_) += context_.array().rate.macs;
}

/// Before the next fold's words shift on.
void SystolicPe::take_over() {
  if (compute.read().begins() && compute.read().index == 0) held_ = south.read().words;
}

void SystolicPe::run_stationary_operand() {
  const SystolicStep& now = compute.read();
  const SystolicOperand& streamed = west.read();
  const SystolicFold& fold = context_.fold(now.pass);
  if (streamed.valid && now.begins()) {
    const bool weights_stay = context_.array().dataflow == SystolicDataflow::weight_stationary;
    (weights_stay ? activations_ : weights_) += fold.rate.macs;
    ++psums_;
    Word psum = psum_in.read().word;
    if (i_ > 0) psum = context_.faults->psum_link.pass(psum);
    const SystolicWords& activations = weights_stay ? streamed.words : held_;
    const SystolicWords& weights = weights_stay ? held_ : streamed.words;
    psum_ = issue(activations, weights, psum, fold.taps_of(i_));
  }
  if (!ends(now)) return;
  if (streamed.valid) send_psum(psum_);
  east.write(streamed.valid && j_ + 1 < fold.columns ? streamed : SystolicOperand());
}

std::string SystolicPe::state() const {
  std::ostringstream out;
  out << name() << ": performed " << counts_.performed << ", gated " << counts_.gated << ", psums sent " << sent_
      << "; from the west " << west.read() << ", holds " << held_ << ", psum " << psum_;
  return out.str();
}

}  // namespace lacuna
