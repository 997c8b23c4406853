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

/// An option with a text; `value_name` stands for the text in --help.
boost::program_options::typed_value<std::string>* text_option(const char* value_name);

/// The text that an option was given, "" where it was not.
std::string text_of(const boost::program_options::variables_map& options, const std::string& name);

/// What --weights takes.
inline constexpr char kWeightsMeaning[] =
    "'trained': those that come with the network; 'default': these, or synthetic ones where it has none; 'synthetic', "
    "as in synthetic:laplace,density=0.35,seed=1; a weight "
    "file; a folder or an .npz archive of LAYER.weight.npy and LAYER.bias.npy";

}  // namespace lacuna
