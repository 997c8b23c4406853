// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/event/model.hpp"

#include <algorithm>

#include "hw/array/tiled_event.hpp"

namespace lacuna {

DualCscEvent::DualCscEvent(const sc_core::sc_module_name& name, const DualCscSchedule& schedule,
                           const ArraySetup& setup)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      parameters_(perturbed(DualCscTimingParameters(schedule.array), setup)),
      record_passes_(setup.record_passes),
      windows_(schedule, *setup.operands),
      macs_(static_cast<std::size_t>(schedule.array.macs * schedule.array.pes)) {}

void DualCscEvent::run_pass(std::int64_t allowed) {
  const TiledPass& running = schedule_.at(pass());
  operands().expect(schedule_.ifmap_tile(running), running.filter_tile);
  load_edges_ = 0;
  if (schedule_.brings_filters(pass())) take_filters(schedule_.filter_tile(running.filter_tile));
  const std::int64_t busy = schedule_.array.busy_pes(running.filters);
  const std::int64_t most_rows = schedule_.array.rows(running.filters, 0);
  const DualCscWindows& windows = windows_.of(running);
  const DualCscEdges edges =
      DualCscWalk(parameters_, columns_, busy, schedule_.array.pes, running.taps).through(windows, most_rows);

  PassRecord& own = begin_pass(allowed);
  own.filters_sent = own.start + std::max<std::int64_t>(load_edges_, 1) - 1;
  end_pass(own.start + load_edges_ + edges.last + ceil_div(most_rows, parameters_.psums_per_edge));

  PassActivity span;
  span.first = own.start_without_link;
  span.edges = own.end + 1 - span.first;
  span.stalls.assign(kDualCscStalls, 0);
  for (std::int64_t pe = 0; pe < busy; ++pe) {
    count_pe(pe, work_of(running, windows, pe), load_edges_ + edges.end[static_cast<std::size_t>(pe)] + 1, span);
  }
  for (std::int64_t pe = busy; pe < schedule_.array.pes; ++pe) count_idle(pe, span);
  if (record_passes_) passes_.push_back(std::move(span));
  count_words(running, windows);
  psums().add(products_of(running));
}

void DualCscEvent::take_filters(const DualCscTile& tile) {
  columns_ =
      count_columns(schedule_.array, schedule_.format.run_bits, tile, operands().filters(), schedule_.all_taps());
  const std::int64_t busy = schedule_.array.busy_pes(tile.filters);
  load_edges_ = busy * ceil_div(tile.taps + 1, parameters_.addresses_per_edge);
  for (std::int64_t pe = 0; pe < busy; ++pe) {
    std::int64_t words = 0;
    for (std::int64_t tap = 0; tap < tile.taps; ++tap) words += column(tap, pe).words();
    load_edges_ += ceil_div(words, parameters_.words_per_edge);
    words_.weight_words_taken += words;
  }
  words_.weight_addresses_taken += busy * (tile.taps + 1);
}

DualCscEvent::Work DualCscEvent::work_of(const TiledPass& pass, const DualCscWindows& windows, std::int64_t pe) const {
  Work work;
  const bool two = schedule_.array.macs == 2;
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
    const std::int64_t live = windows.live_of_tap[static_cast<std::size_t>(tap)];
    const DualCscColumn& of = column(tap, pe);
    work.empty += (pass.pixels - live) * parameters_.empty_column_edges;
    if (of.weights == 0) {
      work.empty += live * parameters_.empty_column_edges;
      continue;
    }
    work.slots += live * parameters_.column_edges(of);
    const std::int64_t places = parameters_.fillers_take_places ? of.entries : of.weights;
    const std::int64_t second = !two ? 0 : parameters_.fillers_take_places ? of.second : of.weights / 2;
    const std::int64_t second_places = two ? places / 2 : 0;
    work.performed[0] += live * (of.weights - second);
    work.performed[1] += live * second;
    work.fillers[0] += live * (places - second_places - of.weights + second);
    work.fillers[1] += live * (second_places - second);
  }
  return work;
}

void DualCscEvent::count_pe(std::int64_t pe, const Work& work, std::int64_t done, PassActivity& span) {
  const PassRecord& own = record();
  for (std::int64_t mac = 0; mac < schedule_.array.macs; ++mac) {
    DualCscMacCounts& counts = macs_[static_cast<std::size_t>(mac * schedule_.array.pes + pe)];
    const auto stall = [&](DualCscStall cause, std::int64_t edges) {
      counts.stall(cause) += edges;
      span.stalls[static_cast<std::size_t>(cause)] += edges;
    };
    counts.performed += work.performed[mac];
    counts.gated += work.fillers[mac];
    stall(DualCscStall::pairing, work.slots - work.performed[mac] - work.fillers[mac]);
    stall(DualCscStall::empty_column, work.empty);
    stall(DualCscStall::window, done - load_edges_ - work.slots - work.empty);
    stall(DualCscStall::weights, load_edges_);
    stall(DualCscStall::barrier, own.end + 1 - own.start - done);
    stall(DualCscStall::link, own.link_wait());
  }
}

void DualCscEvent::count_idle(std::int64_t pe, PassActivity& span) {
  for (std::int64_t mac = 0; mac < schedule_.array.macs; ++mac) {
    macs_[static_cast<std::size_t>(mac * schedule_.array.pes + pe)].idle += span.edges;
    span.idle += span.edges;
  }
}

void DualCscEvent::count_words(const TiledPass& pass, const DualCscWindows& windows) {
  const std::int64_t busy = schedule_.array.busy_pes(pass.filters);
  const std::int64_t iacts = windows.iacts();
  const std::int64_t addresses = pass.pixels * busy * schedule_.array.iact_addresses(pass.taps);
  const std::int64_t psums = pass.filters * pass.pixels;
  words_.iacts_sent += iacts;
  words_.iacts_taken += iacts * busy;
  words_.iacts_read += iacts * busy;
  words_.iact_addresses_taken += addresses;
  words_.iact_addresses_read += addresses;
  words_.weight_addresses_read += 2 * iacts * busy;
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
    for (std::int64_t pe = 0; pe < busy; ++pe) {
      words_.weight_words_read += windows.live_of_tap[static_cast<std::size_t>(tap)] * column(tap, pe).words();
    }
  }
  words_.psums_taken += psums;
  words_.psums_given += psums;
  count_psums(psums, pass.first_taps);
}

ArrayActivity DualCscEvent::activity() const {
  ArrayActivity activity = dual_csc_activity(schedule_.array, macs_, words_, schedule_.shape().macs(), mac_events());
  activity.passes = passes_;
  return activity;
}

}  // namespace lacuna
