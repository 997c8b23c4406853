// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// Tables that a program writes into a document, between the lines "<!-- begin NAME -->" and "<!-- end NAME -->".
/// Throws Error (bad_input) where the document cannot be read or has no such lines, Error (failed run) where it cannot
/// be written.

/// Puts `text` between the lines of `name`, in place of what stands there.
void write_marked(const std::string& file, const std::string& name, const std::string& text);

/// Whether `text` is what stands there.
bool holds_marked(const std::string& file, const std::string& name, const std::string& text);

}  // namespace lacuna
