// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/clocked/sequencer.hpp"

#include <algorithm>

namespace lacuna {

CartesianSequencer::CartesianSequencer(const sc_core::sc_module_name& name, CartesianContext& context,
                                       const CoreClock& clock, std::function<void()> progress)
    : sc_core::sc_module(name),
      done("done", static_cast<std::size_t>(context.array().pes())),
      context_(context),
      clock_(clock),
      progress_(std::move(progress)) {
  context_.record(0).start_without_link = 0;
  SC_HAS_PROCESS(CartesianSequencer);
  SC_METHOD(decide);
  sensitive << passes_allowed << drained << changed_;
  for (auto& port : done) sensitive << port;
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void CartesianSequencer::decide() {
  note_drained();
  if (working_) end_steps();
  look_free();
  if (!running_ && free_ && allowed()) {
    running_ = true;
    free_ = false;
    step_of_pass_ = pass_edges_ = 0;
  }
  if (running_ && !working_ && context_.has_filters(pass_)) begin_work();
  step.write(working_ ? pass_ * context_.steps() + step_of_pass_ : -1);
  phase.write(next_phase());
}

CartesianPhase CartesianSequencer::next_phase() const {
  if (running_) return working_ ? kCartesianCompute : kCartesianWeight;
  if (free_ && pass_ < context_.pass_count()) return kCartesianLink;
  return drained.read() < pass_ ? kCartesianDrain : kCartesianNothing;
}

void CartesianSequencer::begin_work() {
  working_ = true;
  // Where it has waited, the last weight has come at the edge before.
  if (context_.record(pass_).start >= 0) note_filters_sent(clock_.edge());
}

void CartesianSequencer::note_filters_sent(std::int64_t edge) {
  context_.record(pass_).filters_sent = edge;
  progress_();
}

void CartesianSequencer::note_drained() {
  for (; noted_ < drained.read(); ++noted_) {
    context_.record(noted_).end = clock_.edge();
    progress_();
  }
}

/// A step that no PE has work in takes no edge, but a pass takes one at least.
void CartesianSequencer::end_steps() {
  const std::int64_t now = pass_ * context_.steps() + step_of_pass_;
  if (step.read() != now) return;  // the PEs have not seen it yet
  const bool all = std::all_of(done.begin(), done.end(), [now](const auto& port) { return port.read() >= now; });
  if (!all) return;
  if (step_of_pass_ + 1 < context_.steps()) {
    ++step_of_pass_;
  } else if (pass_edges_ > 0) {
    end_computing();
  }
}

void CartesianSequencer::end_computing() {
  if (context_.tile_writer == nullptr) context_.record(pass_).filters_sent = clock_.edge();
  running_ = working_ = false;
  computed.write(++pass_);
  progress_();
}

/// Where sums are double-buffered, a pass of the same tile needs those of the pass before the last one drained only.
void CartesianSequencer::look_free() {
  if (running_ || free_ || pass_ == context_.pass_count()) return;
  const bool overlaps = context_.array().drain_overlap && context_.schedule->same_tile(pass_);
  if (drained.read() < (overlaps ? pass_ - 1 : pass_)) return;
  free_ = true;
  context_.record(pass_).start_without_link = clock_.edge() + 1;
  progress_();
}

void CartesianSequencer::on_edge() {
  if (phase.read() == kCartesianLink) ++context_.record(pass_).link_wait_awake;
  if (!running_) return;
  const bool first = context_.record(pass_).start < 0;
  if (first) context_.record(pass_).start = clock_.edge();
  if (working_) {
    if (first && context_.tile_writer != nullptr) note_filters_sent(clock_.edge());  // the tile of the pass before
    ++pass_edges_;
    ++edges_;
  } else if (first) {
    context_.tile_writer->start();
  }
  changed_.write(++looks_);
}

std::string CartesianSequencer::state() const {
  return std::string(name()) + ": passes " + std::to_string(context_.pass_count()) + ", allowed " +
         std::to_string(passes_allowed.read()) + ", drained " + std::to_string(drained.read()) + "; at pass " +
         std::to_string(pass_) + ", step " + std::to_string(step_of_pass_) +
         (working_   ? ", running"
          : running_ ? ", waits for its filters"
                     : ", not running");
}

}  // namespace lacuna
