// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/json_file.hpp"

namespace lacuna {

class SweepResults;

/// A layer that ran on an array.
struct ComparedLayer {
  std::string name;
  std::string kind;  ///< "conv" or "fc"
  /// Columns of layers, by name: "processing_cycles", "energy_total_pj", ...; those of compared_figures().
  std::map<std::string, double> figures;
  bool extrapolated = false;  ///< prices are used outside the range of their sources
};

/// A run as it is set beside others of the same network.
struct ComparedRun {
  std::string name;                             ///< short: what it differs by from the others
  std::string prices;                           ///< where its energies are from: "generic_45nm, 45 nm, dram lpddr4"
  std::string prices_digest;                    ///< the same for the same figures
  double area_mm2 = 0.0;                        ///< NaN where the table has none
  std::vector<ComparedLayer> layers;            ///< in the network's order
  std::vector<std::string> labels;              ///< what every reader of it must know
  std::map<std::string, std::string> settings;  ///< what else results may differ in: network, batch, DRAM link, ...
};

/// The figures of layers that are compared.
const std::vector<std::string>& compared_figures();

/// A result. Throws Error (bad_input), with file and place.
ComparedRun compared_result(const JsonPlace& result, const std::string& name);

/// The points of a sweep that have a result, in the order of its plan, named by the first axes that tell them apart.
/// Throws Error (bad_input) for a damaged database.
std::vector<ComparedRun> compared_points(const SweepResults& sweep);

/// What sets the runs apart besides the machines: labels and settings that not all share, layers that others ran, other
/// work in a layer of the same name. A line each, with the run's name.
std::vector<std::string> remarks_on(const std::vector<ComparedRun>& runs);

/// Whether both ran the same layers, with the same MACs in each: sums over all of their layers can be compared.
bool same_work(const ComparedRun& a, const ComparedRun& b);

/// Throws Error (bad_input), naming two runs and their prices, where the runs have not all the same: their energies
/// differ by more than the machines. `allowed` says what helps.
void refuse_mixed_prices(const std::vector<ComparedRun>& runs, const std::string& allowed);

}  // namespace lacuna
