// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/event/model.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/csc_broadcast/mapping.hpp"
#include "hw/base/zero_mask.hpp"

namespace lacuna {

namespace {

std::int64_t sum_of(const std::vector<std::int32_t>& values, std::size_t count) {
  return std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count), std::int64_t{0});
}

}  // namespace

CscBroadcastEvent::CscBroadcastEvent(const sc_core::sc_module_name& name, const CscBroadcastSchedule& schedule,
                                     const ArraySetup& setup)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      parameters_(perturbed(CscTimingParameters(schedule.array), setup)),
      filters_owner_(setup.operands->filters_in_place() ? setup.filters_owner : std::weak_ptr<const void>()),
      record_passes_(setup.record_passes),
      pes_(static_cast<std::size_t>(schedule.array.pe_count)) {}

void CscBroadcastEvent::run_pass(std::int64_t allowed) {
  const CscPass& running = schedule_.pass_at(pass());
  operands().expect(schedule_.ifmap_tile(running), running.filter_tile);
  if (schedule_.brings_filters(pass())) take_filters(running.filter_tile);
  const CscPassCounts counts = serve(running);

  PassRecord& own = begin_pass(allowed);
  const std::int64_t last_busy = own.start + counts.busy - 1;
  own.filters_sent = last_busy + parameters_.read_cycles;
  end_pass(last_busy + parameters_.latency());

  count_pes(counts, own.link_wait());
  count_words(running, counts);
  const FeatureTile& ofmap = schedule_.ofmap_tile(running);
  psums().add({running.ofmap_tile, 0, ofmap.channels, running.input, running.inputs, running.image, 1});
}

void CscBroadcastEvent::take_filters(std::int64_t tile) {
  const CscFilterTile& box = schedule_.filter_tile(tile);
  columns_ = known_columns(schedule_.format, box, operands().filters(), inputs_of(schedule_.shape()), filters_owner_);
  buffers_.assign(static_cast<std::size_t>(columns_->lanes()), -1);
  words_.pointer_writes += schedule_.array.pe_count * (box.inputs + 1);
  words_.row_writes += columns_->entry_rows();
}

const CscBroadcastEvent::NonZeros& CscBroadcastEvent::non_zeros(const CscPass& pass) {
  const FeatureTile& tile = schedule_.ifmap_tile(pass);
  if (ifmap_tile_ != pass.ifmap_tile) {
    ifmap_tile_ = pass.ifmap_tile;
    non_zeros_.assign(static_cast<std::size_t>(tile.images), {});
  }
  NonZeros& places = non_zeros_[static_cast<std::size_t>(pass.image)];
  if (!places.empty()) return places;
  const PhasePlanes& planes = operands().ifmap(tile.image + pass.image);
  if (schedule_.shape().U == 1) {  // then words lie one behind the other
    const auto words = static_cast<std::size_t>(tile.words_per_image());
    places.reserve(words);
    for_each_non_zero({planes.at(tile.channel, 0, 0), words},
                      [&places](std::size_t place) { places.push_back(static_cast<std::int32_t>(place)); });
    return places;
  }
  std::int32_t place = 0;
  for (std::int64_t line = 0; line < tile.channels * tile.rows; ++line) {
    for (std::int64_t x = 0; x < tile.columns; ++x, ++place) {
      if (*planes.at(tile.channel + line / tile.rows, line % tile.rows, x) != 0) places.push_back(place);
    }
  }
  return places;
}

CscPassCounts CscBroadcastEvent::serve(const CscPass& pass) {
  const NonZeros& all = non_zeros(pass);
  const auto first = std::lower_bound(all.begin(), all.end(), pass.input);
  const auto last = std::lower_bound(first, all.end(), pass.input + pass.inputs);
  std::vector<std::int32_t> places(first, last);  // in the batch, then in the filter tile
  for (std::int32_t& place : places) place -= static_cast<std::int32_t>(pass.input);
  const std::vector<std::int32_t> gaps = broadcast_gaps(parameters_, places);
  const std::int64_t before = pass.input - schedule_.filter_tile(pass.filter_tile).input;
  for (std::int32_t& place : places) place += static_cast<std::int32_t>(before);
  words_.broadcasts += static_cast<std::int64_t>(places.size());
  return serve_batch(parameters_, *columns_, places, gaps, buffers_);
}

void CscBroadcastEvent::count_pes(const CscPassCounts& counts, std::int64_t link) {
  PassActivity span;
  span.stalls.assign(kCscStalls, 0);
  const auto stall = [&span](CscPeCounts& pe, CscStall cause, std::int64_t edges) {
    pe.stall(cause) += edges;
    span.stalls[static_cast<std::size_t>(cause)] += edges;
  };
  for (std::size_t k = 0; k < pes_.size(); ++k) {
    CscPeCounts& pe = pes_[k];
    pe.performed += counts.entries[k] - counts.fillers[k];
    pe.fillers += counts.fillers[k];
    stall(pe, CscStall::empty_column, counts.empties[k]);
    // From the last broadcast to its last edge of service a PE never waits.
    stall(pe, CscStall::queue_empty, counts.end[k] + 1 - counts.entries[k] - counts.empties[k]);
    stall(pe, CscStall::barrier, counts.busy + parameters_.latency() - 1 - counts.end[k]);
    stall(pe, CscStall::link, link);
  }
  if (!record_passes_) return;
  span.first = record().start_without_link;
  span.edges = record().end + 1 - span.first;
  passes_.push_back(std::move(span));
}

void CscBroadcastEvent::count_words(const CscPass& pass, const CscPassCounts& counts) {
  const std::int64_t psums = schedule_.ofmap_tile(pass).channels;
  words_.row_reads += sum_of(counts.row_reads, pes_.size());
  words_.bypasses += sum_of(counts.bypasses, pes_.size());
  words_.inputs += pass.inputs;
  buffer().ifmap.count(pass.inputs, 0);
  if (pass.takes_psums) {
    words_.psums_taken += psums;
    pass.first_inputs ? buffer().count_zero_psums(psums) : buffer().psum.count(psums, 0);
  }
  if (pass.gives_psums) {
    words_.psums_given += psums;
    buffer().psum.count(0, psums);
  }
}

ArrayActivity CscBroadcastEvent::activity() const {
  CscWords words = words_;
  words.pointer_reads = 2 * words.broadcasts * schedule_.array.pe_count;
  ArrayActivity activity = csc_broadcast_activity(pes_, words, schedule_.shape().macs(), mac_events());
  activity.passes = passes_;
  return activity;
}

}  // namespace lacuna
