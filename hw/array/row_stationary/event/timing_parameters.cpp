// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/timing_parameters.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMost = 1 << 20;

FieldInfo size(const std::string& name, const std::string& meaning, const std::string& unit) {
  return FieldInfo(name, meaning, unit).range(1, kMost);
}

FieldInfo latency(const std::string& name, const std::string& meaning) {
  return FieldInfo(name, meaning, "edges").range(0, kMost);
}

}  // namespace

void RowStationaryTimingParameters::describe(FieldVisitor& v) {
  v.integer(size("ifmap_spad_words", "ifmap spad of a PE", "words"), units.ifmap_spad_words);
  v.integer(size("psum_spad_words", "psum spad of a PE", "words"), units.psum_spad_words);
  v.integer(size("ifmap_fifo_words", "depth of the ifmap FIFO of a PE", "words"), units.ifmap_fifo_words);
  v.integer(size("psum_fifo_beats", "depth of the psum FIFO of a PE", "beats"), units.psum_fifo_beats);
  v.integer(size("output_fifo_beats", "depth of the output FIFO of a column", "beats"), units.output_fifo_beats);
  v.integer(size("combine_cycles", "time of a combine", "edges"), units.combine_cycles);
  v.integer(size("filter_lanes", "words per beat of the filter bus", "words"), units.filter_lanes);
  v.integer(size("ifmap_lanes", "words per beat of the ifmap bus", "words"), units.ifmap_lanes);
  v.integer(size("psum_lanes", "psums per beat of the psum buses and links", "words"), units.psum_lanes);
  v.integer(size("mac_macs", "filters of an issue", "MACs"), units.mac.macs);
  v.integer(size("mac_cycles", "time of an issue", "edges"), units.mac.cycles);
  v.integer(latency("send_to_take", "of every link"), latencies.send_to_take);
  v.integer(latency("take_to_credit", "of every link"), latencies.take_to_credit);
  v.integer(latency("filter_to_issue", "from the last filter beat of a row to an issue"), latencies.filter_to_issue);
  v.integer(latency("fill_to_issue", "from the fill of an ifmap word to an issue"), latencies.fill_to_issue);
  v.integer(latency("death_to_fill", "from the death of an ifmap word to the fill of its slot"),
            latencies.death_to_fill);
  v.integer(latency("release_to_issue", "from the release of a psum slot to its first issue"),
            latencies.release_to_issue);
  v.integer(latency("issue_to_combine", "from the last edge of the last issue of a psum to its combine"),
            latencies.issue_to_combine);
  v.integer(latency("filters_to_gate", "from the last filter beat to the first ifmap word and psum beat"),
            latencies.filters_to_gate);
  v.integer(latency("end_to_psum_in", "from the end of a pass to the first psum beat of the next"),
            latencies.end_to_psum_in);
  decoding.describe(v);
}

}  // namespace lacuna
