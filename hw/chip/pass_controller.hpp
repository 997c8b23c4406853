// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <systemc>

#include "hw/array/clocked_array.hpp"
#include "hw/chip/codec_port.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/memory/dram_link.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// Runs the transfers of a schedule over the DRAM link, in order, each as soon as the event that it waits for has
/// happened, and lets passes start once their words are in the global buffer. It acts on events, not on clock edges:
/// waiting for the link costs nothing.
class PassController : public sc_core::sc_module {
 public:
  sc_core::sc_out<std::uint32_t> passes_allowed{"passes_allowed"};

  PassController(const sc_core::sc_module_name& name, const LayerSchedule& schedule, DramImage& image, CodecPort& codec,
                 CoreClock& clock);

  /// The units that it steers are built after it.
  void connect(DramLink& link, const ClockedArray& array);
  /// To be called when a pass record changed.
  void on_progress() { wake_event_.notify(sc_core::SC_ZERO_TIME); }
  /// To be called when a transfer is complete, with the edge from which its words may be used.
  void on_transfer_done(std::int64_t edge);
  /// `passes` passes of the layer have ended.
  std::function<void(std::int64_t passes)> report;

  bool complete() const { return completed_ == static_cast<std::int64_t>(schedule_.transfers.size()); }
  /// Edge from which the last transfer's words may be used: the cycles of the layer, once it is complete.
  std::int64_t last_edge() const { return link_free_edge_; }
  std::string state() const;

 private:
  void advance();
  /// Edge from which the transfer may run, if the event that it waits for has happened.
  std::optional<std::int64_t> released(const Transfer& transfer) const;
  void start(const Transfer& transfer, std::int64_t edge);

  const LayerSchedule& schedule_;
  DramImage& image_;
  CodecPort& codec_;
  CoreClock& clock_;
  DramLink* link_ = nullptr;
  const ClockedArray* array_ = nullptr;
  sc_core::sc_event wake_event_;
  std::int64_t started_ = 0;
  std::int64_t completed_ = 0;
  std::int64_t link_free_edge_ = 0;
  std::int64_t allowed_ = 0;
  std::int64_t ended_ = 0;
};

}  // namespace lacuna
