// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/base/unit_attributes.hpp"
#include "hw/chip/config.hpp"
#include "hw/chip/layer_job.hpp"
#include "hw/chip/layer_run.hpp"

namespace lacuna {

/// Widths of a layer's words, bits.
struct WordWidths {
  std::int64_t weight = 16;  ///< of a weight as it is stored
  std::int64_t value = 16;   ///< of what a stored code stands for, where weights are codes
  std::int64_t activation = 16;
  bool coded_weights = false;  ///< stored weights are codes of a codebook: never negative
  std::int64_t table_codes =
      0;  ///< width of the codes that tables have words for, 0: `weight`; other layers' may be wider

  std::int64_t table() const { return table_codes > 0 ? table_codes : weight; }
};

/// The operands as the MACs of the chip get them: behind a decoder that looks codes up, weights are what it gives.
MacWidths mac_widths(const ChipConfig& chip, const WordWidths& widths);

/// What a performed MAC raises at some widths, summed as the array of the chip does.
std::vector<MacEvent> mac_events(const ChipConfig& chip, MacWidths widths);

/// Throws Error (bad_input), from the path of the field on, where the chip's array or accumulators do not take the
/// psums of one of its MACs.
void check_psums(const ChipConfig& chip, const MacDatapath& mac);

/// What a mapping of a layer has to fit on this chip. Throws Error (bad_input) where the array cannot take its filters
/// from a decoder, or cannot keep pace with its MACs.
MappingContext mapping_context(const ChipConfig& chip, const LayerShape& shape, const WordWidths& widths);

/// Whether filters lie decoded in a tile store between decoder and array.
bool stores_filters(const ChipConfig& chip);

/// The MAC datapath of the chip. Throws Error (bad_input) when there is none of that name.
const MacDatapath& datapath_of(const ChipConfig& chip);

/// The second one, for layers whose words the first does not take; null where there is none.
const MacDatapath* exempt_datapath_of(const ChipConfig& chip);

/// The chip as a layer sees it that runs on the second datapath: the two have changed places.
ChipConfig with_exempt_datapath(ChipConfig chip);

/// The MAC datapath that computes from stored weights what the chip does: that of its MACs, or, where a decoder looks
/// codes up for them, one that looks them up itself. Throws Error (bad_input) where MACs and decoder both would.
const MacDatapath& stored_datapath_of(const ChipConfig& chip);

/// Every event that a layer on this chip may count, as "unit.action".
std::vector<std::string> events_of(const ChipConfig& chip);

/// What the counts of a layer on this chip belong to, array and surroundings, for a context made with these widths.
/// Where there is a second datapath, the units of both, named apart: that one sits the layer out, made for words of the
/// widths `others`.
std::vector<UnitAttributes> units_of(const ChipConfig& chip, const MappingContext& context, const WordWidths& widths,
                                     const WordWidths& others = {});

/// Runs one layer on the clocked model of the chip, DRAM to DRAM, and checks the laws. Throws Error (run_failed) on a
/// deadlock, with the state of every unit, and on a broken law, with both numbers. What is armed in `hooks.faults`
/// happens.
LayerRun run_clocked(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks);

/// Runs one layer on the event model of the chip: the same cycles, counts and words as run_clocked, in milliseconds.
/// Records no wave; of the faults only `dram_word` happens.
LayerRun run_event(const ChipConfig& chip, const LayerJob& job, RunHooks& hooks);

}  // namespace lacuna
