// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/grid.hpp"

namespace lacuna {

class SweepResults;

/// What a precision is besides its widths.
struct PrecisionFacts {
  std::string exempt;           ///< "conv1, fc8; maps input, fc7": stored in fixed point or float where the rest is not
  bool needs_training = false;  ///< its words mean nothing to a network that was not trained in them
};

/// What is known of precisions that no database of a sweep has.
struct PrecisionSources {
  /// Of a precision as an axis has it: a name, a path or a JSON text. Nothing where it cannot be found.
  std::function<std::optional<PrecisionFacts>(const std::string&)> facts;
  std::string published_folder;  ///< of papers, some with losses: analysis/published; "" = none
  std::string measured_folder;   ///< of measured accuracies: analysis/measured; "" = none
};

/// The precisions of a sweep side by side, on each of its machines.
struct ReducedPrecision {
  Grid table;                         ///< a row each precision: widths, losses, SQNR, accuracy, weights, cycles, energy
  std::vector<Grid> energy_by_layer;  ///< mJ with DRAM, a table each machine: a row each precision, a column each layer
  std::vector<std::string> remarks;   ///< what a reader must know, in sentences
};

/// More machines are not set side by side.
constexpr std::size_t kMostMachines = 8;

/// Of a sweep with an axis over whole precisions (path "/precision"); a machine is what its other axes make. Nothing
/// for other sweeps, for one without results, and for one of more machines. Throws Error (bad_input) for a damaged
/// database and, of a sweep over precisions, for sources that are not sound.
std::optional<ReducedPrecision> reduced_precision(const SweepResults& sweep, const PrecisionSources& sources);

/// All of it for a terminal, and in Markdown.
std::string text_of(const ReducedPrecision& precisions);
std::string markdown_of(const ReducedPrecision& precisions);

}  // namespace lacuna
