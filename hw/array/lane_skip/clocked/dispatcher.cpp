// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/clocked/dispatcher.hpp"

#include <algorithm>

namespace lacuna {

LaneSkipDispatcher::LaneSkipDispatcher(const sc_core::sc_module_name& name, LaneSkipContext& context,
                                       const CoreClock& clock, std::function<void()> progress)
    : PassSequencer(name, context, clock, std::move(progress)),
      lane("lane", static_cast<std::size_t>(context.array().lanes)),
      context_(context),
      lanes_(static_cast<std::size_t>(context.array().lanes)) {}

void LaneSkipDispatcher::drive() {
  step.write(working() ? LaneSkipStep{static_cast<std::int32_t>(current()), static_cast<std::int32_t>(fold_)}
                       : LaneSkipStep());
  for (std::size_t index = 0; index < lanes_.size(); ++index) {
    const Lane& from = lanes_[index];
    lane[index].write(working() && !from.done() ? from.neurons[from.next] : LaneSkipNeuron());
  }
}

void LaneSkipDispatcher::open_windows(std::int64_t first) {
  limit_ = context_.array().window_sync ? first + 1 : pixels();
  for (std::int64_t index = 0; index < context_.deal(current()).lanes; ++index) {
    lanes_[static_cast<std::size_t>(index)].window = first;
    fetch(index);
    go_on(index);
  }
}

/// A lane passes by windows that have nothing for it.
void LaneSkipDispatcher::go_on(std::int64_t index) {
  Lane& from = lanes_[static_cast<std::size_t>(index)];
  while (from.window < limit_ && from.done()) {
    if (++from.window < limit_) fetch(index);
  }
}

Word LaneSkipDispatcher::word_at(std::int64_t tap, std::int64_t window) {
  const TiledPass& pass = context_.pass(current());
  return context_.buffer->read_ifmap(context_.schedule->ifmap_address(pass, pass.tap + tap, window));
}

void LaneSkipDispatcher::fetch(std::int64_t index) {
  Lane& to = lanes_[static_cast<std::size_t>(index)];
  const LaneSkipDeal& deal = context_.deal(current());
  const bool skips = context_.array().skips;
  to.neurons.clear();
  to.next = 0;
  for (std::int64_t n = skips ? index : 0; n < deal.positions; n += skips ? context_.array().lanes : 1) {
    skips ? fetch_brick(index, n) : fetch_channel(index, n);
  }
  if (!to.neurons.empty()) to.neurons.back().last = true;
}

void LaneSkipDispatcher::fetch_brick(std::int64_t index, std::int64_t position) {
  Lane& to = lanes_[static_cast<std::size_t>(index)];
  const LaneSkipDeal& deal = context_.deal(current());
  LaneSkipNeuron neuron;
  neuron.window = first_window_ + to.window;
  const std::size_t before = to.neurons.size();
  for (std::int64_t c = 0; c < deal.channels_at(position); ++c) {
    const std::int64_t tap = (deal.first_channel(position) + c) * deal.words + position / deal.blocks;
    neuron.kind = LaneSkipNeuron::neuron;
    neuron.tap = static_cast<std::int32_t>(tap);
    neuron.word = word_at(tap, to.window);
    if (neuron.word != 0) {
      to.neurons.push_back(neuron);
    } else {
      events_.macs_skipped += context_.filters(current(), fold_);
    }
  }
  ++events_.bricks_read;
  events_.offsets_decoded += static_cast<std::int64_t>(to.neurons.size() - before);
  if (to.neurons.size() != before || context_.array().empty_brick_cycles == 0) return;
  neuron.kind = LaneSkipNeuron::empty_brick;
  to.neurons.push_back(neuron);
}

/// All lanes are at the same position: those that it has no channel for wait.
void LaneSkipDispatcher::fetch_channel(std::int64_t index, std::int64_t position) {
  Lane& to = lanes_[static_cast<std::size_t>(index)];
  const LaneSkipDeal& deal = context_.deal(current());
  LaneSkipNeuron neuron;
  neuron.window = first_window_ + to.window;
  if (index < deal.channels_at(position)) {
    const std::int64_t tap = (deal.first_channel(position) + index) * deal.words + position / deal.blocks;
    neuron.kind = LaneSkipNeuron::neuron;
    neuron.tap = static_cast<std::int32_t>(tap);
    neuron.word = word_at(tap, to.window);
  }
  to.neurons.push_back(neuron);
}

bool LaneSkipDispatcher::work(std::int64_t edge) {
  follow_lanes();
  const auto end = lanes_.begin() + context_.deal(current()).lanes;
  const std::int64_t ended =
      std::min_element(lanes_.begin(), end, [](const Lane& a, const Lane& b) { return a.window < b.window; })->window;
  windows.write(first_window_ + ended);
  if (ended < limit_) return false;
  if (limit_ < pixels()) {
    open_windows(limit_);
    return false;
  }
  first_window_ += pixels();
  if (++fold_ < context_.deal(current()).folds) {
    open_windows(0);
    return false;
  }
  fold_ = 0;
  if (context_.tile_writer == nullptr) record().filters_sent = edge;
  return true;
}

void LaneSkipDispatcher::follow_lanes() {
  for (std::int64_t index = 0; index < context_.array().lanes; ++index) {
    Lane& from = lanes_[static_cast<std::size_t>(index)];
    if (lane[static_cast<std::size_t>(index)].read().kind == LaneSkipNeuron::nothing) ++events_.lanes_idle;
    if (index >= context_.deal(current()).lanes) continue;
    if (!from.done()) ++from.next;
    go_on(index);
  }
}

std::string LaneSkipDispatcher::state() const {
  std::string text = state_at("fold " + std::to_string(fold_)) + "; lanes at windows";
  for (const Lane& from : lanes_) text += ' ' + std::to_string(from.window);
  return text;
}

}  // namespace lacuna
