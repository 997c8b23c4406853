// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

#include "sim/engine/accuracy.hpp"

namespace lacuna {

/// Adds --labelled and --limit.
void add_labelled_options(boost::program_options::options_description& options);

/// The labelled images that they, or the network, name, for `command`. Throws Error (bad_input) where there are none.
std::vector<LabelledImage> labelled_images(const boost::program_options::variables_map& options,
                                           const std::string& command, const Network& network);

/// The folder of those images.
std::string labelled_folder(const boost::program_options::variables_map& options, const std::string& command,
                            const Network& network);

/// Top-1 and top-5 of the machine, with a precision of that name, and of the float network, with their intervals.
std::string accuracy_text(const std::vector<Prediction>& predictions, const std::string& precision);

}  // namespace lacuna
