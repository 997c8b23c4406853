// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <memory>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/clocked_codec_port.hpp"
#include "hw/chip/layer_frame.hpp"

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

/// The accelerator of one layer, as clocked SystemC modules.
class ClockedChip {
 public:
  ClockedChip(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks);

  LayerRun run();

 private:
  std::unique_ptr<ClockedArray> build_array(const ChipConfig& chip, const LayerJob& job);
  bool may_sleep();
  void run_with_wave();

  const LayerJob& job_;
  RunHooks& hooks_;
  Watchdog watchdog_;
  bool stuck_ = false;
  sc_core::sc_signal<bool> clk_{"clk"};
  sc_core::sc_signal<std::uint64_t> link_data_{"link_data"};
  sc_core::sc_signal<bool> link_busy_{"link_busy"};
  LayerFrame frame_;
  ClockedCodecPort codec_;
  CoreClock clock_;
  DramLink link_;
  std::unique_ptr<WeightDecoder> decoder_;   ///< where the chip holds streams of filters
  std::unique_ptr<TileWriter> tile_writer_;  ///< where the array then has a tile store
  std::unique_ptr<ClockedArray> array_;
};

ClockedChip::ClockedChip(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks)
    : job_(job),
      hooks_(hooks),
      frame_(
          chip, job, hooks, [this] { clock_.wake(); }, datapath_of(chip)),
      codec_("codec_port", job, frame_.image(), frame_.buffer(), frame_.weights(), frame_.post()),
      clock_("core_clock", chip.core_clock_khz, [this] { return may_sleep(); }),
      link_("dram_link", frame_.image().dram(), {chip.core_clock_khz, chip.dram_link.clock_khz}, clock_,
            [this](std::int64_t edge) { frame_.controller().on_transfer_done(edge); }),
      array_(build_array(chip, job)) {
  frame_.connect(link_, codec_, *array_);
  clock_.clk(clk_);
  link_.set_fault(hooks.faults.dram_word);
  link_.client(codec_);
  link_.data(link_data_);
  link_.busy(link_busy_);
  array_->clock_port()(clk_);
  array_->passes_allowed_port()(frame_.passes_allowed());
}

std::unique_ptr<ClockedArray> ClockedChip::build_array(const ChipConfig& chip, const LayerJob& job) {
  ArraySetup setup = frame_.array_setup();
  setup.clock = &clock_;
  if (setup.decoding != nullptr) {
    std::vector<Word> table = chip.weight_memory.looks_up() ? job.mac.codebook : std::vector<Word>();
    decoder_ = std::make_unique<WeightDecoder>("weight_decoder", frame_.weights(), frame_.image().formats().filter,
                                               std::move(table), chip.weight_memory.decoder);
    decoder_->clk(clk_);
    setup.decoder = decoder_.get();
  }
  if (stores_filters(chip)) {
    tile_writer_ = std::make_unique<TileWriter>("tile_writer", *decoder_, frame_.weights(), frame_.tile_store());
    tile_writer_->clk(clk_);
    setup.tile_writer = tile_writer_.get();
  }
  return chip.array.array().build_clocked(*job.schedule, setup);
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
  sc_core::sc_trace(file, frame_.passes_allowed(), "passes_allowed");
  sc_core::sc_trace(file, link_data_, "link_data");
  sc_core::sc_trace(file, link_busy_, "link_busy");
  if (decoder_) decoder_->trace(file);
  if (tile_writer_) tile_writer_->trace(file);
  array_->trace(file);
  sc_core::sc_start(length);
  sc_core::sc_close_vcd_trace_file(file);
}

LayerRun ClockedChip::run() {
  if (!hooks_.wave.file.empty()) run_with_wave();
  if (!stuck_ && !frame_.controller().complete()) sc_core::sc_start();
  if (!frame_.controller().complete()) frame_.fail_deadlocked(clock_.edge(), *array_);
  return frame_.result(*array_);
}

}  // namespace

LayerRun run_clocked(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks) {
  return run_in_kernel(chip, job, [&] { return ClockedChip(chip, job, hooks).run(); });
}

}  // namespace lacuna
