// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

#include "sim/config/override.hpp"

namespace lacuna {

/// Adds the options that say what is run: --chip, --network, ..., --set.
void add_experiment_options(boost::program_options::options_description& options);

/// Adds those of them that the values of a network's own precision depend on: --chip, --network, --weights, --image,
/// --seed, --set.
void add_value_options(boost::program_options::options_description& options);

/// What those of them that were given put into the experiment. Throws Error (bad_input).
std::vector<Override> overrides_of(const boost::program_options::variables_map& options);

/// Puts the chip "eyeriss" before them where none was named, and the data has one of that name.
void add_default_chip(std::vector<Override>& overrides);

/// Adds --cache.
void add_cache_option(boost::program_options::options_description& options);

/// The folder of values to reuse that --cache, or its default, says; "" for none.
std::string cache_folder_of(const boost::program_options::variables_map& options);

}  // namespace lacuna
