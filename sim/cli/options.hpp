// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

namespace lacuna {

/// Parses the words after a command, strictly: no abbreviations, no words that belong to no option, no empty
/// values. Throws Error (bad_input) "COMMAND: problem", an unknown option with the nearest.
boost::program_options::variables_map parse_options(const std::string& command,
                                                    const boost::program_options::options_description& options,
                                                    const std::vector<std::string>& words);

/// What --weights takes.
inline constexpr char kWeightsMeaning[] =
    "'synthetic' (the default), as in synthetic:laplace,density=0.35,seed=1; 'trained'; a weight file; a folder or an "
    ".npz "
    "archive of LAYER.weight.npy and LAYER.bias.npy";

}  // namespace lacuna
