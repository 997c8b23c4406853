// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <memory>
#include <optional>

#include "hw/array/clocked_array.hpp"
#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/laws.hpp"
#include "hw/chip/ofmap.hpp"
#include "hw/chip/pass_controller.hpp"
#include "hw/noc/simulation_context.hpp"

namespace lacuna {

namespace {

/// Sees when nothing moves any more although the core clock runs.
class Watchdog {
 public:
  /// To be asked once per clock cycle.
  bool bites(const ClockedArray& array) {
    constexpr std::int64_t kPatience = 1 << 14;  // cycles; the longest honest pause is a FIFO depth times a combine
    if (++cycles_ % kPatience != 0) return false;
    const std::int64_t progress = array.progress();
    const bool stuck = progress == seen_;
    seen_ = progress;
    return stuck;
  }

 private:
  std::int64_t cycles_ = 0;
  std::int64_t seen_ = -1;
};

/// The accelerator of one layer, as SystemC modules: DRAM link, codec port, post-processing, global buffer, array, pass
/// controller and core clock.
class ClockedChip {
 public:
  ClockedChip(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks);

  void run();
  LayerRun result() const;

 private:
  std::unique_ptr<ClockedArray> build_array(const ChipConfig& chip, Faults& faults);
  void wire();
  bool may_sleep();
  std::string state() const { return controller_.state() + "\n" + array_->state(); }
  void run_with_wave();
  void collect_counts(LayerRun& run) const;
  void collect_streams(LayerRun& run) const;

  const LayerJob& job_;
  RunHooks& hooks_;
  LayerFormats formats_;
  mutable DramImage image_;
  std::int64_t first_ofmap_word_ = 0;
  Watchdog watchdog_;
  bool stuck_ = false;
  const std::int64_t link_bits_;
  const MacDatapath& datapath_;
  std::unique_ptr<Mac> mac_;

  sc_core::sc_signal<bool> clk_{"clk"};
  sc_core::sc_signal<std::uint32_t> passes_allowed_{"passes_allowed"};
  sc_core::sc_signal<std::uint64_t> link_data_{"link_data"};
  sc_core::sc_signal<bool> link_busy_{"link_busy"};
  CoreClock clock_;
  GlobalBuffer buffer_;
  PostProcessing post_;
  CodecPort codec_;
  PassController controller_;
  DramLink link_;
  std::unique_ptr<ClockedArray> array_;
};

ClockedChip::ClockedChip(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks)
    : job_(job),
      hooks_(hooks),
      formats_(formats_of(chip, job.widths)),
      image_(job, formats_),
      first_ofmap_word_(image_.dram().size()),
      link_bits_(chip.dram_link.bits),
      datapath_(datapath_of(chip)),
      mac_(datapath_.set_up(job.mac)),
      clock_("core_clock", chip.core_clock_khz, [this] { return may_sleep(); }),
      buffer_("global_buffer", hooks.faults, job.schedule->ifmap_words, job.schedule->psum_words,
              job.schedule->filter_words),
      post_("post_processing", job.post, job.biases),
      codec_("codec_port", job, formats_, buffer_, post_),
      controller_("pass_controller", *job.schedule, image_, codec_, clock_),
      link_("dram_link", image_.dram(), {chip.core_clock_khz, chip.dram_link.clock_khz}, clock_,
            [this](std::int64_t edge) { controller_.on_transfer_done(edge); }),
      array_(build_array(chip, hooks.faults)) {
  wire();
}

std::unique_ptr<ClockedArray> ClockedChip::build_array(const ChipConfig& chip, Faults& faults) {
  ClockedArraySetup setup;
  setup.arithmetic = job_.mac.arithmetic;
  setup.mac = mac_.get();
  setup.datapath = &datapath_;
  setup.buffer = &buffer_;
  setup.clock = &clock_;
  setup.faults = &faults;
  setup.progress = [this] { controller_.on_progress(); };
  return chip.array.array().build_clocked(*job_.schedule, setup);
}

void ClockedChip::wire() {
  clock_.clk(clk_);
  controller_.passes_allowed(passes_allowed_);
  controller_.connect(link_, *array_);
  controller_.report = [this](std::int64_t passes) {
    if (hooks_.progress) hooks_.progress(passes, job_.schedule->passes);
  };
  link_.set_fault(hooks_.faults.dram_word);
  link_.client(codec_);
  link_.data(link_data_);
  link_.busy(link_busy_);
  array_->clock_port()(clk_);
  array_->passes_allowed_port()(passes_allowed_);
}

bool ClockedChip::may_sleep() {
  if (watchdog_.bites(*array_)) {
    stuck_ = true;
    sc_core::sc_stop();
  }
  return array_->quiet();
}

void ClockedChip::run_with_wave() {
  const WaveRequest& wave = hooks_.wave;
  // The kernel finds out late, and then can neither go on nor close the file.
  if (!std::ofstream(wave.file + ".vcd")) fail_run("layer " + job_.name + ": cannot write " + wave.file + ".vcd");
  const sc_core::sc_time begin = clock_.time_before(wave.first_cycle);
  const sc_core::sc_time length = clock_.time_before(wave.last_cycle + 1) - begin;
  if (begin > sc_core::SC_ZERO_TIME) sc_core::sc_start(begin);
  if (stuck_) return;  // before the window: there is nothing to show, and a stopped kernel cannot go on
  sc_core::sc_trace_file* file = sc_core::sc_create_vcd_trace_file(wave.file.c_str());
  file->set_time_unit(1, sc_core::SC_PS);
  sc_core::sc_trace(file, clk_, "clk");
  sc_core::sc_trace(file, passes_allowed_, "passes_allowed");
  sc_core::sc_trace(file, link_data_, "link_data");
  sc_core::sc_trace(file, link_busy_, "link_busy");
  array_->trace(file);
  sc_core::sc_start(length);
  sc_core::sc_close_vcd_trace_file(file);
}

void ClockedChip::run() {
  if (!hooks_.wave.file.empty()) run_with_wave();
  if (!stuck_ && !controller_.complete()) sc_core::sc_start();
  if (controller_.complete()) return;
  fail_run("layer " + job_.name + ": the machine is deadlocked in cycle " + std::to_string(clock_.edge()) +
           "; the state of every unit:\n" + state());
}

void ClockedChip::collect_counts(LayerRun& run) const {
  run.counts = run.activity.counts;
  run.counts["global_buffer.ifmap_read"] = buffer_.ifmap.counts().reads;
  run.counts["global_buffer.ifmap_write"] = buffer_.ifmap.counts().writes;
  run.counts["global_buffer.psum_read"] =
      buffer_.psum.counts().reads - buffer_.psums_drained() + buffer_.zero_psums_read();
  run.counts["global_buffer.psum_write"] = buffer_.psum.counts().writes;
  run.counts["global_buffer.psum_drain"] = buffer_.psums_drained();
  run.counts["global_buffer.filter_read"] = buffer_.filter.counts().reads;
  run.counts["global_buffer.filter_write"] = buffer_.filter.counts().writes;
  run.counts["codec.decode_value"] = codec_.values_decoded();
  run.counts["codec.encode_value"] = codec_.values_encoded();
  run.counts["post.op"] = post_.operations();
  run.counts["dram.read_bit"] = image_.dram().words_read() * link_bits_;
  run.counts["dram.write_bit"] = image_.dram().words_written() * link_bits_;
}

void ClockedChip::collect_streams(LayerRun& run) const {
  for (const Transfer& transfer : job_.schedule->transfers) {
    if (transfer.kind == TransferKind::fill_filter) run.stream_read_bits += image_.filter(transfer.tile).words;
    if (transfer.kind != TransferKind::fill_ifmap) continue;
    for (const StreamRange& stream : image_.ifmap(transfer.tile)) run.stream_read_bits += stream.words;
  }
  for (const StreamRange& stream : codec_.ofmap_ranges()) run.stream_write_bits += stream.words;
  run.stream_read_bits *= link_bits_;
  run.stream_write_bits *= link_bits_;
}

LayerRun ClockedChip::result() const {
  LayerRun run;
  run.activity = array_->activity();
  run.passes = array_->records();
  run.active_pes = job_.schedule->active_pes;
  run.total_cycles = controller_.last_edge();
  run.array_cycles = run.passes.back().end + 1;
  run.processing_cycles = run.array_cycles;
  for (const PassRecord& pass : run.passes) run.processing_cycles -= pass.link_wait();
  collect_counts(run);
  for (std::size_t cause = 0; cause < run.activity.stall_causes.size(); ++cause) {
    for (const PeActivity& pe : run.activity.pes)
      run.stall_cycles[run.activity.stall_causes[cause]] += pe.stalls[cause];
  }
  for (const PeActivity& pe : run.activity.pes) {
    run.macs_performed += pe.performed - pe.filler_performed;
    run.macs_gated += pe.gated - pe.filler_gated;
    run.filler += pe.filler_performed + pe.filler_gated;
  }
  run.dram_read_bits = run.counts.at("dram.read_bit");
  run.dram_write_bits = run.counts.at("dram.write_bit");
  collect_streams(run);
  run.weight_stored_bits = image_.filter_bits();
  run.global_buffer_ifmap_words = run.counts.at("global_buffer.ifmap_read");
  run.global_buffer_read_words = run.global_buffer_ifmap_words + run.counts.at("global_buffer.psum_read");
  run.global_buffer_write_words = run.counts.at("global_buffer.psum_write");
  run.ofmap = decode_ofmap(job_, formats_.ofmap, image_.dram().contents(), first_ofmap_word_, codec_.ofmap_ranges());
  return run;
}

}  // namespace

LayerRun run_clocked(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks) {
  SimulationContext simulation;
  ClockedChip machine(chip, job, hooks);
  try {
    machine.run();
  } catch (const sc_core::sc_report& report) {
    // An Error thrown in a process comes out of the kernel as a report; what happens outside of one has no process.
    const char* const process = report.get_process_name();
    fail_run("layer " + job.name + ": " + report.get_msg() +
             (process == nullptr ? "" : std::string(" (") + process + ")"));
  }
  LayerRun run = machine.result();
  if (!simulation.warnings().empty())
    fail_run("layer " + job.name + ": SystemC warns: " + simulation.warnings().front());
  check_laws(chip, job, run);
  return run;
}

}  // namespace lacuna
