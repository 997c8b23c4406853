// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/config.hpp"

#include "hw/base/error.hpp"
#include "hw/codec/codec.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kSlowestKhz = 1;
constexpr std::int64_t kFastestKhz = 10'000'000;

FieldInfo codec_choice(const std::string& name, const std::string& meaning) {
  return FieldInfo(name, meaning).one_of(Registry<Codec>::instance().names());
}

}  // namespace

void DramLinkConfig::describe(FieldVisitor& v) {
  // A codec's words are those of the link: hw/codec takes words of 8 to 64 bits.
  v.integer(FieldInfo("bits", "width of the off-chip link", "bit").range(8, 64), bits);
  v.integer(FieldInfo("clock_khz", "clock of the off-chip link", "kHz").range(kSlowestKhz, kFastestKhz), clock_khz);
}

void CodecConfig::describe(FieldVisitor& v) {
  v.text(codec_choice("feature_map", "format in DRAM of every feature map but the network's input"), feature_map);
  v.text(codec_choice("network_input", "format in DRAM of the network's input"), network_input);
  v.text(codec_choice("filter", "format in DRAM of filters"), filter);
  v.integer(
      FieldInfo("run_bits", "width of a zero-run field of feature maps, where the format has one", "bit").range(1, 16),
      run_bits);
  v.integer(FieldInfo("filter_run_bits", "width of a zero-run field of filters, where the format has one", "bit")
                .range(1, 16),
            filter_run_bits);
}

void GlobalBufferConfig::describe(FieldVisitor& v) {
  v.integer(FieldInfo("banks", "banks shared by ifmap and psum, whole banks each").range(2, 65536), banks);
  v.integer(FieldInfo("filter_banks", "banks that hold filters").range(1, 65536), filter_banks);
  v.integer(FieldInfo("bank_bytes", "capacity of one bank", "byte").range(8, 1 << 30), bank_bytes);
}

void WeightMemoryConfig::describe(FieldVisitor& v) {
  v.text(FieldInfo("holds", "what the filter banks hold: decoded words, or streams as they came from DRAM")
             .one_of({"words", "stream"}),
         holds);
  v.text(FieldInfo("look_up", "where codes of streams are looked up: in the array's MACs, or in the decoder")
             .one_of({"array", "decoder"}),
         look_up);
  v.integer(
      FieldInfo("bits_per_weight", "room in the filter banks that a mapping plans for a weight of a stream", "bit")
          .range(1, 64),
      bits_per_weight);
  v.integer(
      FieldInfo("rows_per_cycle", "rows of a stream, words of the DRAM link, that are read in a cycle").range(1, 16),
      decoder.rows_per_cycle);
  v.integer(FieldInfo("codes_per_cycle", "weights that are not zero decoded in a cycle").range(1, 64),
            decoder.codes_per_cycle);
  v.integer(FieldInfo("values_per_cycle", "weights decoded in a cycle, zeros included").range(1, 64),
            decoder.values_per_cycle);
  v.integer(FieldInfo("fifo_values", "decoded weights that wait for the array").range(1, 4096), decoder.fifo_values);
  v.integer(FieldInfo("latency_cycles", "cycles from decoding a weight to its place in that FIFO").range(0, 16),
            decoder.latency_cycles);
  v.integer(FieldInfo("store_words", "decoded weights in the tile store of an array that reads them in no fixed order",
                      "words")
                .range(1, 1 << 26),
            store_words);
}

void MacConfig::describe(FieldVisitor& v) {
  v.text(FieldInfo("kind", "MAC datapath of every PE").one_of(Registry<MacDatapath>::instance().names()), kind);
  std::vector<std::string> seconds = Registry<MacDatapath>::instance().names();
  seconds.insert(seconds.begin(), "none");
  v.text(FieldInfo("exempt_kind", "MAC datapath beside it for layers whose words it does not take").one_of(seconds),
         exempt_kind);
  v.integer(FieldInfo("accumulator_bits", "width of a psum", "bit").range(2, 32), accumulator_bits);
  v.text(FieldInfo("overflow", "what a psum does at the end of its range").one_of({"wrap", "saturate"}), overflow);
}

ArraySlot::ArraySlot() = default;

ArraySlot::ArraySlot(const ArraySlot& other)
    : PartSlot(other), kind_(other.kind_), config_(other.config_ ? other.config_->clone() : nullptr) {}

ArraySlot& ArraySlot::operator=(const ArraySlot& other) {
  if (this == &other) return *this;
  kind_ = other.kind_;
  config_ = other.config_ ? other.config_->clone() : nullptr;
  return *this;
}

std::vector<std::string> ArraySlot::kinds() const { return Registry<ArrayKind>::instance().names(); }

void ArraySlot::select(const std::string& kind) {
  const ArrayKind* found = Registry<ArrayKind>::instance().find(kind);
  if (found == nullptr) fail_input("unknown PE array '" + kind + "'");
  config_ = found->make_config();
  kind_ = kind;
}

const ArrayKind& ArraySlot::array() const { return *Registry<ArrayKind>::instance().find(kind_); }

void ChipConfig::describe(FieldVisitor& v) {
  v.text(FieldInfo("name", "name of the chip").must().for_people(), name);
  v.text(FieldInfo("description", "what the chip is, in one line").must().for_people(), description);
  v.text(FieldInfo("source", "where its parameters come from").must().for_people(), source);
  v.integer(FieldInfo("node_nm", "technology node; prices state their own", "nm").range(1, 1000).for_people(), node_nm);
  v.integer(
      FieldInfo("core_clock_khz", "clock of everything but the off-chip link", "kHz").range(kSlowestKhz, kFastestKhz),
      core_clock_khz);
  v.text(FieldInfo("energy", "price table where the run names none"), energy);
  v.text(
      FieldInfo("energy_of_other_words",
                "price table where the run names none and its words are not those of the chip's precision; empty: the "
                "same"),
      energy_of_other_words);
  v.text(FieldInfo("mapping", "mapping where the run names none"), mapping);
  v.text(FieldInfo("precision", "precision where the run names none"), precision);
  v.object(FieldInfo("dram_link", "the off-chip link"), dram_link);
  v.object(FieldInfo("codec", "formats of the streams in DRAM"), codec);
  v.object(FieldInfo("global_buffer", "the on-chip buffer"), global_buffer);
  v.object(FieldInfo("weight_memory", "how filters lie in the filter banks, and what decodes them"), weight_memory);
  v.object(FieldInfo("mac", "the MAC in every PE"), mac);
  v.part(FieldInfo("array", "the PE array").must(), array);
}

}  // namespace lacuna
