// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "hw/array/event_array.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/event_codec_port.hpp"
#include "hw/chip/layer_frame.hpp"
#include "hw/memory/event_dram_link.hpp"

namespace lacuna {

namespace {

/// The accelerator of one layer without a clock: the link wakes once per transfer, the array once per pass.
class EventChip {
 public:
  EventChip(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks)
      : frame_(
            chip, job, hooks, [] {}, stored_datapath_of(chip), in_place(job, hooks)),
        operands_(job.shape, frame_.image().in_place().filters ? job.filters : Span<const StoredWord>(),
                  frame_.image().in_place().feature_maps ? Span<const Span<const StoredWord>>(job.ifmaps)
                                                         : Span<const Span<const StoredWord>>(),
                  job.mac.activation_worths),
        decoder_(frame_.weights(), frame_.image().streams()),
        tile_writer_(decoder_, frame_.tile_store()),
        psums_(job.shape, *job.schedule, frame_.mac(), job.mac.arithmetic, operands_),
        codec_("codec_port", job, frame_.image(),
               {operands_, psums_, frame_.buffer(), frame_.post(), frame_.weights(),
                chip.weight_memory.holds_streams() ? &decoder_ : nullptr, !hooks.faults.dram_word.armed()}),
        link_("dram_link", frame_.image().dram(), {chip.core_clock_khz, chip.dram_link.clock_khz}, period_,
              [this](std::int64_t edge) { frame_.controller().on_transfer_done(edge); }),
        array_(build_array(chip, job)) {
    if (frame_.image().in_place().filters) {
      psums_.know_filters_by_tap(job.filters_by_tap);
      psums_.know_filter_signs(job.filter_signs);
    }
    frame_.connect(link_, codec_, *array_);
    link_.set_fault(hooks.faults.dram_word);
    link_.client(codec_);
    array_->passes_allowed(frame_.passes_allowed());
  }

  LayerRun run() {
    sc_core::sc_start();
    if (!frame_.controller().complete()) {
      const auto edge = static_cast<std::int64_t>(sc_core::sc_time_stamp().value() / period_.value());
      frame_.fail_deadlocked(edge, *array_);
    }
    return frame_.result(*array_);
  }

 private:
  /// Words that nothing can change on their way, and whose worth is known at its end, need not be moved.
  static WordsInPlace in_place(const LayerJob& job, const RunHooks& hooks) {
    const bool unharmed = !hooks.faults.dram_word.armed();
    return {unharmed, unharmed && !job.known_ofmaps.empty()};
  }
  std::unique_ptr<EventArray> build_array(const ChipConfig& chip, const LayerJob& job) {
    ArraySetup setup = frame_.array_setup();
    setup.period = period_;
    setup.operands = &operands_;
    setup.psums = &psums_;
    if (setup.decoding != nullptr) setup.event_decoder = &decoder_;
    if (stores_filters(chip)) setup.event_tile_writer = &tile_writer_;
    return chip.array.array().build_event(*job.schedule, setup);
  }

  const sc_core::sc_time period_{1, sc_core::SC_NS};  // any: results count edges
  LayerFrame frame_;
  EventBuffer operands_;
  EventWeightDecoder decoder_;
  EventTileWriter tile_writer_;
  EventPsums psums_;
  EventCodecPort codec_;
  EventDramLink link_;
  std::unique_ptr<EventArray> array_;
};

}  // namespace

LayerRun run_event(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks) {
  return run_in_kernel(chip, job, [&] { return EventChip(chip, job, hooks).run(); });
}

}  // namespace lacuna
