// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/clocked/dispatcher.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

LaneSkipDispatcher::LaneSkipDispatcher(const sc_core::sc_module_name& name, LaneSkipContext& context,
                                       const CoreClock& clock, std::function<void()> progress)
    : sc_core::sc_module(name),
      lane("lane", static_cast<std::size_t>(context.array().lanes)),
      context_(context),
      clock_(clock),
      progress_(std::move(progress)),
      lanes_(static_cast<std::size_t>(context.array().lanes)) {
  record().start_without_link = 0;
  SC_HAS_PROCESS(LaneSkipDispatcher);
  SC_METHOD(decide);
  sensitive << passes_allowed << changed_;
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void LaneSkipDispatcher::decide() {
  if (!running_ && allowed()) running_ = true;
  if (running_ && !working_ && context_.has_filters(pass_)) begin_work();
  step.write(working_ ? LaneSkipStep{static_cast<std::int32_t>(pass_), static_cast<std::int32_t>(fold_)}
                      : LaneSkipStep());
  awaited.write(!running_ && pass_ < context_.pass_count() ? static_cast<std::int32_t>(pass_) : -1);
  undecoded.write(running_ && !working_ ? static_cast<std::int32_t>(pass_) : -1);
  for (std::size_t index = 0; index < lanes_.size(); ++index) {
    const Lane& from = lanes_[index];
    lane[index].write(working_ && !from.done() ? from.neurons[from.next] : LaneSkipNeuron());
  }
}

void LaneSkipDispatcher::begin_work() {
  working_ = true;
  open_windows(0);
  if (record().start < 0) return;
  // It has waited: the last weight has come at the edge before.
  record().filters_sent = clock_.edge();
  progress_();
}

void LaneSkipDispatcher::open_windows(std::int64_t first) {
  limit_ = context_.array().window_sync ? first + 1 : pixels();
  for (std::int64_t index = 0; index < context_.deal(pass_).lanes; ++index) {
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
  const TiledPass& pass = context_.pass(pass_);
  return context_.buffer->read_ifmap(context_.schedule->ifmap_address(pass, pass.tap + tap, window));
}

void LaneSkipDispatcher::fetch(std::int64_t index) {
  Lane& to = lanes_[static_cast<std::size_t>(index)];
  const LaneSkipDeal& deal = context_.deal(pass_);
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
  const LaneSkipDeal& deal = context_.deal(pass_);
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
      events_.macs_skipped += context_.filters(pass_, fold_);
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
  const LaneSkipDeal& deal = context_.deal(pass_);
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

void LaneSkipDispatcher::on_edge() {
  if (awaited.read() >= 0) ++record().link_wait_awake;
  if (!running_) return;
  const std::int64_t edge = clock_.edge();
  const bool first = record().start < 0;
  if (first) record().start = edge;
  if (!working_) {
    if (first) context_.tile_writer->start();
    changed_.write(++looks_);
    return;
  }
  if (first && context_.tile_writer != nullptr) {  // the tile of the pass before
    record().filters_sent = edge;
    progress_();
  }
  follow_lanes();
  const auto end = lanes_.begin() + context_.deal(pass_).lanes;
  const std::int64_t ended =
      std::min_element(lanes_.begin(), end, [](const Lane& a, const Lane& b) { return a.window < b.window; })->window;
  windows.write(first_window_ + ended);
  if (ended == limit_) {
    if (limit_ < pixels()) {
      open_windows(limit_);
    } else {
      first_window_ += pixels();
      if (++fold_ < context_.deal(pass_).folds) {
        open_windows(0);
      } else {
        end_pass(edge);
      }
    }
  }
  ++edges_;
  changed_.write(++looks_);
}

void LaneSkipDispatcher::follow_lanes() {
  for (std::int64_t index = 0; index < context_.array().lanes; ++index) {
    Lane& from = lanes_[static_cast<std::size_t>(index)];
    if (lane[static_cast<std::size_t>(index)].read().kind == LaneSkipNeuron::nothing) ++events_.lanes_idle;
    if (index >= context_.deal(pass_).lanes) continue;
    if (!from.done()) ++from.next;
    go_on(index);
  }
}

void LaneSkipDispatcher::end_pass(std::int64_t edge) {
  record().end = edge;
  if (context_.tile_writer == nullptr) record().filters_sent = edge;
  running_ = working_ = false;
  fold_ = 0;
  ++pass_;
  if (pass_ < context_.pass_count()) record().start_without_link = edge + 1;
  progress_();
}

std::string LaneSkipDispatcher::state() const {
  std::ostringstream out;
  out << name() << ": passes " << context_.pass_count() << ", allowed " << passes_allowed.read() << "; at pass "
      << pass_ << ", fold " << fold_
      << (working_   ? ", running"
          : running_ ? ", waits for its filters"
                     : ", not running")
      << "; lanes at windows";
  for (const Lane& from : lanes_) out << ' ' << from.window;
  return out.str();
}

}  // namespace lacuna
