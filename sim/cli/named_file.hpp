// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// Writes a file of any name, whose folder is there or is made: beside its place, then renamed. Throws Error
/// (bad_input) where it cannot be written, and Error (run_failed) where not all of it can.
void write_named_file(const std::string& path, const std::string& content);

/// Throws Error (bad_input) where that could not be done: for commands that work long before they write.
void prepare_named_file(const std::string& path, std::int64_t bytes_needed);

/// Throws Error (bad_input) where a file to be written is one that is read, or is named twice. Empty names are none.
void check_outputs(const std::vector<std::string>& outputs, const std::string& input);

}  // namespace lacuna
