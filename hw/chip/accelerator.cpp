// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/accelerator.hpp"

#include <algorithm>
#include <utility>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kWidestCode = 8;  // bits: more make no larger table

void check_pace(const ChipConfig& chip, const MacRate& rate) {
  if (rate == MacRate() || chip.array.array().paces_macs()) return;
  std::string paced;
  for (const std::string& name : Registry<ArrayKind>::instance().names()) {
    if (Registry<ArrayKind>::instance().find(name)->paces_macs()) paced += (paced.empty() ? "" : ", ") + name;
  }
  fail_input("/chip/mac/kind: found " + chip.mac.kind + ", which does " + rate_text(rate) +
             " at these widths, but PEs of the array " + chip.array.kind() + " issue one MAC every cycle" +
             (paced.empty() ? "" : "; it is for /chip/array/kind " + paced));
}

}  // namespace

MacWidths mac_widths(const ChipConfig& chip, const WordWidths& widths) {
  return {chip.weight_memory.looks_up() ? widths.value : widths.weight, widths.activation};
}

std::vector<MacEvent> mac_events(const ChipConfig& chip, MacWidths widths) {
  widths.sums = chip.array.array().mac_sums();
  return datapath_of(chip).events(widths);
}

void check_psums(const ChipConfig& chip, const MacDatapath& mac) {
  if (mac.floating() && !chip.array.array().saturates()) {
    fail_input("/chip/mac/kind: found " + chip.mac.kind + ", whose sums are rounded in their order, but the array " +
               chip.array.kind() + " adds the products of every ofmap word in an order of its own; allowed a MAC with" +
               " integer psums");
  }
  mac.psum_form(chip.mac.accumulator_bits);
}

MappingContext mapping_context(const ChipConfig& chip, const LayerShape& shape, const WordWidths& widths) {
  const WeightMemoryConfig& memory = chip.weight_memory;
  MappingContext context;
  context.array = &chip.array.config();
  context.shape = shape;
  context.weight_bits = memory.looks_up() ? widths.value : widths.weight;
  context.activation_bits = widths.activation;
  context.psum_bits = chip.mac.accumulator_bits;
  context.bank_bytes = chip.global_buffer.bank_bytes;
  context.banks = chip.global_buffer.banks;
  context.filter_banks = chip.global_buffer.filter_banks;
  context.coded_weights = widths.coded_weights && !memory.looks_up();
  context.mac_rate = datapath_of(chip).rate(mac_widths(chip, widths));
  check_pace(chip, context.mac_rate);
  if (chip.mac.overflow == "saturate" && !chip.array.array().saturates()) {
    fail_input("/chip/mac/overflow: found saturate, but the array " + chip.array.kind() +
               " adds the products of every ofmap word in an order of its own; allowed wrap");
  }
  check_psums(chip, datapath_of(chip));
  context.float_psums = datapath_of(chip).floating();
  if (!memory.holds_streams()) return context;
  if (!chip.array.array().takes_decoded_filters()) {
    fail_input("/chip/weight_memory/holds: found stream, but the array " + chip.array.kind() +
               " takes no filters from a decoder; allowed words");
  }
  context.filter_bits = memory.bits_per_weight;
  context.filter_fifo_words = memory.decoder.fifo_values;
  if (stores_filters(chip)) context.filter_store_words = memory.store_words;
  return context;
}

bool stores_filters(const ChipConfig& chip) {
  return chip.weight_memory.holds_streams() && chip.array.array().stores_decoded_filters();
}

const MacDatapath& datapath_of(const ChipConfig& chip) {
  const MacDatapath* datapath = Registry<MacDatapath>::instance().find(chip.mac.kind);
  if (datapath == nullptr) fail_input("/chip/mac/kind: no MAC datapath is named '" + chip.mac.kind + "'");
  return *datapath;
}

const MacDatapath* exempt_datapath_of(const ChipConfig& chip) {
  return Registry<MacDatapath>::instance().find(chip.mac.exempt_kind);
}

ChipConfig with_exempt_datapath(ChipConfig chip) {
  std::swap(chip.mac.kind, chip.mac.exempt_kind);
  return chip;
}

const MacDatapath& stored_datapath_of(const ChipConfig& chip) {
  const MacDatapath& datapath = datapath_of(chip);
  if (chip.weight_memory.look_up == "decoder" && !chip.weight_memory.holds_streams()) {
    fail_input(
        "/chip/weight_memory/look_up: found decoder, but the filter banks hold words, which are decoded before "
        "them; allowed array, or /chip/weight_memory/holds stream");
  }
  if (!chip.weight_memory.looks_up()) return datapath;
  if (!datapath.takes_weights("fixed_point") && !datapath.looks_up()) {
    fail_input("/chip/weight_memory/look_up: found decoder, which gives values, but MACs of kind " + chip.mac.kind +
               " take none; allowed array");
  }
  if (datapath.looks_up()) {
    fail_input("/chip/weight_memory/look_up: found decoder, but MACs of kind " + chip.mac.kind +
               " look codes up themselves; allowed array");
  }
  return *Registry<MacDatapath>::instance().find("codebook_lookup");
}

std::vector<std::string> events_of(const ChipConfig& chip) {
  std::vector<std::string> events = chip.array.array().events();
  for (const MacEvent& event : mac_events(chip, {})) events.push_back(event.name);
  for (const char* event :
       {"global_buffer.ifmap_read", "global_buffer.ifmap_write", "global_buffer.psum_read", "global_buffer.psum_write",
        "global_buffer.psum_drain", "global_buffer.filter_read", "global_buffer.filter_write", "codec.decode_value",
        "codec.encode_value", "post.op", "dram.read_bit", "dram.write_bit"}) {
    events.emplace_back(event);
  }
  if (chip.weight_memory.holds_streams()) {
    for (const char* event :
         {"weight_memory.read", "weight_memory.write", "weight_decoder.decode_value", "weight_fifo.push"}) {
      events.emplace_back(event);
    }
  }
  if (stores_filters(chip)) {
    for (const char* event : {"tile_store.read", "tile_store.write"}) events.emplace_back(event);
  }
  if (chip.array.array().own_filter_format()) events.emplace_back("weight_memory.write");
  if (chip.weight_memory.looks_up()) events.emplace_back("codebook.read");
  return events;
}

namespace {

/// The units of a datapath of the chip whose words have such widths.
std::vector<UnitAttributes> datapath_units(const ChipConfig& chip, const MacDatapath& datapath,
                                           const WordWidths& widths) {
  const MacWidths operands = mac_widths(chip, widths);
  return datapath.units({operands.weight, widths.value, operands.activation, chip.mac.accumulator_bits, widths.table(),
                         chip.array.config().pes(), chip.array.array().mac_sums()});
}

/// Those of the datapath that the layer runs on and, where there is a second one, of that.
void add_datapaths(const ChipConfig& chip, const WordWidths& widths, const WordWidths& others,
                   std::vector<UnitAttributes>& units) {
  const MacDatapath* const second = exempt_datapath_of(chip);
  for (UnitAttributes& unit : datapath_units(chip, datapath_of(chip), widths)) {
    if (second != nullptr) unit.part = chip.mac.kind;
    units.push_back(std::move(unit));
  }
  if (second == nullptr) return;
  for (UnitAttributes& unit : datapath_units(chip, *second, others)) {
    unit.part = chip.mac.exempt_kind;
    unit.idle = true;
    units.push_back(std::move(unit));
  }
}

/// The memory that holds streams of filters, and what decodes them.
void add_weight_memory(const ChipConfig& chip, const MappingContext& context, const WordWidths& widths,
                       std::vector<UnitAttributes>& units) {
  const WeightMemoryConfig& memory = chip.weight_memory;
  const std::int64_t row_bits = chip.dram_link.bits;
  const std::int64_t bits = chip.global_buffer.filter_banks * chip.global_buffer.bank_bytes * 8;
  units.push_back({"weight_memory", "sram", {{"words", bits / row_bits}, {"word_bits", row_bits}}});
  units.push_back({"weight_decoder", "codec", {{"word_bits", widths.weight}}});
  units.push_back({"weight_fifo", "fifo", {{"words", memory.decoder.fifo_values}, {"word_bits", context.weight_bits}}});
  if (!memory.looks_up()) return;
  units.push_back(
      {"codebook",
       "look_up",
       {{"words", std::int64_t{1} << std::min(widths.table(), kWidestCode)}, {"word_bits", context.weight_bits}}});
}

}  // namespace

std::vector<UnitAttributes> units_of(const ChipConfig& chip, const MappingContext& context, const WordWidths& widths,
                                     const WordWidths& others) {
  std::vector<UnitAttributes> units = chip.array.array().units(context);
  const bool streams = chip.weight_memory.holds_streams();
  const std::int64_t bank_bits = chip.global_buffer.bank_bytes * 8;
  const std::int64_t buffer_bits =
      (chip.global_buffer.banks + (streams ? 0 : chip.global_buffer.filter_banks)) * bank_bits;
  constexpr std::int64_t kRowBits = 64;  // a bank is 512 rows of 64 bits (Chen et al., JSSC 52(1), 2017, Sec. V-B)
  add_datapaths(chip, widths, others, units);
  if (streams) add_weight_memory(chip, context, widths, units);
  if (chip.array.array().own_filter_format()) {
    units.push_back({"weight_memory", "own_memory", {{"word_bits", chip.dram_link.bits}}});
  }
  units.push_back({"global_buffer", "sram", {{"words", buffer_bits / kRowBits}, {"word_bits", kRowBits}}});
  for (const char* action : {"ifmap_read", "ifmap_write"}) {
    units.back().of_action[action]["access_bits"] = context.activation_bits;
  }
  for (const char* action : {"psum_read", "psum_write", "psum_drain"}) {
    units.back().of_action[action]["access_bits"] = context.psum_bits;
  }
  for (const char* action : {"filter_read", "filter_write"}) {
    units.back().of_action[action]["access_bits"] = context.weight_bits;
  }
  units.push_back({"codec", "codec", {{"word_bits", context.activation_bits}}});
  units.push_back({"post", "post_processing", {{"word_bits", chip.mac.accumulator_bits}}});
  units.push_back({"dram", "dram", {{"word_bits", chip.dram_link.bits}}});
  return units;
}

}  // namespace lacuna
