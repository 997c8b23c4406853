// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/accelerator.hpp"

#include <algorithm>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// Whether the MAC looks its weights up in a table of its own.
bool has_codebook(const ChipConfig& chip) {
  const std::vector<std::string> events = datapath_of(chip).events();
  return std::find(events.begin(), events.end(), "codebook.read") != events.end();
}

}  // namespace

MappingContext mapping_context(const ChipConfig& chip, const LayerShape& shape, std::int64_t weight_bits,
                               std::int64_t activation_bits) {
  MappingContext context;
  context.array = &chip.array.config();
  context.shape = shape;
  context.weight_bits = weight_bits;
  context.activation_bits = activation_bits;
  context.psum_bits = chip.mac.accumulator_bits;
  context.bank_bytes = chip.global_buffer.bank_bytes;
  context.banks = chip.global_buffer.banks;
  context.filter_banks = chip.global_buffer.filter_banks;
  context.coded_weights = datapath_of(chip).weight_format() == "codebook";
  return context;
}

const MacDatapath& datapath_of(const ChipConfig& chip) {
  const MacDatapath* datapath = Registry<MacDatapath>::instance().find(chip.mac.kind);
  if (datapath == nullptr) fail_input("/chip/mac/kind: no MAC datapath is named '" + chip.mac.kind + "'");
  return *datapath;
}

std::vector<std::string> events_of(const ChipConfig& chip) {
  std::vector<std::string> events = chip.array.array().events();
  const std::vector<std::string> mac = datapath_of(chip).events();
  events.insert(events.end(), mac.begin(), mac.end());
  for (const char* event :
       {"global_buffer.ifmap_read", "global_buffer.ifmap_write", "global_buffer.psum_read", "global_buffer.psum_write",
        "global_buffer.psum_drain", "global_buffer.filter_read", "global_buffer.filter_write", "codec.decode_value",
        "codec.encode_value", "post.op", "dram.read_bit", "dram.write_bit"}) {
    events.emplace_back(event);
  }
  return events;
}

std::vector<UnitAttributes> units_of(const ChipConfig& chip, const MappingContext& context, std::int64_t factor_bits) {
  std::vector<UnitAttributes> units = chip.array.array().units(context);
  const std::int64_t buffer_bits =
      (chip.global_buffer.banks + chip.global_buffer.filter_banks) * chip.global_buffer.bank_bytes * 8;
  constexpr std::int64_t kRowBits = 64;  // a bank is 512 rows of 64 bits (Chen et al., JSSC 52(1), 2017, Sec. V-B)
  const std::int64_t table_words = std::int64_t{1} << std::min<std::int64_t>(context.weight_bits, 8);
  const std::int64_t pes = chip.array.config().pes();
  units.push_back({"mac",
                   "mac",
                   {{"operand_bits", std::max(factor_bits, context.activation_bits)},
                    {"accumulator_bits", chip.mac.accumulator_bits},
                    {"instances", pes}},
                   {},
                   true});
  if (has_codebook(chip)) {
    units.push_back(
        {"codebook", "look_up", {{"words", table_words}, {"word_bits", factor_bits}, {"instances", pes}}, {}, true});
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
