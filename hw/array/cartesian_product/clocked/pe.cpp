// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/clocked/pe.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

CartesianPe::CartesianPe(const sc_core::sc_module_name& name, CartesianContext& context, std::int64_t pe)
    : sc_core::sc_module(name),
      context_(context),
      pe_(pe),
      reader_(context, pe),
      covered_(context.schedule->covers(pe)) {
  counts_.multipliers.resize(static_cast<std::size_t>(context.array().multipliers()));
  SC_HAS_PROCESS(CartesianPe);
  SC_METHOD(on_change);
  sensitive << step << ended_;
  dont_initialize();
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void CartesianPe::on_change() {
  if (step.read() < 0) return;
  if (loaded_ != step.read()) begin_step();
  if (work_.empty()) done.write(step.read());
}

void CartesianPe::begin_step() {
  loaded_ = step.read();
  const std::int64_t of_pass = step.read() % context_.steps();
  if (of_pass == 0) {
    const TiledPass& now = context_.pass(pass());
    sums_[pass() % 2].assign(static_cast<std::size_t>(now.filters * now.pixels), 0);
    sums_of_[pass() % 2] = pass();
  }
  if (is_fc(context_.shape())) {
    next_channel_ = end_channel_ = 0;
    load_fc();
  } else {
    next_channel_ = context_.steps() == 1 ? 0 : of_pass;
    end_channel_ = context_.steps() == 1 ? context_.shape().C : of_pass + 1;
  }
  look_for_work();
}

void CartesianPe::look_for_work() {
  while (work_.empty() && next_channel_ < end_channel_) load(next_channel_++);
}

void CartesianPe::load(std::int64_t channel) {
  std::vector<CartesianContext::Block>& blocks = context_.blocks[{pass(), channel}];
  blocks.resize(static_cast<std::size_t>(context_.phases()));
  for (std::int64_t phase_of = 0; phase_of < context_.phases(); ++phase_of) {
    const CartesianStream activations = reader_.activations(pass(), channel, phase_of);
    const CartesianStream weights = reader_.weights(pass(), channel, phase_of);
    CartesianContext::Block& block = blocks[static_cast<std::size_t>(phase_of)];
    block.vectors = weights.vectors(context_.array().filter_lanes);
    block.most_meetings = std::max(block.most_meetings, activations.vectors(context_.array().ifmap_lanes));
    add_work(activations, weights);
  }
}

void CartesianPe::add_work(const CartesianStream& activations, const CartesianStream& weights) {
  if (activations.words().empty() || weights.words().empty()) return;
  work_.push_back({activations.words(), weights.words(), context_.array().ifmap_lanes});
  activation_vectors_ += activations.vectors(context_.array().ifmap_lanes);
}

/// No weight meets two activations: each is a vector of its own.
void CartesianPe::load_fc() {
  const std::int64_t inputs = context_.pass(pass()).taps;
  for (std::int64_t tap = pe_; tap < inputs; tap += context_.array().pes()) {
    const CartesianWord input = reader_.input(pass(), tap);
    const CartesianStream column = reader_.column(pass(), tap);
    if ((input.word == 0 && !context_.array().dense) || column.words().empty()) continue;
    work_.push_back({{input}, column.words(), 1});
    ++activation_vectors_;
  }
}

void CartesianPe::on_edge() {
  switch (phase.read()) {
    case kCartesianCompute:
      if (work_.empty()) {
        ++(covered_ ? counts_.barrier : counts_.idle);
      } else {
        edges_left_ == 0 ? begin_pair() : void(++counts_.bank);
        if (edges_left_-- == 1) end_pair();
      }
      break;
    case kCartesianLink:
      ++(covered_ ? counts_.link : counts_.idle);
      break;
    case kCartesianWeight:
      ++(covered_ ? counts_.weight : counts_.idle);
      break;
    case kCartesianDrain:
      ++(covered_ ? counts_.drain : counts_.idle);
      break;
    default:
      break;
  }
}

void CartesianPe::begin_pair() {
  std::vector<std::int64_t> banks(static_cast<std::size_t>(context_.array().banks), 0);
  ++pairs_;
  for (std::int64_t f = 0; f < context_.array().filter_lanes; ++f) {
    for (std::int64_t i = 0; i < context_.array().ifmap_lanes; ++i) {
      const auto index = static_cast<std::size_t>(f * context_.array().ifmap_lanes + i);
      if (!issue(f, i, banks)) ++counts_.multipliers[index].lane;
    }
  }
  const bool waits = context_.array().bank_stall && !is_fc(context_.shape());
  edges_left_ = waits ? std::max<std::int64_t>(1, *std::max_element(banks.begin(), banks.end())) : 1;
}

bool CartesianPe::issue(std::int64_t f, std::int64_t i, std::vector<std::int64_t>& banks) {
  const Work& work = work_.front();
  const std::size_t at = activation_ + static_cast<std::size_t>(i);
  const std::size_t of = weight_ + static_cast<std::size_t>(f);
  if (i >= work.lanes || at >= work.activations.size() || of >= work.weights.size()) return false;
  const CartesianWord& activation = work.activations[at];
  const CartesianWord& weight = work.weights[of];
  if (activation.filler || weight.filler) return false;
  const FeatureTile& ofmap = context_.schedule->ofmap_tile(context_.pass(pass()));
  const std::int64_t below = activation.row - weight.row;
  const std::int64_t right = activation.column - weight.column;
  const std::int64_t row = below / context_.shape().U;
  const std::int64_t column = right / context_.shape().U;
  const bool kept = below >= 0 && right >= 0 && row < ofmap.rows && column < ofmap.columns;
  const Gating& gating = context_.schedule->gating;
  const bool gated =
      (gating.on_activation && activation.word == 0) || (gating.on_weight && context_.mac->is_zero(weight.word));
  CartesianMultiplier& own = counts_.multipliers[static_cast<std::size_t>(f * context_.array().ifmap_lanes + i)];
  ++(gated ? own.gated : own.performed);
  if (!kept) {
    ++(gated ? own.dropped_gated : own.dropped_performed);
    return true;
  }
  ++macs_;
  ++banks[static_cast<std::size_t>(context_.array().bank(weight.k, ofmap.row + row, column))];
  Word& sum = sums_[pass() % 2][static_cast<std::size_t>((weight.k * ofmap.rows + row) * ofmap.columns + column)];
  if (!gated) sum = context_.mac->step(activation.word, weight.word, sum);
  return true;
}

void CartesianPe::end_pair() {
  const Work& work = work_.front();
  weight_ += static_cast<std::size_t>(context_.array().filter_lanes);
  if (weight_ < work.weights.size()) return;
  weight_ = 0;
  activation_ += static_cast<std::size_t>(work.lanes);
  if (activation_ < work.activations.size()) return;
  activation_ = 0;
  work_.pop_front();
  look_for_work();
  if (work_.empty()) ended_.write(loaded_);
}

Word CartesianPe::sum(std::int64_t of_pass, std::int64_t filter, std::int64_t pixel) const {
  const TiledPass& of = context_.pass(of_pass);
  return sums_[of_pass % 2].at(static_cast<std::size_t>(filter * of.pixels + pixel));
}

std::string CartesianPe::state() const {
  std::ostringstream out;
  out << name() << ": step " << step.read() << ", ended " << done.read() << ", pairs " << pairs_
      << ", streams that wait " << work_.size();
  return out.str();
}

}  // namespace lacuna
