// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/laws.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/dram_image.hpp"

namespace lacuna {

namespace {

class Laws {
 public:
  explicit Laws(const LayerJob& job) : job_(job) {}

  void equal(const std::string& left_name, std::int64_t left, const std::string& right_name, std::int64_t right) const {
    if (left == right) return;
    fail_run("layer " + job_.name + ": law broken: " + left_name + " = " + std::to_string(left) + ", but " +
             right_name + " = " + std::to_string(right));
  }
  void at_most(const std::string& name, std::int64_t value, const std::string& bound_name, std::int64_t bound) const {
    if (value <= bound) return;
    fail_run("layer " + job_.name + ": law broken: " + name + " = " + std::to_string(value) + " exceeds " + bound_name +
             " = " + std::to_string(bound));
  }
  void not_negative(const std::string& name, std::int64_t value) const {
    if (value >= 0) return;
    fail_run("layer " + job_.name + ": law broken: " + name + " = " + std::to_string(value) + " is below 0");
  }

 private:
  const LayerJob& job_;
};

void check_macs(const Laws& laws, const LayerJob& job, const LayerRun& run) {
  laws.equal("macs_performed + macs_gated + macs_skipped", run.macs_performed + run.macs_gated + run.macs_skipped,
             "algebraic MACs", job.shape.macs());
  std::int64_t issued = 0;
  for (const PeActivity& pe : run.activity.pes) issued += pe.performed + pe.gated;
  laws.equal("PE performed + gated", issued, "macs_performed + macs_gated + filler",
             run.macs_performed + run.macs_gated + run.filler);
}

/// Whether a PE is busy, stalled or idle in every cycle of the array, and none of it for less than no time.
bool spends_all(const PeActivity& pe, std::int64_t cycles) {
  std::int64_t edges = pe.busy + pe.idle;
  bool negative = pe.idle < 0;
  for (const std::int64_t stall : pe.stalls) {
    edges += stall;
    negative = negative || stall < 0;
  }
  return !negative && edges == cycles;
}

void check_cycles(const Laws& laws, const LayerRun& run) {
  for (const PeActivity& pe : run.activity.pes) {
    if (spends_all(pe, run.array_cycles)) continue;  // names are for messages: there may be 100,000 PEs
    const std::string name = "PE (" + std::to_string(pe.row) + ", " + std::to_string(pe.column) + ")";
    std::int64_t edges = pe.busy + pe.idle;
    laws.not_negative(name + " idle", pe.idle);
    for (std::size_t cause = 0; cause < pe.stalls.size(); ++cause) {
      laws.not_negative(name + " stalled by " + run.activity.stall_causes[cause], pe.stalls[cause]);
      edges += pe.stalls[cause];
    }
    laws.equal(name + " busy + stalled + idle", edges, "cycles of the array", run.array_cycles);
  }
  laws.at_most("performed MACs x cycles of an issue", run.macs_performed * run.mac_rate.cycles,
               "active PEs x processing cycles x MACs of an issue",
               run.active_pes * run.processing_cycles * run.mac_rate.macs);
  laws.at_most("processing cycles", run.processing_cycles, "total cycles", run.total_cycles);
}

/// What was recorded pass by pass and transfer by transfer adds up to what was counted.
void check_records(const Laws& laws, const ChipConfig& chip, const LayerJob& job, const LayerRun& run) {
  const ArrayActivity& activity = run.activity;
  if (activity.passes.empty()) return;
  std::int64_t edge = 0;
  std::int64_t idle = 0;
  std::vector<std::int64_t> stalls(activity.stall_causes.size(), 0);
  for (const PassActivity& pass : activity.passes) {
    laws.equal("first edge of a pass's span", pass.first, "end of the one before", edge);
    edge += pass.edges;
    idle += pass.idle;
    for (std::size_t cause = 0; cause < stalls.size(); ++cause) {
      stalls[cause] += pass.stalls[cause];
      laws.not_negative("stalls of a pass by " + activity.stall_causes[cause], pass.stalls[cause]);
    }
    laws.not_negative("idle PE edges of a pass", pass.idle);
  }
  laws.equal("spans of all passes", edge, "cycles of the array", run.array_cycles);
  std::int64_t idle_pes = 0;
  for (const PeActivity& pe : activity.pes) idle_pes += pe.idle;
  laws.equal("idle PE edges of all passes", idle, "those of all PEs", idle_pes);
  for (std::size_t cause = 0; cause < stalls.size(); ++cause) {
    const std::string& name = activity.stall_causes[cause];
    laws.equal("stalls of all passes by " + name, stalls[cause], "those of all PEs", run.stall_cycles.at(name));
  }
  std::int64_t words = 0;
  for (const TransferRecord& transfer : run.transfers) words += transfer.words;
  laws.equal("bits of all transfers", words * chip.dram_link.bits, "bits read from and written to DRAM",
             run.dram_read_bits + run.dram_write_bits);
  laws.equal("transfers recorded", static_cast<std::int64_t>(run.transfers.size()), "those of the schedule",
             static_cast<std::int64_t>(job.schedule->transfers.size()));
  laws.equal("end of the last transfer", run.transfers.back().end, "total cycles", run.total_cycles);
}

/// Filters that stay encoded: rows of streams, and the weights out of them.
void check_weights(const Laws& laws, const ChipConfig& chip, const LayerJob& job, const LayerRun& run) {
  if (!filters_stay_encoded(chip, *job.schedule)) return;
  laws.equal("bits written to the weight memory", run.counts.at("weight_memory.write") * chip.dram_link.bits,
             "bits of all filter streams fetched", run.filter_read_bits);
  if (!chip.weight_memory.holds_streams()) return;
  laws.equal("weights given to the array", run.counts.at("weight_decoder.decode_value"), "those of the schedule",
             job.schedule->filter_reads);
  if (stores_filters(chip)) {
    const std::int64_t written = run.counts.at("tile_store.write");
    const std::int64_t given = run.counts.at("weight_decoder.decode_value");
    laws.at_most("weights written to the tile store", written, "weights given to the array", given);
    if (!job.schedule->stores_non_zeros) {
      laws.equal("weights written to the tile store", written, "weights given to the array", given);
    }
  }
  laws.at_most("bits of filter streams fetched", run.filter_read_bits, "bits read from the weight memory",
               run.counts.at("weight_memory.read") * chip.dram_link.bits);
}

void check_traffic(const Laws& laws, const ChipConfig& chip, const LayerJob& job, const LayerRun& run) {
  std::int64_t fill_words = 0;
  const bool encoded = filters_stay_encoded(chip, *job.schedule);
  const std::int64_t filter_words = encoded ? 0 : job.schedule->fetched_filter_words();
  std::int64_t drain_words = 0;
  for (const Transfer& transfer : job.schedule->transfers) {
    const auto tile = static_cast<std::size_t>(transfer.tile);
    if (transfer.kind == TransferKind::fill_ifmap) fill_words += job.schedule->ifmap_tiles[tile].words();
    if (transfer.kind == TransferKind::drain_ofmap) drain_words += job.schedule->ofmap_tiles[tile].words();
  }
  const auto count = [&run](const char* name) { return run.counts.at(name); };
  laws.equal("values decoded", count("codec.decode_value"), "values encoded of all transfers",
             fill_words + filter_words);
  laws.equal("bits read from DRAM", run.dram_read_bits, "bits of all streams fetched", run.stream_read_bits);
  laws.equal("bits written to DRAM", run.dram_write_bits, "bits of all ofmap streams", run.stream_write_bits);
  laws.equal("ifmap words written to the global buffer", count("global_buffer.ifmap_write"), "those of all tiles",
             fill_words);
  laws.equal("filter words written to the global buffer", count("global_buffer.filter_write"), "those of all transfers",
             filter_words);
  laws.equal("filter words read from the global buffer", count("global_buffer.filter_read"), "those of the schedule",
             encoded ? 0 : job.schedule->filter_reads);
  laws.equal("psums read by the array", count("global_buffer.psum_read"), "psums written by the array",
             count("global_buffer.psum_write"));
  laws.equal("psums drained", count("global_buffer.psum_drain"), "words of all ofmap tiles", drain_words);
  laws.equal("values encoded", count("codec.encode_value"), "psums drained", drain_words);
  laws.equal("words of all ofmap tiles", drain_words, "ofmap words", job.shape.N * job.shape.ofmap_words());
}

}  // namespace

void check_laws(const ChipConfig& chip, const LayerJob& job, const LayerRun& run) {
  const Laws laws(job);
  check_macs(laws, job, run);
  check_cycles(laws, run);
  check_traffic(laws, chip, job, run);
  check_weights(laws, chip, job, run);
  check_records(laws, chip, job, run);
  std::vector<std::string> events = events_of(chip);
  std::sort(events.begin(), events.end());
  for (const auto& count : run.counts) {
    const auto found = std::equal_range(events.begin(), events.end(), count.first);
    if (found.second - found.first == 1) continue;  // names are for messages
    laws.equal("event " + count.first + " among those of the chip", found.second - found.first, "one", 1);
  }
  laws.at_most("active PEs", run.active_pes, "PEs", chip.array.config().pes());
}

}  // namespace lacuna
