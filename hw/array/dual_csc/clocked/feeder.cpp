// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/clocked/feeder.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

DualCscFeeder::DualCscFeeder(const sc_core::sc_module_name& name, DualCscContext& context, const CoreClock& clock,
                             std::function<void()> progress)
    : sc_core::sc_module(name),
      done("done", static_cast<std::size_t>(context.array().pes)),
      context_(context),
      clock_(clock),
      progress_(std::move(progress)) {
  record().start_without_link = 0;
  SC_HAS_PROCESS(DualCscFeeder);
  SC_METHOD(decide);
  sensitive << passes_allowed << changed_;
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void DualCscFeeder::decide() {
  DualCscStep now;
  if (running_ || allowed()) {
    now.pass = static_cast<std::int32_t>(pass_);
    now.loads = running_ ? loads_ : context_.schedule->brings_filters(pass_);
  }
  step.write(now);
  awaited.write(!now.active() && pass_ < context_.pass_count() ? static_cast<std::int32_t>(pass_) : -1);
}

void DualCscFeeder::on_edge() {
  if (awaited.read() >= 0) ++record().link_wait_awake;
  if (!step.read().active()) return;
  if (!running_) begin_pass();
  if (loads_) {
    load();
  } else if (window_ < context_.pass(pass_).pixels) {
    feed();
  } else if (all_done() == window_) {
    drain();
  }
  changed_.write(static_cast<std::uint64_t>(++edges_));
}

void DualCscFeeder::begin_pass() {
  running_ = true;
  record().start = clock_.edge();
  busy_pes_ = context_.array().busy_pes(context_.pass(pass_).filters);
  window_ = 0;
  coming_ = false;
  psums_drained_ = 0;
  if (!context_.schedule->brings_filters(pass_)) {
    record().filters_sent = clock_.edge();
    progress_();
    return;
  }
  context_.take_filters(pass_);
  loads_ = true;
  load_pe_ = -1;
  next_pe_to_load();
}

void DualCscFeeder::next_pe_to_load() {
  ++load_pe_;
  addresses_left_ = context_.pass(pass_).taps + 1;
  words_left_ = load_pe_ < busy_pes_ ? context_.memories.rows(load_pe_) : 0;
}

/// Lets addresses, then words into a PE, as many as the port carries.
void DualCscFeeder::load() {
  std::int64_t& left = addresses_left_ > 0 ? addresses_left_ : words_left_;
  const bool addresses = addresses_left_ > 0;
  const std::int64_t most = addresses ? context_.array().addresses_per_edge : context_.array().words_per_edge;
  const std::int64_t taken = std::min(most, left);
  left -= taken;
  (addresses ? words_.weight_addresses_taken : words_.weight_words_taken) += taken;
  if (addresses_left_ == 0 && words_left_ == 0) next_pe_to_load();
  if (load_pe_ < busy_pes_) return;
  loads_ = false;
  record().filters_sent = clock_.edge();
  progress_();
}

std::int64_t DualCscFeeder::all_done() const {
  std::int64_t least = done[0].read();
  for (std::size_t pe = 1; pe < static_cast<std::size_t>(busy_pes_); ++pe) least = std::min(least, done[pe].read());
  return least;
}

void DualCscFeeder::feed() {
  if (!coming_) {
    if (window_ - all_done() >= context_.array().windows) return;
    begin_window();
  }
  DualCscBeat now;
  now.sequence = ++beats_;
  while (sent_ < iacts_.size() && static_cast<std::int64_t>(now.iacts.size()) < context_.array().iacts_per_edge) {
    now.iacts.push_back(iacts_[sent_++]);
  }
  psums_exchanged_ += context_.array().psums_per_edge;
  now.last = sent_ == iacts_.size() && psums_exchanged_ >= context_.rows(pass_, 0);
  if (now.last) {
    coming_ = false;
    ++window_;
  }
  beat.write(now);
}

/// The banks hold activations compressed: zeros are not read.
void DualCscFeeder::begin_window() {
  const TiledPass& pass = context_.pass(pass_);
  coming_ = true;
  sent_ = 0;
  psums_exchanged_ = 0;
  iacts_.clear();
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
    const std::int64_t address = context_.schedule->ifmap_address(pass, pass.tap + tap, pass.pixel + window_);
    const Word word = context_.buffer->ifmap.peek(address);
    if (word != 0) iacts_.push_back({static_cast<std::int32_t>(tap), context_.faults->global_buffer_read.pass(word)});
  }
  words_.iacts_sent += static_cast<std::int64_t>(iacts_.size());
}

void DualCscFeeder::drain() {
  psums_drained_ += context_.array().psums_per_edge;
  if (psums_drained_ < context_.rows(pass_, 0)) return;
  record().end = clock_.edge();
  running_ = false;
  ++pass_;
  if (pass_ < context_.pass_count()) record().start_without_link = clock_.edge() + 1;
  progress_();
}

std::string DualCscFeeder::state() const {
  std::ostringstream out;
  out << name() << ": passes " << context_.pass_count() << ", allowed " << passes_allowed.read() << "; "
      << (running_ ? "runs" : "waits for") << " pass " << pass_;
  if (running_) out << (loads_ ? ", weights of PE " : ", window ") << (loads_ ? load_pe_ : window_);
  return out.str();
}

}  // namespace lacuna
