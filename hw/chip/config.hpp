// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/array/array.hpp"
#include "hw/base/field.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// The off-chip link: one transfer at a time, `bits` a beat, on its own clock.
struct DramLinkConfig : Described {
  std::int64_t bits = 64;
  std::int64_t clock_khz = 60000;
  void describe(FieldVisitor& v) override;
};

/// The codec port between link and buffer: which formats the streams in DRAM have.
struct CodecConfig : Described {
  std::string feature_map = "run_length";  ///< registered codec of ifmaps (but the network's input) and ofmaps
  std::string network_input = "dense";     ///< registered codec of the first layer's ifmap
  std::string filter = "dense";            ///< registered codec of filters
  std::int64_t run_bits = 5;               ///< of feature maps
  std::int64_t filter_run_bits = 5;        ///< of filters
  void describe(FieldVisitor& v) override;
};

/// The global buffer: `banks` banks shared by ifmap and psum, whole banks each; `filter_banks` more for filters.
struct GlobalBufferConfig : Described {
  std::int64_t banks = 25;
  std::int64_t filter_banks = 2;
  std::int64_t bank_bytes = 4096;
  void describe(FieldVisitor& v) override;
};

/// The memory in front of the array that keeps filters as the streams that they are in DRAM, and what decodes them: it
/// lies in the filter banks of the global buffer.
struct WeightMemoryConfig : Described {
  std::string holds = "words";    ///< what the filter banks hold: decoded words, or the stream as it came
  std::string look_up = "array";  ///< where codes of a codebook are looked up: in the array's MACs, or in the decoder
  std::int64_t bits_per_weight = 16;  ///< room in the filter banks that mappings plan for a weight
  std::int64_t store_words = 65536;   ///< that the tile store of an array holds that reads weights in no fixed order
  WeightDecoderParameters decoder;
  void describe(FieldVisitor& v) override;
  bool holds_streams() const { return holds == "stream"; }
  bool looks_up() const { return holds_streams() && look_up == "decoder"; }
};

/// Which MAC datapath every PE holds, and its accumulator.
struct MacConfig : Described {
  std::string kind = "bit_parallel";
  std::string exempt_kind = "none";  ///< of a second one, for layers whose words the first does not take
  std::int64_t accumulator_bits = 16;
  std::string overflow = "wrap";  ///< wrap or saturate
  void describe(FieldVisitor& v) override;
};

/// A PE array of any registered kind. Empty until `select`: kind() is "" and there is no part() or config().
class ArraySlot : public PartSlot {
 public:
  ArraySlot();
  ArraySlot(const ArraySlot& other);
  ArraySlot& operator=(const ArraySlot& other);
  std::vector<std::string> kinds() const override;
  std::string kind() const override { return kind_; }
  void select(const std::string& kind) override;
  Described& part() override { return *config_; }
  const ArrayConfig& config() const { return *config_; }
  const ArrayKind& array() const;

 private:
  std::string kind_;
  std::unique_ptr<ArrayConfig> config_;
};

/// A whole accelerator, as in configs/chips/NAME.json.
struct ChipConfig : Described {
  std::string name;
  std::string description;
  std::string source;
  std::int64_t node_nm = 65;
  std::int64_t core_clock_khz = 200000;
  std::string energy = "generic_45nm";  ///< default price table
  std::string energy_of_other_words;    ///< default price table of words unlike its precision's; empty: the same
  std::string mapping = "default";      ///< default mapping
  std::string precision = "fixed16";    ///< default precision
  DramLinkConfig dram_link;
  CodecConfig codec;
  GlobalBufferConfig global_buffer;
  WeightMemoryConfig weight_memory;
  MacConfig mac;
  ArraySlot array;
  void describe(FieldVisitor& v) override;
};

}  // namespace lacuna
