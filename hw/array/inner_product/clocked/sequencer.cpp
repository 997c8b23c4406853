// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/sequencer.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

InnerProductSequencer::InnerProductSequencer(const sc_core::sc_module_name& name, InnerProductContext& context,
                                             const CoreClock& clock, std::function<void()> progress)
    : sc_core::sc_module(name),
      activation("activation", static_cast<std::size_t>(context.array().windows * context.array().width())),
      weight("weight", static_cast<std::size_t>(context.array().filters * context.array().width())),
      context_(context),
      clock_(clock),
      progress_(std::move(progress)),
      left_(static_cast<std::size_t>(context.array().windows), 0) {
  record().start_without_link = 0;
  events_.from_store = context.tile_writer != nullptr;
  SC_HAS_PROCESS(InnerProductSequencer);
  SC_METHOD(decide);
  sensitive << passes_allowed << changed_;
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

bool InnerProductSequencer::all_free() const {
  return std::all_of(left_.begin(), left_.end(), [](std::int64_t left) { return left == 0; });
}

std::int32_t InnerProductSequencer::turn() const {
  if (!context_.deal(pass_).staggered) return InnerProductStep::kAll;
  return static_cast<std::int32_t>(next_ % context_.array().windows);
}

void InnerProductSequencer::decide() {
  if (!running_ && allowed()) running_ = true;
  if (running_ && !working_ && context_.has_filters(pass_)) begin_work();
  step.write(working_ ? next_step() : InnerProductStep());
  awaited.write(!running_ && pass_ < context_.pass_count() ? static_cast<std::int32_t>(pass_) : -1);
  undecoded.write(running_ && !working_ ? static_cast<std::int32_t>(pass_) : -1);
}

void InnerProductSequencer::begin_work() {
  working_ = true;
  if (record().start < 0) return;
  // It has waited: the last weight has come at the edge before.
  record().filters_sent = clock_.edge();
  progress_();
}

InnerProductStep InnerProductSequencer::next_step() {
  InnerProductStep now;
  now.pass = static_cast<std::int32_t>(pass_);
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
  const InnerProductIssue issue = context_.deal(pass_).issue(next_);
  for (std::int64_t pixel = 0; pixel < issue.windows; ++pixel) {
    load_window(issue, window == InnerProductStep::kAll ? pixel : window, issue.pixel + pixel);
  }
  const std::int64_t filters = context_.deal(pass_).filters_at(issue.fold);
  for (std::int64_t filter = 0; filter < filters; ++filter) load_filter(issue, filter);
  if (events_.from_store) events_.rows += context_.deal(pass_).words_at(issue.step);
  loaded_ = next_;
}

void InnerProductSequencer::load_window(const InnerProductIssue& issue, std::int64_t window, std::int64_t pixel) {
  const TiledPass& pass = context_.pass(pass_);
  const InnerProductDeal& deal = context_.deal(pass_);
  for (std::int64_t word = 0; word < deal.words_at(issue.step); ++word) {
    const std::int64_t tap = pass.tap + deal.tap(issue.step, word);
    const std::int64_t address = context_.schedule->ifmap_address(pass, tap, pass.pixel + pixel);
    activation[static_cast<std::size_t>(window * deal.width + word)].write(context_.buffer->read_ifmap(address));
    ++events_.activations;
  }
}

/// Once for all windows; in each of them where they may hold different words.
void InnerProductSequencer::load_filter(const InnerProductIssue& issue, std::int64_t filter) {
  const TiledPass& pass = context_.pass(pass_);
  const InnerProductDeal& deal = context_.deal(pass_);
  for (std::int64_t word = 0; word < deal.words_at(issue.step); ++word) {
    const std::int64_t tap = pass.tap + deal.tap(issue.step, word);
    const std::int64_t address =
        context_.schedule->filter_address(pass, tap, pass.filter + issue.fold * deal.filters_a_fold + filter);
    const Word read = context_.faults->filter_path.pass(context_.filter_word(address));
    weight[static_cast<std::size_t>(filter * deal.width + word)].write(read);
    events_.weights += context_.array().serial_fc ? issue.windows : 1;
  }
}

void InnerProductSequencer::on_edge() {
  if (awaited.read() >= 0) ++record().link_wait_awake;
  if (!running_) return;
  const std::int64_t edge = clock_.edge();
  const bool first = record().start < 0;
  if (first) record().start = edge;
  changed_.write(++looks_);
  if (!working_) {
    if (first) context_.tile_writer->start();
    return;
  }
  if (first && context_.tile_writer != nullptr) {  // the tile of the pass before
    record().filters_sent = edge;
    progress_();
  }
  const InnerProductStep now = step.read();
  if (now.number >= 0) begin_step(now, edge);
  for (std::int64_t& left : left_) left -= left > 0 ? 1 : 0;
  if (all_begun() && all_free() && drained_++ == context_.array().tree_latency) end_pass(edge);
  ++edges_;
}

void InnerProductSequencer::begin_step(const InnerProductStep& now, std::int64_t edge) {
  for (std::size_t window = 0; window < left_.size(); ++window) {
    if (now.begins(static_cast<std::int64_t>(window))) left_[window] = context_.deal(pass_).cycles;
  }
  ++next_;
  if (!all_begun() || context_.tile_writer != nullptr) return;
  record().filters_sent = edge;
  progress_();
}

void InnerProductSequencer::end_pass(std::int64_t edge) {
  record().end = edge;
  running_ = working_ = false;
  next_ = 0;
  loaded_ = -1;
  drained_ = 0;
  ++pass_;
  if (pass_ < context_.pass_count()) record().start_without_link = edge + 1;
  progress_();
}

std::string InnerProductSequencer::state() const {
  std::ostringstream out;
  out << name() << ": passes " << context_.pass_count() << ", allowed " << passes_allowed.read() << "; at pass "
      << pass_ << ", next step " << next_
      << (working_   ? ", running"
          : running_ ? ", waits for its filters"
                     : ", not running")
      << "; edges left of windows";
  for (const std::int64_t left : left_) out << ' ' << left;
  return out.str();
}

}  // namespace lacuna
