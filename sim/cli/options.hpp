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

}  // namespace lacuna
