// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/array/schedule.hpp"
#include "hw/base/field.hpp"
#include "hw/base/layer_shape.hpp"
#include "hw/base/registry.hpp"
#include "hw/base/unit_attributes.hpp"
#include "hw/mac/mac_rate.hpp"

namespace lacuna {

/// PEs of a physical array.
struct ArraySize {
  std::int64_t rows = 1;
  std::int64_t columns = 1;
};

/// The parameters of a PE array, as in the chip's section "array".
struct ArrayConfig : Described {
  virtual std::unique_ptr<ArrayConfig> clone() const = 0;
  /// Rows and columns of the physical array.
  virtual ArraySize size() const = 0;
  std::int64_t pes() const { return size().rows * size().columns; }
};

/// How one layer is cut into passes on one kind of array: the entry of a layer in configs/mappings/NAME.json.
struct ArrayMapping : Described {
  virtual std::unique_ptr<ArrayMapping> clone() const = 0;
};

/// What a mapping has to fit: the array, the layer and its place in the network, the widths of its words and the
/// capacity of the global buffer.
struct MappingContext {
  const ArrayConfig* array = nullptr;
  LayerShape shape;
  std::int64_t weight_bits = 16;
  std::int64_t activation_bits = 16;
  std::int64_t psum_bits = 16;
  bool float_psums = false;
  MacRate mac_rate;  ///< of the MACs of a PE, at these widths
  std::int64_t bank_bytes = 4096;
  std::int64_t banks = 25;  ///< shared by ifmap and psum, whole banks each
  std::int64_t filter_banks = 2;
  std::int64_t filter_bits = 0;  ///< room of a filter word in its banks, 0: weight_bits
  /// Decoded filter words that wait for the array, 0: it reads them from the banks.
  std::int64_t filter_fifo_words = 0;
  /// Decoded filter words that the array's tile store holds, 0: it has none.
  std::int64_t filter_store_words = 0;
  bool network_input = false;     ///< the ifmap is the network's input
  bool coded_weights = false;     ///< stored weights are codes of a codebook: never negative
  bool zero_code_is_zero = true;  ///< whether a stored weight of 0 is worth 0, as far as that is known

  /// Bits that a filter word takes in its banks, as far as a mapping plans.
  std::int64_t filter_room() const { return filter_bits > 0 ? filter_bits : weight_bits; }
  /// The component class of what adds psums up.
  const char* psum_adder() const { return float_psums ? "float_adder" : "adder"; }
};

class ClockedArray;
class EventArray;
struct ArraySetup;
enum class Factors;
struct MappingCost;
class MappingVisitor;

/// A kind of PE array: a plug-in, one folder in hw/array, `Registration<ArrayKind, ...>`.
class ArrayKind {
 public:
  virtual ~ArrayKind() = default;
  /// A configuration with the defaults.
  virtual std::unique_ptr<ArrayConfig> make_config() const = 0;
  /// The smallest mapping, which loading starts from: legal wherever any is.
  virtual std::unique_ptr<ArrayMapping> make_mapping() const = 0;
  /// Why no array of this kind takes a layer of that shape, whatever its sizes; "" where one does.
  virtual std::string refusal(const LayerShape& /*shape*/) const { return ""; }
  /// A legal mapping of any layer that fits the array at all. Throws Error (bad_input) with the capacity that breaks.
  virtual std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const = 0;
  /// Throws Error (bad_input) with the capacity that breaks when the mapping is illegal.
  virtual void check(const MappingContext& context, const ArrayMapping& mapping) const = 0;
  /// Shows the visitor legal mappings of a layer with such factors (hw/array/mapping_space.hpp): all that can be the
  /// cheapest in any of the numbers of their cost, the larger tiles first. None where no mapping is legal.
  virtual void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const = 0;
  /// What a legal mapping costs by closed form.
  virtual MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const = 0;
  /// Loop nest, and what lies in the array, a line each, for people.
  virtual std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const = 0;
  /// The layer cut into passes. The mapping is legal. Keeps no reference to its arguments.
  virtual std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const = 0;
  /// The clocked model, wired for the schedule (hw/array/array_model.hpp), within the current simulation.
  virtual std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const = 0;
  /// The event-driven model: same cycles, counts and words.
  virtual std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const = 0;
  /// Whether its schedules have a filter format of their own (LayerSchedule::own_filter_format).
  virtual bool own_filter_format() const { return false; }
  /// Whether it can take its filters from a weight decoder, as fast as that one decodes them.
  virtual bool takes_decoded_filters() const { return false; }
  /// Whether it then needs whole tiles in a tile store: it reads weights in no order that its passes fix, or anew.
  virtual bool stores_decoded_filters() const { return false; }
  /// Whether its PEs can hold MACs that take several cycles, or do several MACs at once (MappingContext::mac_rate).
  virtual bool paces_macs() const { return false; }
  /// Where the products of the MACs go that a PE does at once: the hardware behind a datapath's products depends on it.
  virtual MacSums mac_sums() const { return MacSums::shared; }
  /// Whether its accumulators may saturate: it adds the products of every ofmap word of a layer in the same order.
  virtual bool saturates() const { return true; }
  /// Every event that the array may count, as "unit.action"; those of the MAC datapath are not among them.
  virtual std::vector<std::string> events() const = 0;
  /// The storage and logic that its counts belong to, for words of the context's widths.
  virtual std::vector<UnitAttributes> units(const MappingContext& context) const = 0;
};

}  // namespace lacuna
