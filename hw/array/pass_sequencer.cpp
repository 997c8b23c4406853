// SPDX-License-Identifier: Apache-2.0
#include "hw/array/pass_sequencer.hpp"

#include <sstream>

namespace lacuna {

PassSequencer::PassSequencer(const sc_core::sc_module_name& name, TiledContext& context, const CoreClock& clock,
                             std::function<void()> progress)
    : sc_core::sc_module(name), passes_(context), clock_(clock), progress_(std::move(progress)) {
  record().start_without_link = 0;
  SC_HAS_PROCESS(PassSequencer);
  SC_METHOD(decide);
  sensitive << passes_allowed << changed_;
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

std::int64_t PassSequencer::progress() const {
  return edges_ + (passes_.tile_writer == nullptr ? 0 : passes_.tile_writer->progress());
}

void PassSequencer::sent_filters(std::int64_t edge) {
  record().filters_sent = edge;
  progress_();
}

void PassSequencer::decide() {
  if (!running_ && allowed()) running_ = true;
  if (running_ && !working_ && passes_.has_filters(pass_)) {
    working_ = true;
    begin_work();
    // Where it has waited, the last weight has come at the edge before.
    if (record().start >= 0) sent_filters(clock_.edge());
  }
  drive();
  awaited.write(!running_ && pass_ < passes_.pass_count() ? static_cast<std::int32_t>(pass_) : -1);
  undecoded.write(running_ && !working_ ? static_cast<std::int32_t>(pass_) : -1);
}

void PassSequencer::on_edge() {
  if (awaited.read() >= 0) ++record().link_wait_awake;
  if (!running_) return;
  const std::int64_t edge = clock_.edge();
  const bool first = record().start < 0;
  if (first) record().start = edge;
  changed_.write(++looks_);
  if (!working_) {
    if (first) passes_.tile_writer->start();
    return;
  }
  if (first && passes_.tile_writer != nullptr) sent_filters(edge);  // the tile of the pass before
  if (work(edge)) end_pass(edge);
  ++edges_;
}

void PassSequencer::end_pass(std::int64_t edge) {
  record().end = edge;
  running_ = working_ = false;
  ++pass_;
  if (pass_ < passes_.pass_count()) record().start_without_link = edge + 1;
  progress_();
}

std::string PassSequencer::state_at(const std::string& place) const {
  std::ostringstream out;
  out << name() << ": passes " << passes_.pass_count() << ", allowed " << passes_allowed.read() << "; at pass " << pass_
      << ", " << place
      << (working_   ? ", running"
          : running_ ? ", waits for its filters"
                     : ", not running");
  return out.str();
}

}  // namespace lacuna
