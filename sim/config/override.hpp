// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// One value that the user puts into the experiment: `--set /chip/array/rows=3`, or an option that stands for a field.
struct Override {
  std::string pointer;  ///< JSON Pointer into the experiment
  std::string value;    ///< JSON text
  std::string origin;   ///< as the user typed it, for messages
};

/// The override of "--set TEXT" with TEXT = "POINTER=VALUE". A value that is no JSON is taken as text; one that begins
/// like an object, an array or a quoted text must be JSON. Throws Error (bad_input).
Override parse_override(const std::string& text);

/// Whether `pointer` is `ancestor` or stands below it.
bool is_at_or_below(const std::string& pointer, const std::string& ancestor);

/// Throws Error (bad_input) where a later override replaces what an earlier one put: the earlier would go unused.
void check_all_used(const std::vector<Override>& overrides);

}  // namespace lacuna
