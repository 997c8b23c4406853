// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/sequencer.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

CscSequencer::CscSequencer(const sc_core::sc_module_name& name, CscContext& context, const CoreClock& clock,
                           std::function<void()> progress)
    : sc_core::sc_module(name),
      empty("empty", static_cast<std::size_t>(context.array().pe_count)),
      context_(context),
      clock_(clock),
      progress_(std::move(progress)) {
  record().start_without_link = 0;
  SC_HAS_PROCESS(CscSequencer);
  SC_METHOD(decide);
  sensitive << passes_allowed << sent << changed_;
  for (auto& port : empty) sensitive << port;
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

bool CscSequencer::allowed() const {
  return pass_ < context_.pass_count() && passes_allowed.read() > static_cast<std::uint32_t>(pass_);
}

bool CscSequencer::waits_for_link() const { return !running_ && !allowed(); }

void CscSequencer::decide() {
  CscStep now;
  if (running_ || allowed()) {
    now.pass = static_cast<std::int32_t>(pass_);
    const bool done = sent.read() == now.pass &&
                      std::all_of(empty.begin(), empty.end(), [](const auto& port) { return port.read(); });
    if (done) now.drain = static_cast<std::int32_t>(drained_);
  }
  step.write(now);
  awaited.write(!now.active() && pass_ < context_.pass_count() ? static_cast<std::int32_t>(pass_) : -1);
}

void CscSequencer::on_edge() {
  const std::int64_t edge = clock_.edge();
  if (awaited.read() >= 0) ++record().link_wait_awake;
  const CscStep now = step.read();
  if (!now.active()) return;
  if (!running_) {
    running_ = true;
    record().start = edge;
    if (context_.schedule->brings_filters(pass_)) context_.load_filters(pass_);
  }
  if (now.drain >= 0) follow_drain(edge);
  changed_.write(static_cast<std::uint64_t>(++edges_));
}

void CscSequencer::follow_drain(std::int64_t edge) {
  ++drained_;
  if (drained_ == context_.array().read_cycles) {
    record().filters_sent = edge;
    progress_();
  }
  if (drained_ < context_.array().latency()) return;
  record().end = edge;
  running_ = false;
  drained_ = 0;
  ++pass_;
  if (pass_ < context_.pass_count()) record().start_without_link = edge + 1;
  progress_();
}

std::string CscSequencer::state() const {
  std::ostringstream out;
  out << name() << ": passes " << context_.pass_count() << ", allowed " << passes_allowed.read() << "; "
      << (running_ ? "runs" : "waits for") << " pass " << pass_ << ", drained " << drained_;
  return out.str();
}

}  // namespace lacuna
