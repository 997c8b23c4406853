// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/config.hpp"

#include <algorithm>

#include "hw/base/error.hpp"
#include "hw/noc/beat.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMaxSide = 256;
constexpr std::int64_t kMaxSpadWords = 65536;
constexpr std::int64_t kMaxDepth = 64;
constexpr std::int64_t kMinBusBits = 2;
constexpr std::int64_t kMaxBusBits = 512;
constexpr std::int64_t kMaxTile = 65536;

constexpr std::int64_t kNarrowBits = 4;  // of fewer a beat brings no more words than the bus or a FIFO was made for

std::int64_t lanes(const std::string& bus, std::int64_t bus_bits, const std::string& word, std::int64_t word_bits,
                   std::int64_t most_of_narrow = kMaxLanes) {
  const std::int64_t fits = bus_bits / word_bits;
  const std::int64_t words = word_bits < kNarrowBits ? std::min({fits, most_of_narrow, kMaxLanes}) : fits;
  if (words < 1 || words > kMaxLanes) {
    fail_input("/chip/array/" + bus + ": a beat of " + std::to_string(bus_bits) + " bits carries " +
               std::to_string(words) + " " + word + " words of " + std::to_string(word_bits) + " bits; allowed 1 to " +
               std::to_string(kMaxLanes));
  }
  return words;
}

}  // namespace

void RowStationaryConfig::describe(FieldVisitor& v) {
  v.integer(FieldInfo("rows", "PE rows of the array", "PEs").range(1, kMaxSide), rows);
  v.integer(FieldInfo("columns", "PE columns of the array", "PEs").range(1, kMaxSide), columns);
  v.text(gate_on_field(), gate_on);
  v.integer(FieldInfo("filter_spad_words", "filter spad of a PE", "words").range(1, kMaxSpadWords), filter_spad_words);
  v.integer(FieldInfo("ifmap_spad_words", "ifmap spad of a PE", "words").range(1, kMaxSpadWords), ifmap_spad_words);
  v.integer(FieldInfo("psum_spad_words", "psum spad of a PE", "words").range(1, kMaxSpadWords), psum_spad_words);
  v.integer(FieldInfo("filter_bus_bits", "width of the filter bus", "bits").range(kMinBusBits, kMaxBusBits),
            filter_bus_bits);
  v.integer(FieldInfo("ifmap_bus_bits", "width of the ifmap bus", "bits").range(kMinBusBits, kMaxBusBits),
            ifmap_bus_bits);
  v.integer(FieldInfo("psum_bus_bits", "width of the psum buses and of the links between PEs", "bits")
                .range(kMinBusBits, kMaxBusBits),
            psum_bus_bits);
  v.integer(FieldInfo("ifmap_fifo_words", "depth of the ifmap FIFO of a PE", "words").range(1, kMaxDepth),
            ifmap_fifo_words);
  v.integer(FieldInfo("psum_fifo_beats", "depth of the psum FIFO of a PE", "beats").range(1, kMaxDepth),
            psum_fifo_beats);
  v.integer(FieldInfo("output_fifo_beats", "depth of the output FIFO of a column", "beats").range(1, kMaxDepth),
            output_fifo_beats);
  v.integer(
      FieldInfo("combine_cycles", "time to add a beat of psums to those from below", "cycles").range(1, kMaxDepth),
      combine_cycles);
  v.text(FieldInfo("pass_overlap", "when a pass may load its filters").one_of({"barrier", "after_last_multiply"}),
         pass_overlap);
  v.text(FieldInfo("psum_order", "order of psum beats within a window").one_of({"beat_major", "column_major"}),
         psum_order);
  v.text(FieldInfo("ifmap_order", "order of ifmap words within a window step").one_of({"column_major", "row_major"}),
         ifmap_order);
}

RowStationaryUnits RowStationaryConfig::units(std::int64_t weight_bits, std::int64_t activation_bits,
                                              std::int64_t psum_bits) const {
  RowStationaryUnits units;
  units.ifmap_spad_words = ifmap_spad_words;
  units.psum_spad_words = psum_spad_words;
  units.filter_spad_words = filter_spad_words;
  units.ifmap_fifo_words = ifmap_fifo_words;
  units.psum_fifo_beats = psum_fifo_beats;
  units.output_fifo_beats = output_fifo_beats;
  units.combine_cycles = combine_cycles;
  units.filter_lanes = lanes("filter_bus_bits", filter_bus_bits, "filter", weight_bits);
  units.ifmap_lanes = lanes("ifmap_bus_bits", ifmap_bus_bits, "ifmap", activation_bits, units.ifmap_fifo_words);
  units.psum_lanes = lanes("psum_bus_bits", psum_bus_bits, "psum", psum_bits);
  if (ifmap_fifo_words < units.ifmap_lanes) {
    fail_input("/chip/array/ifmap_fifo_words: found " + std::to_string(ifmap_fifo_words) + "; allowed at least " +
               std::to_string(units.ifmap_lanes) + ", the words of one ifmap beat, which may all be for one PE");
  }
  units.overlap = pass_overlap == "barrier" ? PassOverlap::barrier : PassOverlap::after_last_multiply;
  units.psum_order = psum_order == "beat_major" ? PsumOrder::beat_major : PsumOrder::column_major;
  units.ifmap_order = ifmap_order == "column_major" ? IfmapOrder::column_major : IfmapOrder::row_major;
  return units;
}

RowStationaryUnits row_stationary_units(const MappingContext& context) {
  const auto& array = static_cast<const RowStationaryConfig&>(*context.array);
  RowStationaryUnits units = array.units(context.weight_bits, context.activation_bits, context.psum_bits);
  units.mac = context.mac_rate;
  return units;
}

void RowStationaryMapping::describe(FieldVisitor& v) {
  v.integer(FieldInfo("m", "ofmap channels whose psums are in the global buffer", "channels").range(1, kMaxTile).must(),
            m);
  v.integer(FieldInfo("n", "images in a pass; cut to the images that are left", "images").range(1, kMaxTile).must(), n);
  v.integer(FieldInfo("e", "ofmap rows of a strip: columns of a PE set", "rows").range(1, kMaxTile).must(), e);
  v.integer(FieldInfo("p", "filters in a PE", "filters").range(1, kMaxTile).must(), p);
  v.integer(FieldInfo("q", "channels in a PE", "channels").range(1, kMaxTile).must(), q);
  v.integer(FieldInfo("r", "PE sets that stack channels", "sets").range(1, kMaxTile).must(), r);
  v.integer(FieldInfo("t", "PE sets with different filters", "sets").range(1, kMaxTile).must(), t);
}

}  // namespace lacuna
