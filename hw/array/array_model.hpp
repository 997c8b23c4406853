// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/event_psums.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/array/schedule.hpp"
#include "hw/base/fault.hpp"
#include "hw/base/field.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/event_tile_writer.hpp"
#include "hw/memory/event_weight_decoder.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/tile_writer.hpp"
#include "hw/memory/weight_decoder.hpp"
#include "hw/memory/weight_memory.hpp"
#include "hw/noc/core_clock.hpp"

namespace lacuna {

/// What an array is built with, besides its schedule.
struct ArraySetup {
  Arithmetic arithmetic;
  const Mac* mac = nullptr;
  MacRate mac_rate;                  ///< how fast the MACs of a PE are
  std::vector<MacEvent> mac_events;  ///< what they raise
  bool filler_is_zero = true;        ///< whether a filler weight, word 0, is worth zero
  GlobalBuffer* buffer = nullptr;
  /// The filter tile as its stream, where the array has a filter format of its own.
  WeightMemory* weights = nullptr;
  std::int64_t link_bits = 64;  ///< of a word in it
  /// Where filters come from where the chip holds streams and decodes them, else null.
  const WeightDecoderParameters* decoding = nullptr;
  // Of the clocked model alone.
  const CoreClock* clock = nullptr;
  WeightDecoder* decoder = nullptr;   ///< set together with `decoding`
  TileWriter* tile_writer = nullptr;  ///< likewise, for arrays that have a tile store
  // Of the event model alone.
  sc_core::sc_time period;  ///< edge e lies at time e x period
  const EventBuffer* operands = nullptr;
  EventWeightDecoder* event_decoder = nullptr;   ///< set together with `decoding`
  EventTileWriter* event_tile_writer = nullptr;  ///< likewise, for arrays that have a tile store
  EventPsums* psums = nullptr;
  Faults* faults = nullptr;
  /// Called when a pass is ready to start but for the link, has sent its filters, or ends; its record then says so.
  std::function<void()> progress;
  /// Who keeps the layer's filter words, where they are never changed for as long as that lives: what is worked out
  /// from them may be kept as long. Empty where nobody is known.
  std::weak_ptr<const void> filters_owner;
  bool record_passes = false;  ///< whether the activity tells passes apart
  /// For tests of the tests: may change the event array's own copy of its unit parameters and latencies, one field list
  /// that holds every number its timing depends on, before it is used. The clocked array has none: it is the machine.
  std::function<void(Described&)> perturb;
};

/// A model of an array, wired for one layer, at either level: when passes started and ended, and what the PEs did.
class ArrayModel {
 public:
  virtual ~ArrayModel() = default;
  virtual const std::vector<PassRecord>& records() const = 0;
  virtual ArrayActivity activity() const = 0;
  /// The state of every unit, a line each.
  virtual std::string state() const = 0;
};

/// The clocked model.
class ClockedArray : public ArrayModel {
 public:
  virtual sc_core::sc_in<bool>& clock_port() = 0;
  /// Passes whose words are in the global buffer: an input.
  virtual sc_core::sc_in<std::uint32_t>& passes_allowed_port() = 0;
  /// Whether every started pass has ended and only the DRAM link (or nothing) is awaited: the core clock may sleep.
  virtual bool quiet() const = 0;
  /// Grows with every event in the array; stands still in a deadlock.
  virtual std::int64_t progress() const = 0;
  virtual void trace(sc_core::sc_trace_file* file) const = 0;
};

}  // namespace lacuna
