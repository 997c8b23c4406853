// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <systemc>

#include "hw/array/array_model.hpp"
#include "hw/chip/codec_port.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/chip/layer_run.hpp"
#include "hw/chip/pass_controller.hpp"
#include "hw/chip/post_processing.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/tile_store.hpp"

namespace lacuna {

/// What surrounds the array of one layer, the same at both levels: DRAM, global buffer, post-processing and pass
/// controller. The level adds its link, its codec port, its array and its clock, if it has one.
class LayerFrame {
 public:
  /// `passes_may_start` is called when the controller allows more passes. `arithmetic` is what the words of filters,
  /// as they reach the array, are multiplied by.
  LayerFrame(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks, std::function<void()> passes_may_start,
             const MacDatapath& arithmetic, const WordsInPlace& in_place = {});

  /// Everything that an array is built with, but for its clock or period.
  ArraySetup array_setup();
  /// Connects the controller to link, codec port and array.
  void connect(TransferLink& link, CodecPort& codec, const ArrayModel& array);
  /// What the run gave, once the controller is complete.
  LayerRun result(const ArrayModel& array) const;
  /// Throws Error (run_failed): the machine stands still, with the state of every unit.
  [[noreturn]] void fail_deadlocked(std::int64_t cycle, const ArrayModel& array) const;

  DramImage& image() { return image_; }
  GlobalBuffer& buffer() { return buffer_; }
  WeightMemory& weights() { return weights_; }
  TileStore& tile_store() { return tile_store_; }
  PostProcessing& post() { return post_; }
  const Mac& mac() const { return *mac_; }
  PassController& controller() { return controller_; }
  sc_core::sc_signal<std::uint32_t>& passes_allowed() { return passes_allowed_; }

 private:
  void collect_counts(LayerRun& run) const;
  void collect_weight_counts(LayerRun& run) const;
  void collect_streams(LayerRun& run) const;

  const LayerJob& job_;
  RunHooks& hooks_;
  const WeightMemoryConfig weight_memory_;
  const bool stores_filters_;
  const std::int64_t link_bits_;
  DramImage image_;
  const std::int64_t first_ofmap_word_;
  const MacRate mac_rate_;
  const std::vector<MacEvent> mac_events_;
  std::unique_ptr<Mac> mac_;
  sc_core::sc_signal<std::uint32_t> passes_allowed_{"passes_allowed"};
  GlobalBuffer buffer_;
  WeightMemory weights_;
  TileStore tile_store_;
  PostProcessing post_;
  PassController controller_;
  std::vector<TransferRecord> transfers_;
  const CodecPort* codec_ = nullptr;
  const TransferLink* link_ = nullptr;
};

/// Runs `simulate` within a SystemC kernel of its own, turns what the kernel reports into an Error (run_failed), and
/// checks the laws on what it returns.
LayerRun run_in_kernel(const ChipConfig& chip, const LayerJob& job, const std::function<LayerRun()>& simulate);

}  // namespace lacuna
