// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/clocked/pe.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna {

DualCscPe::DualCscPe(const sc_core::sc_module_name& name, DualCscContext& context, std::int64_t number)
    : sc_core::sc_module(name),
      context_(context),
      number_(number),
      counts_(static_cast<std::size_t>(context.array().macs)) {
  SC_HAS_PROCESS(DualCscPe);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void DualCscPe::on_edge() {
  const DualCscStep now = step.read();
  const std::int32_t pass = now.active() ? now.pass : awaited.read();
  if (pass < 0) return;
  if (!has_rows(pass)) {
    for (DualCscMacCounts& counts : counts_) ++counts.idle;
    return;
  }
  if (!now.active()) {
    count(DualCscStall::link);
    return;
  }
  if (now.pass != pass_) begin_pass();
  if (now.loads) {
    count(DualCscStall::weights);
    return;
  }
  take_beat();
  const bool waits = windows_done_ < context_.pass(pass_).pixels;
  advance();
  if (!slots_.empty()) {
    work();
    advance();
  } else {
    count(waits ? DualCscStall::window : DualCscStall::barrier);
  }
  done.write(windows_done_);
}

void DualCscPe::begin_pass() {
  pass_ = step.read().pass;
  windows_done_ = 0;
  beats_seen_ = beat.read().sequence;
  done.write(0);
}

void DualCscPe::take_beat() {
  const DualCscBeat& now = beat.read();
  if (now.sequence == beats_seen_) return;
  beats_seen_ = now.sequence;
  coming_.insert(coming_.end(), now.iacts.begin(), now.iacts.end());
  words_.iacts_taken += static_cast<std::int64_t>(now.iacts.size());
  if (!now.last) return;
  words_.iact_addresses_taken += context_.array().iact_addresses(context_.pass(pass_).taps);
  windows_.push_back(std::move(coming_));
  coming_.clear();
}

void DualCscPe::advance() {
  while (slots_.empty()) {
    if (!in_window_) {
      if (windows_.empty()) return;
      begin_window();
    }
    if (tap_ < context_.pass(pass_).taps) {
      open_tap();
    } else {
      end_window();
    }
  }
}

std::int64_t DualCscPe::psum_address(std::int64_t row) const {
  const TiledPass& pass = context_.pass(pass_);
  return context_.schedule->psum_address(pass, pass.filter + row * context_.array().pes + number_,
                                         pass.pixel + windows_done_);
}

void DualCscPe::begin_window() {
  const TiledPass& pass = context_.pass(pass_);
  in_window_ = true;
  tap_ = 0;
  psums_.assign(static_cast<std::size_t>(context_.rows(pass_, number_)), 0);
  for (std::size_t row = 0; row < psums_.size(); ++row) {
    psums_[row] = pass.first_taps ? context_.buffer->read_zero_psum()
                                  : context_.buffer->psum.read(psum_address(static_cast<std::int64_t>(row)));
  }
  words_.psums_taken += static_cast<std::int64_t>(psums_.size());
  words_.iact_addresses_read += context_.array().iact_addresses(pass.taps);
}

void DualCscPe::end_window() {
  for (std::size_t row = 0; row < psums_.size(); ++row) {
    context_.buffer->psum.write(psum_address(static_cast<std::int64_t>(row)),
                                context_.faults->output_fifo.pass(psums_[row]));
  }
  words_.psums_given += static_cast<std::int64_t>(psums_.size());
  windows_.pop_front();
  in_window_ = false;
  ++windows_done_;
}

void DualCscPe::open_tap() {
  Window& window = windows_.front();
  const std::int64_t tap = tap_++;
  std::vector<Place> places;
  if (!window.empty() && window.front().tap == tap) {
    activation_ = window.front().word;
    window.pop_front();
    ++words_.iacts_read;
    words_.weight_addresses_read += 2;
    places = read_column(tap);
  }
  for (std::size_t first = 0; first < places.size(); first += counts_.size()) {
    const std::size_t end = std::min(first + counts_.size(), places.size());
    slots_.emplace_back(places.begin() + static_cast<std::ptrdiff_t>(first),
                        places.begin() + static_cast<std::ptrdiff_t>(end));
  }
  if (!places.empty()) return;
  for (std::int64_t edge = 0; edge < context_.array().empty_column_cycles; ++edge) slots_.emplace_back();
}

/// All entries of a column but the padding at its end, and fillers only where they take a place.
std::vector<DualCscPe::Place> DualCscPe::read_column(std::int64_t tap) {
  CscReader& reader = context_.memories.reader(number_);
  const std::int64_t entries_before = reader.reads().entries;
  std::vector<Place> places;
  std::size_t end = 0;  // of the last weight
  for (reader.begin_column(tap); reader.in_column();) {
    const CscCycle cycle = reader.step();
    if (cycle.row || context_.array().filler_cycles > 0) places.push_back({cycle.row, cycle.code});
    if (cycle.row) end = places.size();
  }
  places.resize(end);
  words_.weight_words_read += (reader.reads().entries - entries_before) / kWeightsPerWord;
  return places;
}

void DualCscPe::work() {
  const Slot& slot = slots_.front();
  for (std::size_t mac = 0; mac < counts_.size(); ++mac) {
    DualCscMacCounts& counts = counts_[mac];
    if (slot.empty()) {
      ++counts.stall(DualCscStall::empty_column);
    } else if (mac >= slot.size()) {
      ++counts.stall(DualCscStall::pairing);
    } else if (!slot[mac].row) {
      ++counts.gated;
    } else {
      Word& psum = psums_[static_cast<std::size_t>(*slot[mac].row)];
      psum = context_.mac->step(activation_, context_.faults->filter_path.pass(slot[mac].weight), psum);
      ++counts.performed;
    }
  }
  slots_.pop_front();
}

void DualCscPe::count(DualCscStall cause) {
  for (DualCscMacCounts& counts : counts_) ++counts.stall(cause);
}

std::string DualCscPe::state() const {
  std::ostringstream out;
  out << name() << ": windows done " << windows_done_ << ", held " << windows_.size() << ", next tap " << tap_
      << ", edges left of it " << slots_.size();
  return out.str();
}

}  // namespace lacuna
