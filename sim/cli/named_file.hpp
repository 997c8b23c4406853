// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// Writes a file of any name, whose folder is there or is made: beside its place, then renamed. Throws Error
/// (bad_input) where it cannot be written, and Error (run_failed) where not all of it can.
void write_named_file(const std::string& path, const std::string& content);

}  // namespace lacuna
