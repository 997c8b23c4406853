// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/sequencer.hpp"

#include <algorithm>

namespace lacuna {

InnerProductSequencer::InnerProductSequencer(const sc_core::sc_module_name& name, InnerProductContext& context,
                                             const CoreClock& clock, std::function<void()> progress)
    : PassSequencer(name, context, clock, std::move(progress)),
      activation("activation", static_cast<std::size_t>(context.array().windows * context.array().width())),
      weight("weight", static_cast<std::size_t>(context.array().filters * context.array().width())),
      context_(context),
      left_(static_cast<std::size_t>(context.array().windows), 0) {
  events_.from_store = context.tile_writer != nullptr;
}

bool InnerProductSequencer::all_free() const {
  return std::all_of(left_.begin(), left_.end(), [](std::int64_t left) { return left == 0; });
}

std::int32_t InnerProductSequencer::turn() const {
  if (!context_.deal(current()).staggered) return InnerProductStep::kAll;
  return static_cast<std::int32_t>(next_ % context_.array().windows);
}

void InnerProductSequencer::drive() { step.write(working() ? next_step() : InnerProductStep()); }

InnerProductStep InnerProductSequencer::next_step() {
  InnerProductStep now;
  now.pass = static_cast<std::int32_t>(current());
  now.drains = all_begun() && all_free();
  const std::int32_t window = turn();
  const bool free = window == InnerProductStep::kAll ? all_free() : left_[static_cast<std::size_t>(window)] == 0;
  if (!all_begun() && free) {
    now.number = next_;
    now.window = window;
    if (loaded_ != next_) load(window);  // the link may let it look twice
  }
  return now;
}

void InnerProductSequencer::load(std::int32_t window) {
  const InnerProductIssue issue = context_.deal(current()).issue(next_);
  for (std::int64_t pixel = 0; pixel < issue.windows; ++pixel) {
    load_window(issue, window == InnerProductStep::kAll ? pixel : window, issue.pixel + pixel);
  }
  const std::int64_t filters = context_.deal(current()).filters_at(issue.fold);
  for (std::int64_t filter = 0; filter < filters; ++filter) load_filter(issue, filter);
  if (events_.from_store) events_.rows += context_.deal(current()).words_at(issue.step);
  loaded_ = next_;
}

void InnerProductSequencer::load_window(const InnerProductIssue& issue, std::int64_t window, std::int64_t pixel) {
  const TiledPass& pass = context_.pass(current());
  const InnerProductDeal& deal = context_.deal(current());
  for (std::int64_t word = 0; word < deal.words_at(issue.step); ++word) {
    const std::int64_t tap = pass.tap + deal.tap(issue.step, word);
    const std::int64_t address = context_.schedule->ifmap_address(pass, tap, pass.pixel + pixel);
    activation[static_cast<std::size_t>(window * deal.width + word)].write(context_.buffer->read_ifmap(address));
    ++events_.activations;
  }
}

/// Once for all windows; in each of them where they may hold different words.
void InnerProductSequencer::load_filter(const InnerProductIssue& issue, std::int64_t filter) {
  const TiledPass& pass = context_.pass(current());
  const InnerProductDeal& deal = context_.deal(current());
  for (std::int64_t word = 0; word < deal.words_at(issue.step); ++word) {
    const std::int64_t tap = pass.tap + deal.tap(issue.step, word);
    const std::int64_t address =
        context_.schedule->filter_address(pass, tap, pass.filter + issue.fold * deal.filters_a_fold + filter);
    const Word read = context_.faults->filter_path.pass(context_.read_filter(address));
    weight[static_cast<std::size_t>(filter * deal.width + word)].write(read);
    events_.weights += context_.array().serial_fc ? issue.windows : 1;
  }
}

bool InnerProductSequencer::work(std::int64_t edge) {
  const InnerProductStep now = step.read();
  if (now.number >= 0) begin_step(now, edge);
  for (std::int64_t& left : left_) left -= left > 0 ? 1 : 0;
  if (!all_begun() || !all_free() || drained_++ != context_.array().tree_latency) return false;
  next_ = 0;
  loaded_ = -1;
  drained_ = 0;
  return true;
}

void InnerProductSequencer::begin_step(const InnerProductStep& now, std::int64_t edge) {
  for (std::size_t window = 0; window < left_.size(); ++window) {
    if (now.begins(static_cast<std::int64_t>(window))) left_[window] = context_.deal(current()).cycles;
  }
  ++next_;
  if (all_begun() && context_.tile_writer == nullptr) sent_filters(edge);
}

std::string InnerProductSequencer::state() const {
  std::string text = state_at("next step " + std::to_string(next_)) + "; edges left of windows";
  for (const std::int64_t left : left_) text += ' ' + std::to_string(left);
  return text;
}

}  // namespace lacuna
