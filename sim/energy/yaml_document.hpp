// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "workloads/json/json_view.hpp"

namespace lacuna {

/// A file of other tools that holds one YAML document, as the JSON value that it stands for: what is plain and reads as
/// null, a truth value or a number is that, all else is text. Throws Error (bad_input), with line and column where it
/// has them, for a file that is missing or unreadable, not YAML, empty, or of several documents; for duplicate keys and
/// keys that are no text or number; for nesting deeper than 64 levels and for more than a million values (an anchor
/// that holds itself has no end).
JsonDocument load_yaml(const std::string& file);

}  // namespace lacuna
