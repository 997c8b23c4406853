// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/layer_frame.hpp"

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/laws.hpp"
#include "hw/chip/ofmap.hpp"
#include "hw/noc/simulation_context.hpp"

namespace lacuna {

namespace {

/// MACs behind a decoder that looks codes up need no table.
std::unique_ptr<Mac> set_up(const ChipConfig& chip, MacSetup setup, const MacDatapath& arithmetic) {
  if (chip.weight_memory.looks_up() && &arithmetic == &datapath_of(chip)) setup.codebook.clear();
  return arithmetic.set_up(setup);
}

/// Those of a tile store.
std::function<bool(Word)> kept_weights(const LayerSchedule& schedule, const Mac& mac) {
  if (!schedule.stores_non_zeros) return {};
  return [&mac](Word weight) { return !mac.is_zero(weight); };
}

}  // namespace

LayerFrame::LayerFrame(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks,
                       std::function<void()> passes_may_start, const MacDatapath& arithmetic,
                       const WordsInPlace& in_place)
    : job_(job),
      hooks_(hooks),
      weight_memory_(chip.weight_memory),
      stores_filters_(stores_filters(chip)),
      link_bits_(chip.dram_link.bits),
      image_(chip, job, in_place),
      first_ofmap_word_(image_.dram().size()),
      mac_rate_(datapath_of(chip).rate(job.mac.widths)),
      mac_events_(mac_events(chip, job.mac.widths)),
      mac_(set_up(chip, job.mac, arithmetic)),
      buffer_("global_buffer", hooks.faults, job.schedule->ifmap_words, job.schedule->psum_words,
              job.schedule->filter_words),
      tile_store_(kept_weights(*job.schedule, *mac_)),
      post_("post_processing", job.post, job.biases),
      controller_("pass_controller", *job.schedule, image_, std::move(passes_may_start)) {
  controller_.passes_allowed(passes_allowed_);
  if (hooks.record) controller_.record_transfers(&transfers_);
  controller_.report = [this](std::int64_t passes) {
    if (hooks_.progress) hooks_.progress(passes, job_.schedule->passes);
  };
}

ArraySetup LayerFrame::array_setup() {
  ArraySetup setup;
  setup.arithmetic = job_.mac.arithmetic;
  setup.mac = mac_.get();
  setup.mac_rate = mac_rate_;
  setup.mac_events = mac_events_;
  setup.filler_is_zero = weight_memory_.looks_up() || mac_->is_zero(0);
  setup.buffer = &buffer_;
  setup.weights = &weights_;
  setup.link_bits = link_bits_;
  if (weight_memory_.holds_streams()) setup.decoding = &weight_memory_.decoder;
  setup.faults = &hooks_.faults;
  setup.perturb = hooks_.perturb;
  setup.record_passes = hooks_.record;
  setup.filters_owner = job_.filters_owner;
  setup.progress = [this] { controller_.on_progress(); };
  return setup;
}

void LayerFrame::connect(TransferLink& link, CodecPort& codec, const ArrayModel& array) {
  codec_ = &codec;
  link_ = &link;
  controller_.connect(link, codec, array.records());
}

void LayerFrame::fail_deadlocked(std::int64_t cycle, const ArrayModel& array) const {
  fail_run("layer " + job_.name + ": the machine is deadlocked in cycle " + std::to_string(cycle) +
           "; the state of every unit:\n" + controller_.state() + "\n" + link_->state() + "\n" + codec_->state() +
           "\n" + buffer_.state() + "\n" + weights_.state() + "\n" +
           (stores_filters_ ? tile_store_.state() + "\n" : "") + array.state());
}

void LayerFrame::collect_counts(LayerRun& run) const {
  run.counts = run.activity.counts;
  run.counts["global_buffer.ifmap_read"] = buffer_.ifmap.counts().reads;
  run.counts["global_buffer.ifmap_write"] = buffer_.ifmap.counts().writes;
  run.counts["global_buffer.psum_read"] =
      buffer_.psum.counts().reads - buffer_.psums_drained() + buffer_.zero_psums_read();
  run.counts["global_buffer.psum_write"] = buffer_.psum.counts().writes;
  run.counts["global_buffer.psum_drain"] = buffer_.psums_drained();
  run.counts["global_buffer.filter_read"] = buffer_.filter.counts().reads;
  run.counts["global_buffer.filter_write"] = buffer_.filter.counts().writes;
  run.counts["codec.decode_value"] = codec_->values_decoded();
  run.counts["codec.encode_value"] = codec_->values_encoded();
  run.counts["post.op"] = post_.operations();
  run.counts["dram.read_bit"] = image_.dram().words_read() * link_bits_;
  run.counts["dram.write_bit"] = image_.dram().words_written() * link_bits_;
  collect_weight_counts(run);
}

void LayerFrame::collect_weight_counts(LayerRun& run) const {
  if (!image_.filters_stay_encoded()) return;
  const WeightMemoryCounts& counts = weights_.counts();
  run.counts["weight_memory.write"] = counts.row_writes;
  if (!weight_memory_.holds_streams()) return;  // the array reads it, and counts that
  run.counts["weight_memory.read"] = counts.row_reads;
  run.counts["weight_decoder.decode_value"] = counts.values;
  run.counts["weight_fifo.push"] = counts.values;
  if (weight_memory_.looks_up()) run.counts["codebook.read"] = counts.codes;
  if (stores_filters_) run.counts["tile_store.write"] = tile_store_.writes();
}

void LayerFrame::collect_streams(LayerRun& run) const {
  for (const Transfer& transfer : job_.schedule->transfers) {
    if (transfer.kind == TransferKind::fill_filter) run.filter_read_bits += image_.filter(transfer.tile).words;
    if (transfer.kind != TransferKind::fill_ifmap) continue;
    for (const StreamRange& stream : image_.ifmap(transfer.tile)) run.stream_read_bits += stream.words;
  }
  for (const StreamRange& stream : codec_->ofmap_ranges()) run.stream_write_bits += stream.words;
  run.filter_read_bits *= link_bits_;
  run.stream_read_bits = run.stream_read_bits * link_bits_ + run.filter_read_bits;
  run.stream_write_bits *= link_bits_;
}

LayerRun LayerFrame::result(const ArrayModel& array) const {
  LayerRun run;
  run.activity = array.activity();
  run.passes = array.records();
  run.transfers = transfers_;
  run.active_pes = job_.schedule->active_pes;
  run.mac_rate = mac_rate_;
  run.total_cycles = controller_.last_edge();
  run.array_cycles = run.passes.back().end + 1;
  run.processing_cycles = run.array_cycles;
  for (const PassRecord& pass : run.passes) run.processing_cycles -= pass.link_wait();
  collect_counts(run);
  for (std::size_t cause = 0; cause < run.activity.stall_causes.size(); ++cause) {
    std::int64_t& cycles = run.stall_cycles[run.activity.stall_causes[cause]];
    for (const PeActivity& pe : run.activity.pes) cycles += pe.stalls[cause];
  }
  for (const PeActivity& pe : run.activity.pes) {
    run.macs_performed += pe.performed - pe.filler_performed;
    run.macs_gated += pe.gated - pe.filler_gated;
    run.filler += pe.filler_performed + pe.filler_gated;
  }
  run.macs_skipped += run.activity.macs_skipped;
  run.dram_read_bits = run.counts.at("dram.read_bit");
  run.dram_write_bits = run.counts.at("dram.write_bit");
  collect_streams(run);
  run.weight_stored_bits = image_.filter_bits();
  run.global_buffer_ifmap_words = run.counts.at("global_buffer.ifmap_read");
  run.global_buffer_read_words = run.global_buffer_ifmap_words + run.counts.at("global_buffer.psum_read");
  run.global_buffer_write_words = run.counts.at("global_buffer.psum_write");
  run.ofmap = image_.in_place().feature_maps ? known_ofmap(job_)
                                             : decode_ofmap(job_, image_.formats().ofmap, image_.dram().contents(),
                                                            first_ofmap_word_, codec_->ofmap_ranges());
  return run;
}

LayerRun run_in_kernel(const ChipConfig& chip, const LayerJob& job, const std::function<LayerRun()>& simulate) {
  SimulationContext simulation;
  LayerRun run;
  try {
    run = simulate();
  } catch (const sc_core::sc_report& report) {
    // An Error thrown in a process comes out of the kernel as a report; what happens outside of one has no process.
    const char* const process = report.get_process_name();
    fail_run("layer " + job.name + ": " + report.get_msg() +
             (process == nullptr ? "" : std::string(" (") + process + ")"));
  }
  if (!simulation.warnings().empty()) {
    fail_run("layer " + job.name + ": SystemC warns: " + simulation.warnings().front());
  }
  check_laws(chip, job, run);
  return run;
}

}  // namespace lacuna
